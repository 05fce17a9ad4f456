import { IsOptional, IsUUID, Length, Matches, Min } from "class-validator";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import type { ChallengeCategory as Category, EscalationState as State } from "../domain/escalation.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import { IsAreaId } from "./checks.ts";
import { WORDS } from "./child.ts";
import { ChallengeCategory, EscalationState } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

const ESCALATION_ID = { message: "must be the id of an escalation" };
const SAID = { message: "must be 1 to 10,000 characters" };
const READABLE = { message: "must hold words, and no control characters" };

/** Words that somebody wrote: 1 to 10,000 characters that can be read. */
const Said = (): PropertyDecorator => (target, property) => {
  Length(1, 10_000, SAID)(target, property);
  Matches(WORDS, READABLE)(target, property);
};

@InputType({
  description: "A challenge to an agency about a child. Protective action never waits for what comes of it.",
})
export class RaiseEscalation {
  @Field(() => String, {
    description: "Your own name for this challenge, 8 to 100 letters, digits or `-_.`: sent twice, it makes one.",
  })
  @Matches(/^[\w.-]{8,100}$/, { message: "must be 8 to 100 letters, digits, hyphens, dots or underscores" })
  key!: string;

  @Field(() => ID, { description: "The child it is about." })
  @IsUUID("all", { message: "must be the id of a child" })
  childId!: string;

  @Field(() => ChallengeCategory, { description: "What is challenged." }) category!: Category;

  @Field(() => ID, { description: "The agency challenged, as the area's policy file names it; it may be your own." })
  @IsAreaId()
  againstAgencyId!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      "The team of theirs that is challenged, if you know it: then its own practitioners and managers are told.",
  })
  @IsOptional()
  @IsAreaId()
  againstTeamId?: string | null;

  @Field(() => String, { description: "On what evidence, in your own words: 1 to 10,000 characters." })
  @Said()
  evidence!: string;

  @Field(() => String, { description: "What you want to happen: 1 to 10,000 characters." })
  @Said()
  wantedOutcome!: string;

  @Field(() => Boolean, {
    description:
      "Whether you believe the child to be at immediate risk: it then begins at a higher stage. Also ring 999.",
  })
  immediateRisk!: boolean;

  @Field(() => Boolean, { nullable: true, description: "Whether the family knows of it." })
  familyTold?: boolean | null;
}

@InputType({ description: "The challenged agency's answer at the stage reached." })
export class AnswerEscalation {
  @Field(() => ID, { description: "The escalation." }) @IsUUID("all", ESCALATION_ID) id!: string;
  @Field(() => Int, { description: "The stage you answer at: refused if it has moved on meanwhile." })
  @Min(1, { message: "stages count from 1" })
  stage!: number;
  @Field(() => String, { description: "The answer, with its reasons: 1 to 10,000 characters." })
  @Said()
  answer!: string;
}

@InputType({ description: "A challenge taken to its next stage." })
export class MoveEscalationUp {
  @Field(() => ID, { description: "The escalation." }) @IsUUID("all", ESCALATION_ID) id!: string;
  @Field(() => Int, { description: "The stage you leave. Sent twice, or where somebody was quicker, it moves once." })
  @Min(1, { message: "stages count from 1" })
  stage!: number;
  @Field(() => String, { description: "Why the answer does not satisfy, or cannot be waited for." })
  @Said()
  reason!: string;
}

@InputType({ description: "Something that both sides agree is to be done." })
export class AgreeAction {
  @Field(() => ID, { description: "The escalation." }) @IsUUID("all", ESCALATION_ID) id!: string;
  @Field(() => String, { description: "What is to be done: 1 to 10,000 characters." }) @Said() action!: string;
  @Field(() => PlainDateScalar, { description: "The last day for it, within a year." }) byOn!: PlainDate;
  @Field(() => ID, {
    nullable: true,
    description: "Whose it is: one of the two agencies; the challenged one if left out.",
  })
  @IsOptional()
  @IsAreaId()
  agencyId?: string | null;
}

@InputType({ description: "An agreed action that was done." })
export class ActionDone {
  @Field(() => ID, { description: "The escalation." }) @IsUUID("all", ESCALATION_ID) id!: string;
  @Field(() => ID, { description: "The step at which the action was agreed." })
  @IsUUID("all", { message: "must be the id of a step" })
  stepId!: string;
}

@InputType({ description: "How a challenge was resolved." })
export class ResolveEscalation {
  @Field(() => ID, { description: "The escalation." }) @IsUUID("all", ESCALATION_ID) id!: string;
  @Field(() => String, { description: "What both sides agreed: 1 to 10,000 characters." }) @Said() outcome!: string;
  @Field(() => String, { nullable: true, description: "What others may learn from it: at most 10,000 characters." })
  @IsOptional()
  @Said()
  learning?: string | null;
}

@InputType({ description: "An escalation, and why something is done to it." })
export class EscalationReason {
  @Field(() => ID, { description: "The escalation." }) @IsUUID("all", ESCALATION_ID) id!: string;
  @Field(() => String, { description: "Why: 1 to 10,000 characters." }) @Said() why!: string;
}

@ArgsType()
export class EscalationFilter {
  @Field(() => Int, { nullable: true, description: "Only those at this stage." }) stage?: number | null;
  @Field(() => EscalationState, { nullable: true, description: "Only those in this state." }) state?: State | null;
  @Field(() => ID, { nullable: true, description: "Only those that this agency raised or has to answer." })
  @IsOptional()
  @IsAreaId()
  agencyId?: string | null;
}

@ArgsType()
export class CountedBetween {
  @Field(() => PlainDateScalar, { nullable: true, description: "Only those raised on this day or later." })
  fromOn?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Only those raised on this day or before." })
  untilOn?: PlainDate | null;
}
