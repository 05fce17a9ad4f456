// Working days of England and Wales. Bank holidays are data (`policies/bank-holidays.json`): one-offs exist, so no rule
// computes them. Day 0 is the day on which the clock starts; a deadline is the end of the Nth working day after it.

import { addDays, type PlainDate, weekdayOf } from "./plain-date.ts";

export interface Holidays {
  /** Days covered by the table; outside it nobody can say what is a working day. */
  readonly from: PlainDate;
  readonly until: PlainDate;
  readonly days: ReadonlyMap<PlainDate, string>;
}

/** A day on which an area's own offices are shut. */
export interface Closure {
  readonly on: PlainDate;
  readonly because: string;
}

/** On working days, by a clock in England: `09:00` to `17:00`. */
export interface OfficeHours {
  readonly opens: string;
  readonly closes: string;
}

/** What decides whether a day counts. */
export interface WorkingDays {
  readonly holidays: Holidays;
  readonly closures: readonly Closure[];
}

/** A day that was passed over while counting, and why. */
export interface ExcludedDay {
  readonly on: PlainDate;
  readonly because: string;
}

/** Why this day does not count as a working day; null if it does. Throws RangeError outside the table's years. */
export function whyNotWorking(on: PlainDate, { holidays, closures }: WorkingDays): string | null {
  if (on < holidays.from || on > holidays.until)
    throw new RangeError(`No bank holidays are known for ${on.slice(0, 4)}: extend policies/bank-holidays.json`);
  const weekday = weekdayOf(on);
  if (weekday === 6) return "Saturday";
  if (weekday === 0) return "Sunday";
  return holidays.days.get(on) ?? closures.find((closure) => closure.on === on)?.because ?? null;
}

/** Where counting working days ended, and the days that did not count on the way. */
export interface WorkingDaysCounted {
  readonly on: PlainDate;
  readonly excluded: readonly ExcludedDay[];
}

/** What was counted already, by table, closures, first day and number: much falls due together. */
const COUNTED = new WeakMap<Holidays, WeakMap<readonly Closure[], Map<string, WorkingDaysCounted>>>();
const MOST_COUNTED = 10_000;

function countedBy({ holidays, closures }: WorkingDays): Map<string, WorkingDaysCounted> {
  const byClosures = COUNTED.get(holidays) ?? new WeakMap<readonly Closure[], Map<string, WorkingDaysCounted>>();
  COUNTED.set(holidays, byClosures);
  const counted = byClosures.get(closures) ?? new Map<string, WorkingDaysCounted>();
  byClosures.set(closures, counted);
  if (counted.size >= MOST_COUNTED) counted.clear();
  return counted;
}

/** The last of `count` working days after `from` (before it, when negative), and the days that did not count on the way. `from`
 *  itself never counts. Throws RangeError where the table of bank holidays ends first. */
export function addWorkingDays(from: PlainDate, count: number, calendar: WorkingDays): WorkingDaysCounted {
  const counted = countedBy(calendar);
  const key = `${from} ${count}`;
  const known = counted.get(key);
  if (known) return known;
  const excluded: ExcludedDay[] = [];
  const step = Math.sign(count);
  let on = from;
  for (let left = Math.abs(count); left > 0;) {
    on = addDays(on, step);
    const because = whyNotWorking(on, calendar);
    if (because === null) left -= 1;
    else excluded.push({ on, because });
  }
  const reached = { on, excluded };
  counted.set(key, reached);
  return reached;
}

/** How many working days lie after `from`, up to and with `to`. */
export function workingDaysBetween(from: PlainDate, to: PlainDate, calendar: WorkingDays): number {
  let count = 0;
  for (let on = addDays(from, 1); on <= to; on = addDays(on, 1)) if (whyNotWorking(on, calendar) === null) count += 1;
  return count;
}
