import { Field, ObjectType } from "type-graphql";
import type * as absence from "../domain/absence.ts";
import { AnswerStatus, Part } from "./enums.ts";
import { Agency, Event, Involvement, State } from "./statements.ts";

@ObjectType({ simpleResolvers: true, description: "What became of one part of a question to an agency." })
export class PartAnswer {
  @Field(() => Part, { description: "What was asked." }) part!: absence.Part;
  @Field(() => AnswerStatus, { description: "What the answer amounts to." }) status!: absence.AnswerStatus;
  @Field(() => String, { nullable: true, description: "Why, where it is not plainly recorded or not." })
  reason!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "One agency's answer about the child. Read `status` first: a list is null where nobody knows, and empty only where the agency says that there is nothing.",
})
export class AgencyAnswer {
  @Field(() => Agency, { description: "The agency that was asked, or why it was not." }) agency!: Agency;
  @Field(() => AnswerStatus, {
    description: "The whole answer. A part that failed or was withheld outweighs what was given: look at `parts`.",
  })
  status!: absence.AnswerStatus;
  @Field(() => String, {
    nullable: true,
    description: "Why, in words, for every status but RECORDED and NOTHING_RECORDED.",
  })
  reason!: string | null;
  @Field(() => Date, { nullable: true, description: "When the agency's data stood; null where it answers live." })
  asOf!: Date | null;
  @Field(() => Date, { nullable: true, description: "When the hub had the answer; null where there was none." })
  retrievedAt!: Date | null;
  @Field(() => Date, {
    nullable: true,
    description: "Since when the agency has not answered the hub, where it has not.",
  })
  notAnsweringSince!: Date | null;
  @Field(() => [PartAnswer], { description: "What became of each part that was asked." }) parts!: readonly PartAnswer[];
  @Field(() => [Involvement], {
    nullable: true,
    description: "Who works with the child; null where that is not known.",
  })
  involvements!: readonly Involvement[] | null;
  @Field(() => [State], { nullable: true, description: "Statuses and plans; null where that is not known." })
  states!: readonly State[] | null;
  @Field(() => [Event], { nullable: true, description: "What happened, latest first; null where that is not known." })
  events!: readonly Event[] | null;
}

@ObjectType({ simpleResolvers: true, description: "Whether one agency stands behind a merged list, and if not, why." })
export class Source {
  @Field(() => Agency, { description: "The agency." }) agency!: Agency;
  @Field(() => AnswerStatus, { description: "What its answer amounts to." }) status!: absence.AnswerStatus;
  @Field(() => String, { nullable: true, description: "Why, in words." }) reason!: string | null;
  @Field(() => Date, { nullable: true, description: "When its data stood; null where it answers live." })
  asOf!: Date | null;
  @Field(() => Date, { nullable: true, description: "When the hub had the answer." }) retrievedAt!: Date | null;
}
