import { IsUUID, Matches } from "class-validator";
import { Field, ID, InputType, ObjectType } from "type-graphql";
import type { PlainDate } from "../domain/plain-date.ts";
import { Why } from "./keeping.ts";
import { rowConnectionOf } from "./row-connection.ts";
import { PlainDateScalar } from "./scalars.ts";

@InputType({ description: "Somebody asks what the hub holds about a child." })
export class RequestSubjectAccess {
  @Field(() => String, {
    description: "Your own name for this request, 8 to 80 letters, digits or `-_.`: sent twice, it makes one.",
  })
  @Matches(/^[\w.-]{8,80}$/, { message: "must be 8 to 80 letters, digits, hyphens, dots or underscores" })
  key!: string;
  @Field(() => ID, { description: "The child." })
  @IsUUID("all", { message: "must be the id of a child" })
  childId!: string;
  @Field(() => Date, { description: "When the request was received: the clock counts from here. Not in the future." })
  receivedAt!: Date;
  @Field(() => String, {
    description:
      "Who asks, by which right, and how that was checked (the child, or somebody for them), 1 to 2,000 characters.",
  })
  @Why()
  because!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "A subject access request. For whoever answers for data protection.",
})
export class SubjectAccess {
  @Field(() => ID, { description: "The request's own id." }) id!: string;
  @Field(() => ID, { description: "The child's id in the hub." }) childId!: string;
  @Field(() => String, { nullable: true, description: "Who asks, by which right, and how that was checked." })
  because!: string | null;
  @Field(() => Date, { description: "When it was received." }) receivedAt!: Date;
  @Field(() => PlainDateScalar, { description: "The last day on which it is answered in time." }) dueOn!: PlainDate;
  @Field(() => ID, { description: "The obligation that the request opened." }) obligationId!: string;
  @Field(() => Date, { nullable: true, description: "When the copy was made; null while the job makes it." })
  madeAt!: Date | null;
  @Field(() => Date, { nullable: true, description: "Until when it can be fetched." }) expiresAt!: Date | null;
  @Field(() => Date, { nullable: true, description: "When it was fetched. It is given once." })
  fetchedAt!: Date | null;
  @Field(() => String, { nullable: true, description: "SHA-256 of the copy, in hexadecimal." }) sha256!: string | null;
  @Field(() => Date, { nullable: true, description: "When whoever asked was answered." }) answeredAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "The copy itself. The hub keeps it no longer." })
export class SubjectAccessCopy {
  @Field(() => SubjectAccess, { description: "The request." }) request!: SubjectAccess;
  @Field(() => String, {
    description:
      "JSON: `forTheFamily` is the copy, `forTheOfficer` says what was left out, why, and what to read before it goes on.",
  })
  content!: string;
}

export const SubjectAccessConnection = rowConnectionOf(
  SubjectAccess,
  "SubjectAccess",
  "Subject access requests, latest first.",
);
