// When the clock should have acted on an obligation, worked out from its rule and from what people did to it: never from the schedule
// that the hub keeps. After the method by which Jepsen checks a scheduler: targets first, then runs matched to them.

import { areaCalendar } from "../../src/domain/calendar.ts";
import { deadlineOf, type Due } from "../../src/domain/deadline.ts";
import { dayInEngland } from "../../src/domain/plain-date.ts";
import { scheduleOf } from "../../src/domain/schedule.ts";
import type { ObligationEventKind } from "../../src/domain/obligation.ts";
import type { PostRole } from "../../src/domain/post.ts";
import type { Obligation, ObligationEvent } from "../../src/schema/obligation.ts";
import { clockOf, type Policies } from "./world.ts";

/** Between a start of its clock (or a new deadline) and what stopped it. */
export interface Stretch extends Due {
  readonly from: Date;
  /** Null where it ran until the end of the run. */
  readonly until: Date | null;
}

const STARTS: ReadonlySet<ObligationEventKind> = new Set(["OPENED", "RESUMED", "EXTENDED"]);
const STOPS: ReadonlySet<ObligationEventKind> = new Set(["PAUSED", "EXTENDED", "MET", "CANCELLED"]);

export const inOrder = (events: readonly ObligationEvent[]): ObligationEvent[] =>
  [...events].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));

/** The times in which its clock ran, in order. */
export function stretchesOf(events: readonly ObligationEvent[]): Stretch[] {
  const stretches: Stretch[] = [];
  let running: Pick<Stretch, "from" | "dueAt"> | null = null;
  const stop = (until: Date | null) => {
    if (running) stretches.push({ ...running, until, dueOn: dayInEngland(new Date(running.dueAt.getTime() - 1)) });
    running = null;
  };
  for (const { what, at, dueAt } of inOrder(events)) {
    if (STOPS.has(what)) stop(at);
    if (STARTS.has(what)) running = { from: at, dueAt };
  }
  stop(null);
  return stretches;
}

/** One act that should happen once. */
export interface Target {
  readonly what: "REMINDED" | "WENT_LATE" | "CLIMBED";
  readonly kind: "REMINDER" | "REVIEW_DUE" | "LATE" | "RUNG";
  readonly at: Date;
  /** When the next act falls due: a reminder that comes after it tells nobody. */
  readonly nextAt: Date | null;
  readonly tell: PostRole | null;
}

const KINDS = {
  REMIND: ["REMINDED", "REMINDER"],
  REVIEW_DUE: ["REMINDED", "REVIEW_DUE"],
  LATE: ["WENT_LATE", "LATE"],
  RUNG: ["CLIMBED", "RUNG"],
  RESUME: ["WENT_LATE", "LATE"],
} as const;

/** All acts that its rule asks for under this deadline. */
export function targetsOf(policies: Policies, obligation: Obligation, due: Due): Target[] {
  const { rule, startedAt } = obligation;
  const silence = rule.startsWith("escalation-stage") ? [] : policies.area.silence;
  const schedule = scheduleOf(clockOf(policies, rule, startedAt).rule, due, {
    silence,
    calendar: areaCalendar(policies),
  });
  return schedule.map(({ act, at, tell }, index) => {
    const [what, kind] = KINDS[act];
    return { what, kind, at, nextAt: schedule[index + 1]?.at ?? null, tell: tell ?? null };
  });
}

/** The deadline that its rule sets. */
export function dueFirst(policies: Policies, { rule, startedAt }: Obligation): Due {
  const clock = clockOf(policies, rule, startedAt);
  return deadlineOf(clock.rule, startedAt, clock.calendar);
}
