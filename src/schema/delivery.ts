import { Field, ID, Int, ObjectType } from "type-graphql";
import type { Channel as By, DeliveryState as State } from "../domain/message.ts";
import { Channel, DeliveryState } from "./enums.ts";

@ObjectType({ simpleResolvers: true, description: "A message on its way out of the hub, by one channel: its receipt." })
export class Delivery {
  @Field(() => ID, { description: "The delivery's own id: of an email its Message-ID, of a call its `Hub-Id`." })
  id!: string;
  @Field(() => Channel, { description: "Which way it goes." }) channel!: By;
  @Field(() => DeliveryState, { description: "Whether it has left." }) state!: State;
  @Field(() => Int, { description: "How often it was tried." }) attempts!: number;
  @Field(() => Date, {
    nullable: true,
    description: "When it goes, or is tried again; null where it no longer will be.",
  })
  nextAt!: Date | null;
  @Field(() => Date, { nullable: true, description: "When the mail server or the agency's system took it." })
  sentAt!: Date | null;
  @Field(() => String, { nullable: true, description: "Code of the last failure." }) fault!: string | null;
}
