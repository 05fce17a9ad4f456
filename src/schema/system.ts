import { Field, ID, ObjectType } from "type-graphql";
import type * as actors from "../domain/actor.ts";
import { Role } from "./enums.ts";
import { Agency } from "./statements.ts";

@ObjectType({ simpleResolvers: true, description: "Who is signed in." })
export class Me {
  @Field(() => ID, { description: "The subject of the sign-in." }) id!: string;
  @Field(() => String, { description: "Their name, as the sign-in gives it." }) name!: string;
  @Field(() => Role, { nullable: true, description: "What they do; null where the sign-in gives no role here." })
  role!: actors.Role | null;
  @Field(() => Agency, { nullable: true, description: "The agency they act for." }) agency!: Agency | null;
}

@ObjectType({ simpleResolvers: true, description: "An agency's system that is connected to the hub." })
export class ConnectedSystem {
  @Field(() => Agency, { description: "Whose it is." }) agency!: Agency;
  @Field(() => Boolean, { description: "Whether it answered just now." }) answers!: boolean;
  @Field(() => String, { nullable: true, description: "Why it did not, as a code." }) fault!: string | null;
  @Field(() => Date, { nullable: true, description: "Since when it has not, as far as this process has seen." })
  notAnsweringSince!: Date | null;
}
