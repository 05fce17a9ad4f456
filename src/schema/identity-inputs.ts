import { IsOptional, IsUUID, Length, Matches, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import type { CheckDecision as Decided } from "../domain/blast-radius.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import type { Verdict as Said } from "../domain/review-verdict.ts";
import { IsAreaId } from "./checks.ts";
import { NAME_WORDS, WORDS } from "./child.ts";
import { PageArgs } from "./connection.ts";
import { CheckDecision, ReviewKind, ReviewState, Verdict } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

/** A reason: 1 to 2,000 characters that can be read. */
const Why = (): PropertyDecorator => (target, property) => {
  Length(1, 2_000, { message: "must be 1 to 2,000 characters" })(target, property);
  Matches(WORDS, { message: "must hold words, and no control characters" })(target, property);
};

/** A record's identifier at its agency; whether there is one is for the service to say. */
const RecordId = (): PropertyDecorator => (target, property) => {
  Length(1, 200, { message: "must be 1 to 200 characters" })(target, property);
  Matches(NAME_WORDS, { message: "must be on one line, and hold no control characters" })(target, property);
};

@ArgsType()
export class IdentityReviewArgs extends PageArgs {
  @Field(() => ReviewState, { defaultValue: "OPEN", description: "In which state." })
  state!: "OPEN" | "CLOSED" | "MOOT";
  @Field(() => ReviewKind, { nullable: true, description: "Only of this kind." }) kind?: "RECORDS" | "BIRTH" | null;
}

@InputType({ description: "What you say of a doubtful pair." })
export class DecideIdentityReview {
  @Field(() => ID, { description: "The review." })
  @IsUUID("all", { message: "must be the id of a review" })
  reviewId!: string;
  @Field(() => Verdict, { description: "One person, two, or you cannot tell." }) verdict!: Said;
  @Field(() => String, { description: "Why, 1 to 2,000 characters. It is kept for ever." }) @Why() because!: string;
}

@InputType({ description: "An agency's record." })
export class RecordInput {
  @Field(() => ID, { description: "The agency, as the area's policy file names it." }) @IsAreaId() agencyId!: string;
  @Field(() => ID, { description: "The record's identifier in the agency's system." }) @RecordId() recordId!: string;
}

@ArgsType()
export class WhichLink {
  @Field(() => ID, { nullable: true, description: "A belief, by its id. Either this, or `agencyId` and `recordId`." })
  @IsOptional()
  @IsUUID("all", { message: "must be the id of a belief" })
  id?: string | null;
  @Field(() => ID, { nullable: true, description: "The agency whose record it is." })
  @IsOptional()
  @IsAreaId()
  agencyId?: string | null;
  @Field(() => ID, { nullable: true, description: "The record's identifier in the agency's system." })
  @IsOptional()
  @RecordId()
  recordId?: string | null;
}

@InputType({ description: "A join that is wrong." })
export class UndoIdentityJoin {
  @Field(() => ID, {
    nullable: true,
    description: "The belief that joined. Either this, or `agencyId` and `recordId`.",
  })
  @IsOptional()
  @IsUUID("all", { message: "must be the id of a belief" })
  linkId?: string | null;
  @Field(() => ID, { nullable: true, description: "The agency whose record is wrongly joined." })
  @IsOptional()
  @IsAreaId()
  agencyId?: string | null;
  @Field(() => ID, { nullable: true, description: "The record's identifier in the agency's system." })
  @IsOptional()
  @RecordId()
  recordId?: string | null;
  @Field(() => String, { description: "Why, 1 to 2,000 characters. It is kept for ever." }) @Why() because!: string;
}

@InputType({ description: "Whose something is that was made while two children were one." })
export class CheckCorrection {
  @Field(() => ID, { description: "The question, from the correction's `toCheck`." })
  @IsUUID("all", { message: "must be the id of a question of a correction" })
  checkId!: string;
  @Field(() => CheckDecision, { description: "It stays, or belongs to the other child." }) decision!: Decided;
  @Field(() => String, { description: "Why, 1 to 2,000 characters." }) @Why() because!: string;
}

@InputType({ description: "Two records that somebody believes to be one person's." })
export class AskForIdentityReview {
  @Field(() => RecordInput, { description: "The one." }) @ValidateNested() one!: RecordInput;
  @Field(() => RecordInput, { description: "The other." }) @ValidateNested() other!: RecordInput;
}

@ArgsType()
export class ReviewersBetween {
  @Field(() => PlainDateScalar, { nullable: true, description: "Verdicts of this day or later." })
  fromOn?: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Verdicts of this day or before." })
  untilOn?: PlainDate | null;
}
