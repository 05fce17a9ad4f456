// The clocks of an escalation: one on the answer at each stage, one on what the raising agency makes of it, one on each agreed
// action. Protective action waits for none of them.

import type { ClockRule, Span } from "./clock-rule.ts";
import { type DisagreementLadder, stageOf } from "./escalation.ts";
import { dayInEngland, daysBetween, type PlainDate } from "./plain-date.ts";
import { Refusal } from "./refusal.ts";
import { amountOf } from "./span.ts";

/** Rule of the clock on the answer at a stage. */
export const stageRule = (stage: number): string => `escalation-stage-${stage}`;

/** Rule of the clock on an agreed action. */
export const ACTION_RULE = "escalation-action";

/** Rule of the clock on what the raising agency makes of an answer. */
export const REPLY_RULE = "escalation-reply";

/** A default: no ladder that could be read sets a time for this. */
const REPLY_WITHIN: Span = { workingDays: 2 };

/** How far ahead an action may be agreed for. */
const MOST_DAYS = 366;

/** The clock on the answer at a stage. Nobody can stop or move it: time that a child waits is not the agencies' to give away. */
export function stageClock(ladder: DisagreementLadder, stage: number, immediateRisk: boolean): ClockRule {
  const { name, within, source, status } = stageOf(ladder, stage);
  return {
    rule: stageRule(stage),
    starts: "the challenge reached this stage",
    owes: `the challenge is answered at stage ${stage} (${name})`.slice(0, 300),
    within,
    fixed: true,
    urgent: immediateRisk || isShort(within),
    review: false,
    remind: remindersFor(within),
    source,
    guidanceVersion: ladder.guidanceVersion,
    effectiveFrom: ladder.effectiveFrom,
    status,
  };
}

/** The clock on the raising agency's decision about an answer, so that nothing rests between the two. Its silence climbs the area's
 *  rungs, like every other obligation. */
export function replyClock(ladder: DisagreementLadder, immediateRisk: boolean): ClockRule {
  return {
    rule: REPLY_RULE,
    starts: "the challenge was answered",
    owes: "the agency that raised the challenge decides on the answer: agrees on actions, resolves, withdraws or takes it up",
    within: REPLY_WITHIN,
    fixed: true,
    urgent: immediateRisk,
    review: false,
    remind: remindersFor(REPLY_WITHIN),
    source: ladder.source,
    guidanceVersion: ladder.guidanceVersion,
    effectiveFrom: ladder.effectiveFrom,
    status: "unverified",
  };
}

/** The clock on an agreed action, agreed at `agreedAt` for the end of `byOn`. Refuses a day that is over or over a year away. */
export function actionClock(ladder: DisagreementLadder, agreedAt: Date, byOn: PlainDate): ClockRule {
  const days = daysBetween(dayInEngland(agreedAt), byOn);
  if (days < 0) throw new Refusal("BAD_INPUT", "byOn: that day is over");
  if (days > MOST_DAYS) throw new Refusal("BAD_INPUT", "byOn: agree on a day within a year");
  return {
    rule: ACTION_RULE,
    starts: "both sides agreed on it",
    owes: "what was agreed after a challenge is done",
    within: { days },
    // Another day is agreed on by both, not approved by a manager of one.
    fixed: true,
    urgent: false,
    review: false,
    remind: remindersFor({ days }),
    source: "The day that both agencies agreed on",
    guidanceVersion: ladder.guidanceVersion,
    effectiveFrom: ladder.effectiveFrom,
    status: "local",
  };
}

/** A working day or less: too short to wait for a digest. */
function isShort(within: Span): boolean {
  const { unit, count } = amountOf(within);
  return unit === "hours" ? count <= 24 : unit === "workingHours" ? count <= 8 : unit !== "months" && count <= 1;
}

/** One reminder, the day before, where there is a day to remind on. */
function remindersFor(within: Span): readonly Span[] {
  if (isShort(within)) return [];
  const { unit } = amountOf(within);
  if (unit === "workingDays") return [{ workingDays: 1 }];
  return unit === "workingHours" ? [{ workingHours: 4 }] : unit === "hours" ? [{ hours: 12 }] : [{ days: 1 }];
}
