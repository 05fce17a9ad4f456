import { Field, ID, ObjectType } from "type-graphql";

@ObjectType({
  simpleResolvers: true,
  description: "An address of an agency's own system that is called when its people are told.",
})
export class Webhook {
  @Field(() => ID, { description: "The webhook's own id." }) id!: string;
  @Field(() => String, { description: "The address." }) url!: string;
  @Field(() => Date, { description: "When it was registered." }) createdAt!: Date;
  @Field(() => Date, { nullable: true, description: "When it ended; null while it is called." }) endedAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "A webhook as it is registered: the only time its secret is shown." })
export class RegisteredWebhook {
  @Field(() => Webhook, { description: "The webhook." }) webhook!: Webhook;
  @Field(() => String, {
    description: "What signs each call: 64 hexadecimal digits, whose text is the key. Keep it; it is not shown again.",
  })
  secret!: string;
}
