// Working days of England and Wales. Bank holidays are data (`policies/bank-holidays.json`): one-offs exist, so no rule
// computes them. Day 0 is the day on which the clock starts; a deadline is the end of the Nth working day after it.

import { addDays, dayInEngland, type PlainDate } from "./plain-date.ts";

export interface Holidays {
  /** Days covered by the table; outside it nobody can say what is a working day. */
  readonly from: PlainDate;
  readonly until: PlainDate;
  readonly days: ReadonlyMap<PlainDate, string>;
}

/** A day that was passed over while counting, and why. */
export interface ExcludedDay {
  readonly on: PlainDate;
  readonly because: string;
}

const weekday = (on: PlainDate): number => new Date(`${on}T00:00:00Z`).getUTCDay();

/** Why this day does not count as a working day; null if it does. Throws RangeError outside the table's years. */
export function whyNotWorking(on: PlainDate, holidays: Holidays): string | null {
  if (on < holidays.from || on > holidays.until)
    throw new RangeError(`No bank holidays are known for ${on.slice(0, 4)}: extend policies/bank-holidays.json`);
  if (weekday(on) === 6) return "Saturday";
  if (weekday(on) === 0) return "Sunday";
  return holidays.days.get(on) ?? null;
}

/** The last of `count` working days after `from`, and the days that did not count on the way. `from` itself never counts. */
export function addWorkingDays(
  from: PlainDate,
  count: number,
  holidays: Holidays,
): { readonly on: PlainDate; readonly excluded: readonly ExcludedDay[] } {
  const excluded: ExcludedDay[] = [];
  let on = from;
  for (let left = count; left > 0;) {
    on = addDays(on, 1);
    const because = whyNotWorking(on, holidays);
    if (because === null) left -= 1;
    else excluded.push({ on, because });
  }
  return { on, excluded };
}

/** The first instant after this day in England: midnight there, which in summer is 23:00 UTC. */
export function endOfDay(on: PlainDate): Date {
  const next = addDays(on, 1);
  const midnightUtc = new Date(`${next}T00:00:00Z`);
  const anHourEarlier = new Date(midnightUtc.getTime() - 3_600_000);
  return dayInEngland(anHourEarlier) === next ? anHourEarlier : midnightUtc;
}
