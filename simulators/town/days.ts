// Calendar days for the town's story, counted from 1970 where sums are needed.

import type { Day, Instant } from "./types.ts";

const MS = 86_400_000;
const NAMES = new Map<number, Day>();

/** Days since 1 January 1970. */
export const countOf = (day: Day): number => Date.parse(day) / MS;

/** The day of this count; names are kept, so that equal days share one text in memory. */
export function dayOf(count: number): Day {
  const known = NAMES.get(count);
  if (known) return known;
  const day = new Date(count * MS).toISOString().slice(0, 10);
  NAMES.set(count, day);
  return day;
}

export const addDays = (day: Day, count: number): Day => dayOf(countOf(day) + count);
export const daysBetween = (from: Day, until: Day): number => countOf(until) - countOf(from);

/** Whole years lived; 29 February counts as reached on 1 March. */
export function ageOn(bornOn: Day, on: Day): number {
  const years = Number(on.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return on.slice(5) < bornOn.slice(5) ? years - 1 : years;
}

/** An instant on this day; the town keeps no summer time. */
export const atTime = (day: Day, time: string): Instant => `${day}T${time}Z`;

/** Sunday is 0. */
export const weekday = (day: Day): number => (((countOf(day) + 4) % 7) + 7) % 7;

const BANK_HOLIDAYS = new Set(["01-01", "12-25", "12-26"]);

/** Monday to Friday, without the bank holidays that keep their date. */
export function isWorkingDay(day: Day): boolean {
  const on = weekday(day);
  return on !== 0 && on !== 6 && !BANK_HOLIDAYS.has(day.slice(5));
}

/** The end of the `count`th working day after `day`. */
export function addWorkingDays(day: Day, count: number): Day {
  let at = day;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(at)) left--;
  }
  return at;
}

/** This day, or the next on which people work. */
export const workingDayFrom = (day: Day): Day => (isWorkingDay(day) ? day : addWorkingDays(day, 1));

/** First and last days (`MM-DD`) of the holidays both areas keep. */
const HOLIDAYS = [
  ["02-16", "02-20"],
  ["03-30", "04-10"],
  ["05-25", "05-29"],
  ["07-22", "09-02"],
  ["10-27", "10-31"],
  ["12-20", "12-31"],
  ["01-01", "01-04"],
] as const;

/** Whether schools are open; the same simple calendar in every year. */
export function isSchoolDay(day: Day): boolean {
  const date = day.slice(5);
  return isWorkingDay(day) && !HOLIDAYS.some(([first, last]) => date >= first && date <= last);
}

/** The school year a day falls in, as schools write it: `2025/2026`. */
export function schoolYear(day: Day): string {
  const start = Number(day.slice(0, 4)) - (day.slice(5) < "09-01" ? 1 : 0);
  return `${start}/${start + 1}`;
}

/** National Curriculum year on a day: 0 is Reception, below that not of school age. */
export function curriculumYear(bornOn: Day, on: Day): number {
  const cohort = Number(bornOn.slice(0, 4)) + (bornOn.slice(5) < "09-01" ? 0 : 1);
  return Number(schoolYear(on).slice(0, 4)) - cohort - 4;
}
