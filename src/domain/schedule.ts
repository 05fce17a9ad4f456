// What the clock will do to an obligation, and when: worked out once, when the deadline is set, and kept with the row.

import type { Calendar } from "./calendar.ts";
import type { ClockRule } from "./clock-rule.ts";
import { type Due, remindAt } from "./deadline.ts";
import type { SilenceRung } from "./escalation.ts";
import type { ClockAct } from "./obligation.ts";
import type { PostRole } from "./post.ts";
import { spanAfter } from "./span.ts";

/** One act of the clock. Its number counts within its kind, from 1. */
export interface Act {
  readonly act: ClockAct;
  readonly number: number;
  readonly at: Date;
  /** Whom a rung tells. */
  readonly tell?: PostRole | undefined;
}

const isReminder = ({ act }: Pick<Act, "act">): boolean => act === "REMIND" || act === "REVIEW_DUE";

/** Reminders, lateness and rungs, in order of time. */
export function scheduleOf(
  rule: Pick<ClockRule, "remind" | "review">,
  due: Due,
  { silence, calendar }: { readonly silence: readonly SilenceRung[]; readonly calendar: Calendar },
): Act[] {
  const reminders = rule.remind
    .map((span) => remindAt(due, span, calendar))
    .filter((at) => at < due.dueAt)
    .sort((a, b) => a.getTime() - b.getTime())
    .map((at, index): Act => ({ act: rule.review ? "REVIEW_DUE" : "REMIND", number: index + 1, at }));
  const late: Act = { act: "LATE", number: 1, at: due.dueAt };
  const rungs = silence
    .map(({ after, tell }) => ({ at: spanAfter(due.dueAt, after, calendar), tell }))
    .sort((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ at, tell }, index): Act => ({ act: "RUNG", number: index + 1, at, tell }));
  return [...reminders, late, ...rungs];
}

/** Where an obligation stands when its deadline is set: a reminder whose time is over is none. */
export const firstOf = (schedule: readonly Act[], now: Date): Act | null =>
  schedule.find((act) => !isReminder(act) || act.at > now) ?? null;

/** What comes after this act. Null where nothing is left. */
export function nextOf(schedule: readonly Act[], done: Pick<Act, "act" | "number">): Act | null {
  const at = schedule.findIndex(({ act, number }) => act === done.act && number === done.number);
  return at < 0 ? null : (schedule[at + 1] ?? null);
}

/** A reminder that comes so late that what follows it is due already: it is put on record, and nobody is told what is over. */
export function isOvertaken(schedule: readonly Act[], act: Pick<Act, "act" | "number">, now: Date): boolean {
  const next = nextOf(schedule, act);
  return isReminder(act) && next !== null && next.at <= now;
}

/** The schedule as the row keeps it. */
export const writeSchedule = (schedule: readonly Act[]): string =>
  JSON.stringify(schedule.map(({ act, number, at, tell }) => [act, number, at.getTime(), ...(tell ? [tell] : [])]));

/** A schedule that a row kept. A row without one has nothing but its lateness before it. */
export function readSchedule(kept: string | null, dueAt: Date): Act[] {
  if (kept === null) return [{ act: "LATE", number: 1, at: dueAt }];
  const lines = JSON.parse(kept) as [ClockAct, number, number, PostRole?][];
  return lines.map(([act, number, at, tell]) => ({ act, number, at: new Date(at), tell }));
}
