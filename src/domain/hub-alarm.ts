// What is wrong with the hub itself: whether what is due is being done. Told to operators, and to whoever waits.

import { addDays, dayInEngland, type PlainDate } from "./plain-date.ts";
import { type QueueName, QUEUES } from "./queue.ts";

export const HUB_ALARM_CODES = [
  "SWEEP_HAS_NOT_RUN",
  "NOBODY_WORKS_ON_QUEUE",
  "WORK_OVERDUE",
  "WORK_PARKED",
  "CLOCK_SKEW",
  "BANK_HOLIDAYS_END",
  "AUDIT_UNCHAINED",
  "DATABASE_AWAY",
] as const;
export type HubAlarmCode = (typeof HUB_ALARM_CODES)[number];

export interface HubAlarm {
  readonly code: HubAlarmCode;
  /** A sentence for an operator: ids and codes only. */
  readonly says: string;
  /** Null where it is not known, or never was otherwise. */
  readonly since: Date | null;
  /** The queue it is about, where it is about one. */
  readonly queue: QueueName | null;
}

/** What the hub can see of itself. */
export interface Signs {
  /** The database's clock, by which signs of life are written. */
  readonly now: Date;
  /** When a sweep last came to its end; null where none ever did. */
  readonly sweptAt: Date | null;
  /** When somebody last worked on each queue. */
  readonly workedAt: ReadonlyMap<QueueName, Date>;
  /** The hub's own clock, by which work falls due. */
  readonly hubNow: Date;
  /** Since when the oldest work that is due has waited; null where none does. */
  readonly oldestDueAt: Date | null;
  readonly parked: { readonly count: number; readonly since: Date | null };
  /** How far this machine's clock is behind the database's, in milliseconds. */
  readonly skewMs: number;
  /** The last day that the table of bank holidays covers. */
  readonly holidaysUntil: PlainDate;
  /** Since when the oldest entry of the audit has waited to be chained; null where none does. */
  readonly unchainedSince: Date | null;
}

/** Silence for longer than this is an alarm: signs of life come every ten seconds, and an alarm within a minute of the last. */
export const SILENT_AFTER_MS = 45_000;
/** Work that waits for longer than this is an alarm. */
export const ALARM_AFTER_MS = 60_000;
/** An entry of the audit is chained within seconds: one that waits for longer was forgotten, or is not the hub's. */
export const UNCHAINED_AFTER_MS = 5 * 60_000;
/** A machine's clock that differs by more is not to be trusted with alarms. */
export const MOST_SKEW_MS = 2_000;

/** Working days are counted up to half a year ahead, and somebody needs the other half to bring the new table in. */
const TABLE_REACHES_DAYS = 365;

/** For how many milliseconds nothing was heard; infinite where nothing ever was. A sign that lies ahead is of before the clock was
 *  set back, and says nothing of now. */
export function silence(last: Date | null | undefined, now: Date): number {
  const ms = last ? now.getTime() - last.getTime() : Number.POSITIVE_INFINITY;
  return ms < -MOST_SKEW_MS ? Number.POSITIVE_INFINITY : Math.max(0, ms);
}

const isSilent = (last: Date | null | undefined, now: Date): boolean => silence(last, now) > SILENT_AFTER_MS;

/** Everything that is wrong, worst first. */
export function alarmsFrom(signs: Signs): HubAlarm[] {
  return [aboutSweep, aboutQueues, aboutWork, aboutClock, aboutTable, aboutAudit].flatMap((about) => about(signs));
}

function aboutSweep({ sweptAt, now }: Signs): HubAlarm[] {
  if (!isSilent(sweptAt, now)) return [];
  const says = !sweptAt
    ? "The sweep has never run"
    : sweptAt > now
      ? "The sweep has not run since the clock was set back"
      : `The sweep has not run for ${Math.floor(silence(sweptAt, now) / 1_000)} seconds`;
  return [{ code: "SWEEP_HAS_NOT_RUN", says: `${says}: start a worker`, since: sweptAt, queue: null }];
}

function aboutQueues({ workedAt, now }: Signs): HubAlarm[] {
  return QUEUES.filter((queue) => isSilent(workedAt.get(queue), now)).map((queue) => ({
    code: "NOBODY_WORKS_ON_QUEUE",
    says: `Nobody works on the queue ${queue}: start a worker, or look whether its Redis answers`,
    since: workedAt.get(queue) ?? null,
    queue,
  }));
}

function aboutWork({ oldestDueAt, hubNow, parked }: Signs): HubAlarm[] {
  const alarms: HubAlarm[] = [];
  const overdue = overdueSeconds(oldestDueAt, hubNow);
  if (oldestDueAt && overdue * 1_000 > ALARM_AFTER_MS)
    alarms.push({
      code: "WORK_OVERDUE",
      says: `Work that was due ${Math.floor(overdue)} seconds ago is not done`,
      since: oldestDueAt,
      queue: null,
    });
  if (parked.count > 0)
    alarms.push({
      code: "WORK_PARKED",
      says: `Work is parked until somebody replays it: ${parked.count}`,
      since: parked.since,
      queue: null,
    });
  return alarms;
}

function aboutClock({ skewMs }: Signs): HubAlarm[] {
  if (Math.abs(skewMs) <= MOST_SKEW_MS) return [];
  const says = `This machine's clock is ${(Math.abs(skewMs) / 1_000).toFixed(1)} seconds ${skewMs > 0 ? "behind" : "ahead of"} the database's: set it right`;
  return [{ code: "CLOCK_SKEW", says, since: null, queue: null }];
}

function aboutTable({ hubNow, holidaysUntil }: Signs): HubAlarm[] {
  if (holidaysUntil > addDays(dayInEngland(hubNow), TABLE_REACHES_DAYS)) return [];
  const says = `Bank holidays are known until ${holidaysUntil} only: extend policies/bank-holidays.json, before a deadline cannot be worked out`;
  return [{ code: "BANK_HOLIDAYS_END", says, since: null, queue: null }];
}

function aboutAudit({ unchainedSince, now }: Signs): HubAlarm[] {
  if (!unchainedSince || now.getTime() - unchainedSince.getTime() <= UNCHAINED_AFTER_MS) return [];
  const says = "Entries of the audit wait to be chained: start a worker, and run `hub audit verify`";
  return [{ code: "AUDIT_UNCHAINED", says, since: unchainedSince, queue: null }];
}

/** How long the oldest work that is due has waited; 0 where none waits. */
export const overdueSeconds = (oldestDueAt: Date | null, now: Date): number =>
  oldestDueAt ? Math.max(0, now.getTime() - oldestDueAt.getTime()) / 1_000 : 0;

/** What somebody who waits for work of this queue is told; null while it goes on as it should. */
export function heldUp(alarms: readonly HubAlarm[], queue: QueueName): string | null {
  const about = alarms.filter(({ code, queue: which }) => code === "SWEEP_HAS_NOT_RUN" || which === queue);
  if (about.some(({ code }) => code === "SWEEP_HAS_NOT_RUN"))
    return about.length > 1
      ? "Nothing in the hub is working on this just now. It is not lost: it goes on when the hub's workers do. If it cannot wait, ring."
      : "The hub is slow to take this on just now. It is not lost. If it cannot wait, ring.";
  return about.length > 0
    ? "Nobody is working on this queue just now; the sweep does its work instead, within seconds to a minute."
    : null;
}
