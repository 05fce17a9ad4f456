// Hours that count only while an office is open. What comes outside them counts from the next opening.

import type { Calendar } from "./calendar.ts";
import { atInEngland } from "./instant.ts";
import { addDays, dayInEngland, type PlainDate } from "./plain-date.ts";
import { type ExcludedDay, whyNotWorking } from "./working-days.ts";

const HOUR = 3_600_000;

interface Open {
  readonly opens: number;
  readonly closes: number;
}

/** When the office is open on this day, in milliseconds of the epoch; or why it is not. */
function openOn(on: PlainDate, calendar: Calendar): Open | string {
  const { opens, closes } = calendar.officeHours;
  return (
    whyNotWorking(on, calendar) ?? {
      opens: atInEngland(on, opens).getTime(),
      closes: atInEngland(on, closes).getTime(),
    }
  );
}

/** The instant at which so many office hours have passed since `at` (had still to pass, when negative), and the days on which the
 *  office was shut on the way. Throws RangeError where the table of bank holidays ends first. */
export function addWorkingHours(
  at: Date,
  hours: number,
  calendar: Calendar,
): { readonly at: Date; readonly excluded: readonly ExcludedDay[] } {
  const excluded: ExcludedDay[] = [];
  const step = hours < 0 ? -1 : 1;
  let left = Math.abs(hours) * HOUR;
  for (let on = dayInEngland(at); ; on = addDays(on, step)) {
    const open = openOn(on, calendar);
    if (typeof open === "string") {
      excluded.push({ on, because: open });
      continue;
    }
    const from = step > 0 ? Math.max(at.getTime(), open.opens) : Math.min(at.getTime(), open.closes);
    const there = step > 0 ? open.closes - from : from - open.opens;
    if (there >= left && there >= 0) return { at: new Date(from + step * left), excluded };
    left -= Math.max(there, 0);
  }
}

/** How many office hours pass from one instant to the other. */
export function workingHoursBetween(from: Date, to: Date, calendar: Calendar): number {
  let passed = 0;
  const last = dayInEngland(to);
  for (let on = dayInEngland(from); on <= last; on = addDays(on, 1)) {
    const open = openOn(on, calendar);
    if (typeof open === "string") continue;
    passed += Math.max(Math.min(to.getTime(), open.closes) - Math.max(from.getTime(), open.opens), 0);
  }
  return passed / HOUR;
}
