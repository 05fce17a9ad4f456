// What is due, by when, and why. Rules are data in the policy files; this reads them.

import type { Calendar } from "./calendar.ts";
import type { ClockRule, Span } from "./clock-rule.ts";
import { atInEngland, timeInEngland } from "./instant.ts";
import { dayInEngland, type PlainDate } from "./plain-date.ts";
import { count, isExact, type Reached, spanInWords } from "./span.ts";
import type { ExcludedDay } from "./working-days.ts";

/** When something is due: the last day on which it can be done in time, and the first instant at which it is late. */
export interface Due {
  readonly dueOn: PlainDate;
  /** The end of `dueOn` in England; for a clock in hours the exact instant. */
  readonly dueAt: Date;
}

/** A rule's answer. */
export interface Deadline extends Due {
  readonly rule: string;
  readonly owes: string;
  readonly source: string;
  readonly guidanceVersion: string;
  readonly effectiveFrom: PlainDate;
  readonly effectiveUntil: PlainDate | null;
  readonly status: ClockRule["status"];
  /** What started the clock (or lies ahead, for one counted backwards), and the day in England that was: day 0. */
  readonly from: Date;
  readonly startedOn: PlainDate;
  /** The first day on which it may be done, where there is a window. */
  readonly opensOn: PlainDate | null;
  /** Days that did not count, in the order in which they were passed over. */
  readonly excluded: readonly ExcludedDay[];
  /** The whole of it in one sentence. */
  readonly explanation: string;
}

/** The edition of a rule that is in force on the day its clock starts. Throws where there is none: a deadline is never guessed. */
export function ruleInForce(rules: readonly ClockRule[], name: string, on: PlainDate): ClockRule {
  const [latest] = rules
    .filter((each) => each.rule === name && isInForce(each, on))
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  if (!latest) throw new RangeError(`No rule ${name} was in force on ${on}: look at the files in policies/`);
  return latest;
}

/** Whether what happens on this day falls under this edition. */
export const isInForce = ({ effectiveFrom, effectiveUntil }: ClockRule, on: PlainDate): boolean =>
  effectiveFrom <= on && (effectiveUntil === undefined || on <= effectiveUntil);

/** The deadline that `rule` sets for something that happened at `startedAt`; for a rule counted backwards, that will happen then.
 *  Throws RangeError where working days are counted and the table of bank holidays ends before the deadline. */
export function deadlineOf(rule: ClockRule, startedAt: Date, calendar: Calendar): Deadline {
  const startedOn = dayInEngland(startedAt);
  const start = { at: startedAt, on: startedOn, back: rule.before };
  const reached = count(start, rule.within, calendar);
  const opensOn = rule.notBefore ? count(start, rule.notBefore, calendar).on : null;
  return {
    rule: rule.rule,
    owes: rule.owes,
    source: rule.source,
    guidanceVersion: rule.guidanceVersion,
    effectiveFrom: rule.effectiveFrom,
    effectiveUntil: rule.effectiveUntil ?? null,
    status: rule.status,
    from: startedAt,
    startedOn,
    dueOn: reached.on,
    dueAt: reached.at,
    opensOn,
    excluded: reached.excluded,
    explanation: inOneSentence(rule, { ...reached, startedAt, startedOn, opensOn, calendar }),
  };
}

interface Counted extends Reached {
  readonly startedAt: Date;
  readonly startedOn: PlainDate;
  readonly opensOn: PlainDate | null;
  readonly calendar: Calendar;
}

/** `15 working days after … on 2026-12-23: by the end of 2027-01-18, not counting … (source; edition, in force from …)`. */
function inOneSentence(rule: ClockRule, counted: Counted): string {
  const { within, before, starts, source, guidanceVersion, effectiveFrom, effectiveUntil, status } = rule;
  const { startedAt, startedOn, on, at, excluded, opensOn, calendar } = counted;
  const isToTheMinute = isExact(within);
  const started = isToTheMinute ? `at ${timeInEngland(startedAt)} on ${startedOn}` : `on ${startedOn}`;
  const by = isToTheMinute ? `by ${timeInEngland(at)} on ${on}` : `by the end of ${on}`;
  const passedOver = excluded.map((day) => `${day.on} (${day.because})`).join(", ");
  const { opens, closes } = calendar.officeHours;
  return [
    `${spanInWords(within)} ${before ? "before" : "after"} ${starts} ${started}: ${by}`,
    "months" in within && on.slice(8) !== startedOn.slice(8) ? ", the last day of that month" : "",
    opensOn === null ? "" : `, and not before ${opensOn}`,
    passedOver && `, not counting ${passedOver}`,
    "workingHours" in within ? `, counting ${opens} to ${closes}` : "",
    ` (${source}; ${guidanceVersion}, in force from ${effectiveFrom}${effectiveUntil ? ` to ${effectiveUntil}` : ""}`,
    status === "unverified" ? "; a default to be confirmed)" : ")",
  ].join("");
}

/** When to remind so long before a deadline: when offices open on that day, or for hours exact. */
export function remindAt({ dueOn, dueAt }: Due, span: Span, calendar: Calendar): Date {
  const reached = count({ at: dueAt, on: dueOn, back: true }, span, calendar);
  return isExact(span) ? reached.at : atInEngland(reached.on, calendar.officeHours.opens);
}
