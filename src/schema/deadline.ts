import { Field, ObjectType, registerEnumType } from "type-graphql";
import type * as clocks from "../domain/clock-rule.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import { PlainDateScalar } from "./scalars.ts";

/** As policy files write it, in the API's spelling. */
const ClockStatus = { VERIFIED: "verified", LOCAL: "local", UNVERIFIED: "unverified" } as const;
registerEnumType(ClockStatus, {
  name: "ClockStatus",
  description:
    "How far a clock can be relied on: VERIFIED was read in the source named, LOCAL is one area's own, UNVERIFIED is a default to be confirmed.",
});

@ObjectType({ simpleResolvers: true, description: "A day that was passed over while counting." })
export class ExcludedDay {
  @Field(() => PlainDateScalar, { description: "The day." }) on!: PlainDate;
  @Field(() => String, { description: "Why it does not count: `Saturday`, `Good Friday`." }) because!: string;
}

@ObjectType({ simpleResolvers: true, description: "A clock set by law, guidance or local practice." })
export class ClockRule {
  @Field(() => String, { description: "Its name everywhere: `referral-decision`." }) rule!: string;
  @Field(() => String, { description: "What starts it, in words." }) starts!: string;
  @Field(() => String, { description: "What must have happened by then, in words." }) owes!: string;
  @Field(() => String, { description: "How long it gives, in words: `15 working days`." }) within!: string;
  @Field(() => Boolean, { description: "Counted backwards, from something that lies ahead." }) before!: boolean;
  @Field(() => Boolean, { description: "A limit of law that nobody may move." }) fixed!: boolean;
  @Field(() => Boolean, { description: "Told at once, and never in a digest." }) urgent!: boolean;
  @Field(() => Boolean, { description: "The review of a plan or placement." }) review!: boolean;
  @Field(() => Boolean, { description: "Whether steps recorded in the hub start it; else it is for reckoning only." })
  startedByStep!: boolean;
  @Field(() => Boolean, { description: "The area's own, beside the nation's." }) local!: boolean;
  @Field(() => String, { description: "Where it is laid down." }) source!: string;
  @Field(() => String, { description: "The edition of the guidance." }) guidanceVersion!: string;
  @Field(() => PlainDateScalar, { description: "Starts from this day on fall under it." }) effectiveFrom!: PlainDate;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The last day on which a start falls under it; null while it holds.",
  })
  effectiveUntil!: PlainDate | null;
  @Field(() => ClockStatus, { description: "How far it can be relied on." }) status!: clocks.ClockRule["status"];
}

@ObjectType({ simpleResolvers: true, description: "A rule's answer: what is due, by when, and why." })
export class Deadline {
  @Field(() => String, { description: "The clock's name: `icpc`." }) rule!: string;
  @Field(() => String, { description: "What must have happened by then, in words." }) owes!: string;
  @Field(() => Date, { description: "What started the clock, or lies ahead where it is counted backwards." })
  from!: Date;
  @Field(() => PlainDateScalar, { description: "The day in England that was: day 0." }) startedOn!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The last day on which it can be done in time." }) dueOn!: PlainDate;
  @Field(() => Date, {
    description: "The first instant at which it is late: the end of that day in England; for a clock in hours, exact.",
  })
  dueAt!: Date;
  @Field(() => PlainDateScalar, { nullable: true, description: "The first day on which it may be done, if any." })
  opensOn!: PlainDate | null;
  @Field(() => [ExcludedDay], { description: "The days that did not count, in the order of counting." })
  excluded!: readonly ExcludedDay[];
  @Field(() => String, { description: "The whole of it in one sentence." }) explanation!: string;
  @Field(() => String, { description: "Where the clock is laid down." }) source!: string;
  @Field(() => String, { description: "The edition of the guidance." }) guidanceVersion!: string;
  @Field(() => PlainDateScalar, { description: "Starts from this day on fall under it." }) effectiveFrom!: PlainDate;
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The last day on which a start falls under it; null while it holds.",
  })
  effectiveUntil!: PlainDate | null;
  @Field(() => ClockStatus, { description: "How far it can be relied on." }) status!: clocks.ClockRule["status"];
}
