// Days and instants are different things. `…On` is a calendar day, `…At` an instant; nothing turns one into the other unasked.

declare const day: unique symbol;

/** A calendar day, `YYYY-MM-DD`, with no clock and no zone: a birthday, a review date. */
export type PlainDate = string & { readonly [day]: true };

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

const ENGLAND = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London", dateStyle: "short" });

/** The day it was in England at this instant; after midnight in summer that is not the day in UTC. */
export const dayInEngland = (at: Date): PlainDate => plainDate(ENGLAND.format(at));

/** The day `count` days later (earlier when negative). */
export function addDays(from: PlainDate, count: number): PlainDate {
  const at = new Date(`${from}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return plainDate(at.toISOString().slice(0, 10));
}

/** Whole years between two days, as an age is counted. */
export function yearsBetween(from: PlainDate, to: PlainDate): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}
