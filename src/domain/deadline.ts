// What is due, by when, and why. Rules are data in the policy files; this reads them.

import { dayInEngland, type PlainDate } from "./plain-date.ts";
import { addWorkingDays, endOfDay, type ExcludedDay, type Holidays } from "./working-days.ts";

/** A clock set by law, guidance or local practice, as a policy file writes it. */
export interface ClockRule {
  /** Its name everywhere: `referral-decision`. */
  readonly rule: string;
  /** What starts it, in words. */
  readonly starts: string;
  readonly workingDays: number;
  /** Where it is laid down, and in which edition. */
  readonly source: string;
  readonly guidanceVersion: string;
  readonly effectiveFrom: PlainDate;
}

/** A rule's answer. */
export interface Deadline {
  readonly rule: string;
  readonly source: string;
  readonly startedAt: Date;
  /** The last day on which it can be done in time. */
  readonly dueOn: PlainDate;
  /** The first instant at which it is late. */
  readonly dueAt: Date;
  readonly excluded: readonly ExcludedDay[];
  /** The whole of it in one sentence. */
  readonly explanation: string;
}

/** The edition of a rule that is in force on the day its clock starts. Throws where there is none: a deadline is never guessed. */
export function ruleInForce(rules: readonly ClockRule[], name: string, on: PlainDate): ClockRule {
  const editions = rules.filter(({ rule, effectiveFrom }) => rule === name && effectiveFrom <= on);
  const [latest] = editions.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  if (!latest) throw new RangeError(`No rule ${name} was in force on ${on}: look at policies/england.json`);
  return latest;
}

/** The deadline that `rule` sets for something that happened at `startedAt`. */
export function deadlineOf(rule: ClockRule, startedAt: Date, holidays: Holidays): Deadline {
  const from = dayInEngland(startedAt);
  const { on: dueOn, excluded } = addWorkingDays(from, rule.workingDays, holidays);
  const days = `${rule.workingDays} working day${rule.workingDays === 1 ? "" : "s"}`;
  const passedOver = excluded.map(({ on, because }) => `${on} (${because})`).join(", ");
  return {
    rule: rule.rule,
    source: rule.source,
    startedAt,
    dueOn,
    dueAt: endOfDay(dueOn),
    excluded,
    explanation: `${days} after ${rule.starts} on ${from}: by the end of ${dueOn}${passedOver && `, not counting ${passedOver}`} (${rule.source})`,
  };
}
