// A doubtful pair of records, side by side, for a person to decide.

import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import type { WaitingKind as WaitsFor } from "../domain/review-order.ts";
import type { Verdict as Said } from "../domain/review-verdict.ts";
import { ReviewKind, ReviewState, Verdict, WaitingKind } from "./enums.ts";
import { IdentityContribution } from "./identity.ts";
import { rowConnectionOf } from "./row-connection.ts";
import { Agency } from "./statements.ts";

@ObjectType({ simpleResolvers: true, description: "A value as it is compared, as far as you may see it." })
export class ComparedValues {
  @Field(() => String, { description: "What it is: `forename`, `born`, `postcode`." }) field!: string;
  @Field(() => [String], { description: "As it is compared, not as the agency wrote it; several where there are." })
  values!: string[];
  @Field(() => Boolean, { description: "Whether parts are hidden from you." }) masked!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "One of the two records." })
export class ReviewedRecord {
  @Field(() => Agency, { nullable: true, description: "Whose record it is; null where the area no longer names it." })
  agency!: Agency | null;
  @Field(() => [ComparedValues], {
    nullable: true,
    description: "What it is compared by; null where the hub has none, for the reason in `because`.",
  })
  values!: ComparedValues[] | null;
  @Field(() => String, {
    nullable: true,
    description: "Why there are no values, or that the agency no longer holds it.",
  })
  because!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "One field of the two records beside each other." })
export class IdentityDifference {
  @Field(() => String, { description: "Which." }) field!: string;
  @Field(() => [String], { description: "In the left record; empty where it has none." }) left!: string[];
  @Field(() => [String], { description: "In the right record; empty where it has none." }) right!: string[];
  @Field(() => Boolean, {
    nullable: true,
    description: "Whether any value is the same; null where a side has none, which is evidence of nothing.",
  })
  agree!: boolean | null;
  @Field(() => String, {
    nullable: true,
    description: "How well they agree, as the model sees it; null where it does not.",
  })
  level!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "What waits for a doubtful pair to be decided." })
export class IdentityWaiting {
  @Field(() => WaitingKind, { description: "A plan or conference, a referral or other clock, or nothing." })
  kind!: WaitsFor;
  @Field(() => Date, {
    nullable: true,
    description: "The first instant at which it is late; null where nothing waits.",
  })
  dueAt!: Date | null;
  @Field(() => String, { nullable: true, description: "The clock's name in the policy file." }) rule!: string | null;
  @Field(() => Boolean, { description: "Whether it is late." }) overdue!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "Two records that may be one person, and wait for somebody to say." })
export class IdentityReview {
  @Field(() => ID, { description: "The review's own id." }) id!: string;
  @Field(() => ReviewKind, { description: "What is in question." }) kind!: "RECORDS" | "BIRTH";
  @Field(() => ReviewState, { description: "Whether it waits." }) state!: "OPEN" | "CLOSED" | "MOOT";
  @Field(() => Verdict, {
    nullable: true,
    description: "What it came to; null while it waits, and where it became moot.",
  })
  outcome!: Said | null;
  @Field(() => Boolean, { description: "Whether two different people must agree." }) needsTwo!: boolean;
  @Field(() => Int, { description: "How many have said what they think. Never what: each decides for themselves." })
  verdictsSoFar!: number;
  @Field(() => Verdict, { nullable: true, description: "What you said; null if you have not." }) yours!: Said | null;
  @Field(() => Float, { description: "What the pair weighs, in bits." }) weight!: number;
  @Field(() => [IdentityContribution], { description: "The waterfall, in order." })
  contributions!: IdentityContribution[];
  @Field(() => [String], { description: "Codes of the rules that keep it from being joined without a person: `V3`." })
  vetoes!: string[];
  @Field(() => [String], { description: "The same rules in words, in the same order." }) vetoesInWords!: string[];
  @Field(() => String, { description: "The same in one sentence." }) sentence!: string;
  @Field(() => IdentityWaiting, { description: "What waits behind it." }) waiting!: IdentityWaiting;
  @Field(() => ReviewedRecord, { description: "The one record." }) left!: ReviewedRecord;
  @Field(() => ReviewedRecord, { description: "The other." }) right!: ReviewedRecord;
  @Field(() => [IdentityDifference], {
    nullable: true,
    description: "Field by field; null where a side has no values.",
  })
  differences!: IdentityDifference[] | null;
  @Field(() => Date, { description: "Since when it waits." }) openedAt!: Date;
  @Field(() => Date, { nullable: true, description: "When it was closed." }) closedAt!: Date | null;
}

export const IdentityReviewConnection = rowConnectionOf(
  IdentityReview,
  "IdentityReview",
  "Doubtful pairs: open ones by what waits behind them, others by when they were closed, latest first.",
);

@ObjectType({ simpleResolvers: true, description: "How much waits to be decided. It holds no child." })
export class IdentityBacklog {
  @Field(() => Int, { description: "Pairs that wait." }) open!: number;
  @Field(() => Int, { description: "Of these, those that two people decide." }) forTwo!: number;
  @Field(() => Int, { description: "Of these, those behind which a plan or conference waits." }) withPlan!: number;
  @Field(() => Int, { description: "Of these, those behind which a referral or other clock waits." })
  withReferral!: number;
  @Field(() => Int, { description: "Of these, those behind which something is late." }) withOverdue!: number;
  @Field(() => Date, { nullable: true, description: "Since when the oldest waits; null where none does." })
  oldestOpenedAt!: Date | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "How one person's decisions fare against made-up pairs whose answer is known. It holds no child.",
})
export class IdentityReviewer {
  @Field(() => String, { description: "Their sign-in." }) actorId!: string;
  @Field(() => Int, { description: "Real pairs that they gave a verdict on." }) decided!: number;
  @Field(() => Int, { description: "Made-up pairs that they gave a verdict on, not knowing which those were." })
  goldSeen!: number;
  @Field(() => Int, { description: "Of these, right." }) goldRight!: number;
  @Field(() => Int, { description: "Of these, two people said to be one: the grave mistake." }) wrongMatches!: number;
  @Field(() => Int, { description: "Of these, one person said to be two." }) wrongNonMatches!: number;
  @Field(() => Int, { description: "Of all, those that they could not tell." }) cannotTell!: number;
  @Field(() => Float, {
    nullable: true,
    description: "Hours from a real pair's opening to their verdict: the middle one.",
  })
  medianHoursOpen!: number | null;
}
