import { Field, Int, ObjectType } from "type-graphql";
import { Escalation } from "./escalation.ts";
import { rowConnectionOf } from "./row-connection.ts";

export const EscalationConnection = rowConnectionOf(
  Escalation,
  "Escalation",
  "Professional challenges that you may read, latest first.",
);

@ObjectType({
  simpleResolvers: true,
  description: "How many challenges there are of one kind, and how they were answered.",
})
export class EscalationCount {
  @Field(() => String, { description: "Which: a stage, a category, an agency's id or a state; `all` for all." })
  value!: string;
  @Field(() => Int, { description: "How many challenges; by stage, those that stand or ended there." }) count!: number;
  @Field(() => Int, { description: "Answers that came within their stage's time." }) answeredInTime!: number;
  @Field(() => Int, { description: "Stages whose time ended without an answer." }) notInTime!: number;
  @Field(() => Int, {
    nullable: true,
    description:
      "Of the stages decided either way, how many in a hundred were answered in time; null where there is none.",
  })
  percentInTime!: number | null;
}

@ObjectType({ simpleResolvers: true, description: "How challenges are dealt with, in figures: no child and no words." })
export class EscalationCounts {
  @Field(() => EscalationCount, { description: "All together." }) inAll!: EscalationCount;
  @Field(() => [EscalationCount], { description: "By stage." }) byStage!: EscalationCount[];
  @Field(() => [EscalationCount], { description: "By what is challenged." }) byCategory!: EscalationCount[];
  @Field(() => [EscalationCount], { description: "By the agency that raised it." }) byRaisingAgency!: EscalationCount[];
  @Field(() => [EscalationCount], { description: "By the agency challenged." }) byAgencyChallenged!: EscalationCount[];
  @Field(() => [EscalationCount], { description: "By how it stands or ended." }) byState!: EscalationCount[];
}
