// Days and instants are different things. `…On` is a calendar day, `…At` an instant; nothing turns one into the other unasked.

declare const day: unique symbol;

/** A calendar day, `YYYY-MM-DD`, with no clock and no zone: a birthday, a review date. */
export type PlainDate = string & { readonly [day]: true };

const DAY = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The day written in this text, or null where there is no such day (`2026-02-30`). */
export function parsePlainDate(text: string): PlainDate | null {
  const [, year, month, dayOfMonth] = SHAPE.exec(text) ?? [];
  if (!year || !month || !dayOfMonth) return null;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth)));
  return at.toISOString().slice(0, 10) === text ? (text as PlainDate) : null;
}

/** The day written in this text. Throws where there is no such day; use it for text the program itself wrote. */
export function plainDate(text: string): PlainDate {
  const found = parsePlainDate(text);
  if (!found) throw new RangeError("Not a calendar day (YYYY-MM-DD)");
  return found;
}

/** What is told of a day or an instant that `isCounted` or `isCountedInstant` refuses; it completes the field's name. */
export const NOT_COUNTED = "lies outside the years that the hub counts in, 1900 to 2199";

/** Whether this day lies in the years that the hub counts in. */
export const isCounted = (on: PlainDate): boolean => on >= "1900-01-01" && on <= "2199-12-31";

const HOUR = 3_600_000;
/** `2026-03-29 02:00`, as a clock in England shows it. */
const ENGLAND = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London", dateStyle: "short", timeStyle: "short" });
/** How far clocks in England are ahead of UTC, in milliseconds, for each hour that was asked about. They change on the hour, and
 *  asking the zone takes longer than all the rest of a deadline. */
const AHEAD = new Map<number, number>();
const MOST_HOURS = 100_000;

/** How far clocks in England are ahead of UTC at this instant, in milliseconds. Throws RangeError for one of an unwritable year. */
export function aheadOfUtc(at: Date): number {
  const hour = Math.floor(at.getTime() / HOUR);
  const known = AHEAD.get(hour);
  if (known !== undefined) return known;
  const ahead = Date.parse(`${ENGLAND.format(hour * HOUR).replace(" ", "T")}Z`) - hour * HOUR;
  // Before the year 1000 the zone writes no four digits.
  if (Number.isNaN(ahead)) throw new RangeError(`The instant ${NOT_COUNTED}`);
  if (AHEAD.size >= MOST_HOURS) AHEAD.clear();
  AHEAD.set(hour, ahead);
  return ahead;
}

/** The day it was in England at this instant; after midnight in summer that is not the day in UTC. */
export function dayInEngland(at: Date): PlainDate {
  const text = new Date(at.getTime() + aheadOfUtc(at)).toISOString();
  return text.length === 24 ? (text.slice(0, 10) as PlainDate) : plainDate(text);
}

/** The day `count` days later (earlier when negative). Throws RangeError beyond the year 9999. */
export function addDays(from: PlainDate, count: number): PlainDate {
  const text = new Date(Date.parse(from) + count * DAY).toISOString();
  // Without a second look at what is a day already: clocks count through hundreds of them.
  return text.length === 24 ? (text.slice(0, 10) as PlainDate) : plainDate(text);
}

/** The day of the week, Sunday 0 to Saturday 6. */
export const weekdayOf = (on: PlainDate): number => new Date(Date.parse(on)).getUTCDay();

/** The same day `count` months later (earlier when negative); the month's last day where it has no such day: 30 November and
 *  three months are 28 or 29 February. */
export function addMonths(from: PlainDate, count: number): PlainDate {
  const [year = 0, month = 0, day = 0] = from.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + count, 0));
  lastDay.setUTCDate(Math.min(day, lastDay.getUTCDate()));
  return plainDate(lastDay.toISOString().slice(0, 10));
}

/** Whole days from one to the other; negative where `to` is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** Whole years between two days, as an age is counted. */
export function yearsBetween(from: PlainDate, to: PlainDate): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}
