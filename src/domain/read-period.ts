// The days and nights that a report looks at, as they are in England.

import { atInEngland, endOfDay } from "./instant.ts";
import { addDays, daysBetween, type PlainDate } from "./plain-date.ts";
import type { SharingPolicy } from "./policy.ts";
import { Refusal } from "./refusal.ts";

/** Most days that one report looks at. */
export const MOST_DAYS = 92;

export interface ReadPeriod {
  readonly days: readonly PlainDate[];
  readonly startAt: Date;
  /** The first instant after it. */
  readonly endAt: Date;
}

/** The days from the first to the last, as they are in England. Refuses a period that is none, or is too long for one report. */
export function readPeriod(from: PlainDate, until: PlainDate): ReadPeriod {
  if (until < from) throw new Refusal("BAD_INPUT", "from: must not be after until");
  const count = daysBetween(from, until) + 1;
  if (count > MOST_DAYS) throw new Refusal("BAD_INPUT", `until: ask for ${MOST_DAYS} days at most in one report`);
  const days = Array.from({ length: count }, (_, at) => addDays(from, at));
  return { days, startAt: atInEngland(from, "00:00"), endAt: endOfDay(until) };
}

export interface Night {
  /** The day in the evening of which it begins. */
  readonly on: PlainDate;
  readonly startAt: Date;
  readonly endAt: Date;
}

/** The nights of a period, with the one that its first morning ends; none reaches out of it. Clock changes are the zone's own: the night
 *  of one is an hour shorter or longer. */
export function nightsOf(
  { days, startAt, endAt }: ReadPeriod,
  { nightFrom, nightUntil }: Pick<SharingPolicy["patterns"], "nightFrom" | "nightUntil">,
): Night[] {
  const [first] = days;
  if (first === undefined) return [];
  const beyondMidnight = nightUntil <= nightFrom;
  const nights = [...(beyondMidnight ? [addDays(first, -1)] : []), ...days].map((on): Night => {
    const ends = atInEngland(beyondMidnight ? addDays(on, 1) : on, nightUntil);
    const starts = atInEngland(on, nightFrom);
    return { on, startAt: starts < startAt ? startAt : starts, endAt: ends > endAt ? endAt : ends };
  });
  return nights.filter((night) => night.startAt < night.endAt);
}
