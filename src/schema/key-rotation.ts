import { Field, ID, Int, ObjectType } from "type-graphql";

@ObjectType({
  simpleResolvers: true,
  description: "How far the hub has come in sealing everything in its database under the current key.",
})
export class KeyRotation {
  @Field(() => ID, { description: "The key that everything is sealed under afterwards, by its id." }) keyId!: string;
  @Field(() => [ID], { description: "Older keys that are still on the ring, by their ids." }) olderKeys!: string[];
  @Field(() => Date, { nullable: true, description: "When it began; null before the first worker has started." })
  startedAt!: Date | null;
  @Field(() => Date, { nullable: true, description: "When it was over; null while it goes on." })
  finishedAt!: Date | null;
  @Field(() => Int, { description: "Values sealed anew so far." }) done!: number;
  @Field(() => Int, { description: "Values that there were to seal when it began." }) total!: number;
  @Field(() => Int, {
    description:
      "Values that do not open: their key is not on the ring, or they were damaged. They are left as they are.",
  })
  failed!: number;
}
