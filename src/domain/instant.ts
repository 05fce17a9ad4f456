// Instants, and where they fall on a day in England. Clock changes are the zone's own; nothing here adds an hour.

import { addDays, aheadOfUtc, type PlainDate } from "./plain-date.ts";

const SHAPE =
  /^(?<on>\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

/** The instant written in this text: ISO 8601 with its offset (`2026-12-23T10:00:00Z`, `…+01:00`). Null for any other text, for a
 *  day that does not exist, and for a time without an offset, which would be a guess. */
export function parseInstant(text: string): Date | null {
  const on = SHAPE.exec(text)?.groups?.["on"];
  // A day that does not exist is read as one of the next month.
  const midnight = on === undefined ? Number.NaN : Date.parse(on);
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().slice(0, 10) === on;
  return exists ? new Date(text) : null;
}

const [FIRST, END] = [Date.UTC(1900, 0), Date.UTC(2200, 0)];

/** Whether this instant lies in the years that the hub counts in. */
export const isCountedInstant = (at: Date): boolean => at.getTime() >= FIRST && at.getTime() < END;

/** The instant as ISO 8601 in UTC, without a fraction where there is none: `2026-12-24T00:00:00Z`. */
export const writeInstant = (at: Date): string => at.toISOString().replace(".000Z", "Z");

const CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
});

/** What a clock in England shows: `23:11 BST`. */
export const timeInEngland = (at: Date): string => CLOCK.format(at);

const HOUR = 3_600_000;

/** The instant at which a clock in England shows `time` (`09:00`) on this day: the first of two where the clocks go back, and
 *  where they go forward over it, what it would have been had they not. */
export function atInEngland(on: PlainDate, time: string): Date {
  const inWinter = new Date(`${on}T${time}:00Z`);
  const inSummer = new Date(inWinter.getTime() - HOUR);
  return aheadOfUtc(inSummer) === HOUR ? inSummer : inWinter;
}

/** The first instant after this day in England: midnight there, which in summer is 23:00 UTC. */
export const endOfDay = (on: PlainDate): Date => atInEngland(addDays(on, 1), "00:00");
