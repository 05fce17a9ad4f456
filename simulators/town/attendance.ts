// Attendance as schools mark it: two sessions a day, DfE codes, a profile of its own for each child.

import { addDays, dayOf, countOf, isSchoolDay, schoolYear } from "./days.ts";
import type { Random } from "./random.ts";
import type { Day, EducationFact } from "./types.ts";

type Attendance = Extract<EducationFact, { kind: "attendance" }>;

export interface AttendanceProfile {
  /** Share of days on which the child is away, 0 to 1. */
  away: number;
  /** Days that are known whatever the profile: a suspension (`E`), an appointment (`M`). */
  known: ReadonlyMap<Day, string>;
  /** First day on the roll. */
  since: Day;
}

const AWAY = [
  ["I", 55],
  ["O", 14],
  ["M", 8],
  ["N", 7],
  ["G", 7],
  ["U", 4],
  ["C", 3],
  ["R", 2],
] as const;
const SESSIONS_A_YEAR = 380;
const DAYS_OF_MARKS = 90;
const OPEN = new Map<Day, Day[]>();

/** School days of the last 90 days before `until`, kept because every child shares them. */
function openDays(until: Day): Day[] {
  const known = OPEN.get(until);
  if (known) return known;
  const last = countOf(until);
  const days = Array.from({ length: DAYS_OF_MARKS }, (_, back) => dayOf(last - DAYS_OF_MARKS + back)).filter(
    isSchoolDay,
  );
  OPEN.set(until, days);
  return days;
}

/** Marks of the last 90 days. Absences come in runs of a few days, as illness does. */
export function makeMarks(random: Random, profile: AttendanceProfile, until: Day): Attendance["marks"] {
  const marks: Attendance["marks"] = [];
  let code: string | null = null;
  let left = 0;
  for (const on of openDays(until)) {
    if (on < profile.since) continue;
    const known = profile.known.get(on);
    if (left > 0) left--;
    else if (random.next() < profile.away / 2) [code, left] = [random.weighted(AWAY), random.int(0, 2)];
    else code = null;
    const away = known ?? code;
    const morning = away ?? (random.next() < 0.03 ? "L" : "/");
    const backAfterLunch = away === "M" || (away === "I" && left === 0 && random.next() < 0.2);
    marks.push(
      { on, session: "AM", code: morning },
      { on, session: "PM", code: away && !backAfterLunch ? away : "\\" },
    );
  }
  return marks;
}

/** Totals of the two school years before the present one, as far back as the child was on the roll. */
export function makeTotals(random: Random, profile: AttendanceProfile, until: Day): Attendance["totals"] {
  return [2, 1]
    .map((back) => schoolYear(addDays(until, -365 * back)))
    .filter((year) => `${year.slice(0, 4)}-09-01` >= profile.since)
    .map((year) => {
      const missed = Math.min(
        SESSIONS_A_YEAR,
        Math.round(SESSIONS_A_YEAR * profile.away * (0.6 + random.next() * 0.8)),
      );
      const unauthorised = Math.round(missed * (profile.away > 0.1 ? 0.45 : 0.2));
      return {
        year,
        possible: SESSIONS_A_YEAR,
        present: SESSIONS_A_YEAR - missed,
        authorised: missed - unauthorised,
        unauthorised,
      };
    });
}
