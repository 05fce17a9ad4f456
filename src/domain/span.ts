// Amounts of time: counted forwards and backwards, and in words. Days end at midnight in England; hours are exact.

import type { Calendar } from "./calendar.ts";
import type { Span } from "./clock-rule.ts";
import { endOfDay } from "./instant.ts";
import { addDays, addMonths, dayInEngland, type PlainDate } from "./plain-date.ts";
import { addWorkingDays, type ExcludedDay } from "./working-days.ts";
import { addWorkingHours } from "./working-hours.ts";

const HOUR = 3_600_000;

export const SPAN_UNITS = ["workingDays", "days", "months", "hours", "workingHours"] as const;
export type SpanUnit = (typeof SPAN_UNITS)[number];

const WORDS: Readonly<Record<SpanUnit, string>> = {
  workingDays: "working day",
  days: "day",
  months: "month",
  hours: "hour",
  workingHours: "working hour",
};

/** A span as its unit and how many of it. */
export function amountOf(span: Span): { readonly unit: SpanUnit; readonly count: number } {
  if ("workingDays" in span) return { unit: "workingDays", count: span.workingDays };
  if ("days" in span) return { unit: "days", count: span.days };
  if ("months" in span) return { unit: "months", count: span.months };
  if ("hours" in span) return { unit: "hours", count: span.hours };
  return { unit: "workingHours", count: span.workingHours };
}

/** `15 working days`, `1 month`. */
export function spanInWords(span: Span): string {
  const { unit, count } = amountOf(span);
  return `${count} ${WORDS[unit]}${count === 1 ? "" : "s"}`;
}

/** Whether it ends at an exact instant rather than with a day. */
export const isExact = (span: Span): boolean => "hours" in span || "workingHours" in span;

/** Where counting begins. `on` is day 0. */
export interface CountFrom {
  readonly at: Date;
  readonly on: PlainDate;
  /** Counted towards the past. */
  readonly back?: boolean | undefined;
}

/** Where it ends. */
export interface Reached {
  readonly on: PlainDate;
  /** The end of that day, or for hours the exact instant. */
  readonly at: Date;
  readonly excluded: readonly ExcludedDay[];
}

/** Counts a span from somewhere. Throws RangeError where working days are counted and the table of bank holidays ends first. */
export function count({ at, on, back = false }: CountFrom, span: Span, calendar: Calendar): Reached {
  const { unit, count: length } = amountOf(span);
  const signed = back ? -length : length;
  if (unit === "hours") return exact(new Date(at.getTime() + signed * HOUR));
  if (unit === "workingHours") {
    const reached = addWorkingHours(at, signed, calendar);
    return exact(reached.at, reached.excluded);
  }
  if (unit === "days") return wholeDays(addDays(on, signed));
  if (unit === "months") return wholeDays(addMonths(on, signed));
  const reached = addWorkingDays(on, signed, calendar);
  return wholeDays(reached.on, reached.excluded);
}

const exact = (at: Date, excluded: readonly ExcludedDay[] = []): Reached => ({ on: dayInEngland(at), at, excluded });
const wholeDays = (on: PlainDate, excluded: readonly ExcludedDay[] = []): Reached => ({
  on,
  at: endOfDay(on),
  excluded,
});

/** The day that this instant ends or lies in: midnight is the end of a day, as it is in a deadline. */
const dayEndingAt = (at: Date): PlainDate => dayInEngland(new Date(at.getTime() - 1));

/** So long after an instant: the end of the last day, or for hours exact. An instant at midnight ends the day before it, so that
 *  "2 working days" after a deadline at the end of Wednesday is the end of Friday, and spans that follow each other add up. */
export const spanAfter = (at: Date, span: Span, calendar: Calendar): Date =>
  count({ at, on: dayEndingAt(at) }, span, calendar).at;

/** So long before an instant, by the same reckoning: the end of that day, or for hours exact. */
export const spanBefore = (at: Date, span: Span, calendar: Calendar): Date =>
  count({ at, on: dayEndingAt(at), back: true }, span, calendar).at;
