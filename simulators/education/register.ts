// A pupil's register: the sessions that the town tells mark by mark, and before them as many as make two years, drawn by the
// town's own generator from the share of sessions that the pupil missed.

import { makeMarks } from "../town/attendance.ts";
import { addDays, schoolYear } from "../town/days.ts";
import { makeRandom } from "../town/random.ts";
import type { Day } from "../town/types.ts";
import { attendanceCode } from "./attendance-codes.ts";
import type { Pupil } from "./mis.ts";

/** How many days of marks the generator makes at a time. */
const AT_A_TIME = 90;
const TWO_YEARS = 730;

type Marks = Pupil["marks"];
type Totals = Pupil["totals"][number];

/** The pupil's marks from this day on, oldest first; all two years of them where no day is given. */
export function registerOf(pupil: Pupil, from: Day | null = null): Marks {
  const { marks, enrolment, until } = pupil;
  const [first] = marks;
  const told = addDays(until, -AT_A_TIME);
  if (!first || !enrolment || first.on < told || (from !== null && from >= told)) return marks;
  const oldest = [addDays(until, -TWO_YEARS), enrolment.from, from ?? ""].reduce((a, b) => (a > b ? a : b));
  const earlier: Marks[] = [];
  for (let end = told; end > oldest; end = addDays(end, -AT_A_TIME)) earlier.unshift(marksBefore(pupil, end));
  return [...earlier.flat().filter(({ on }) => on >= oldest), ...marks];
}

/** The marks of the 90 days before `end`, the same whenever they are asked for. */
function marksBefore(pupil: Pupil, end: Day): Marks {
  const { record, enrolment, exclusions } = pupil;
  const known = new Map<Day, string>();
  for (const { from, until } of exclusions) for (let on = from; on <= until; on = addDays(on, 1)) known.set(on, "E");
  const profile = { away: shareMissed(pupil, schoolYear(addDays(end, -1))), known, since: enrolment?.from ?? end };
  return makeMarks(makeRandom(0).stream(`${record.localId} ${end}`), profile, end);
}

function shareMissed({ totals, marks }: Pupil, year: string): number {
  const { possible, present } = totals.find((held) => held.year === year) ?? counted(year, marks);
  return possible === 0 ? 0 : 1 - present / possible;
}

function counted(year: string, marks: Marks): Totals {
  const types = marks.map(({ code }) => attendanceCode(code)?.type);
  const count = (...wanted: typeof types) => types.filter((type) => wanted.includes(type)).length;
  const present = count("PRESENT", "APPROVED_EDUCATIONAL_ACTIVITY");
  const authorised = count("AUTHORISED_ABSENCE");
  const unauthorised = count("UNAUTHORISED_ABSENCE");
  return { year, possible: present + authorised + unauthorised, present, authorised, unauthorised };
}

/** Totals of each school year, the last counted from its marks. */
export function totalsOf(pupil: Pupil): Totals[] {
  const last = pupil.marks.at(-1);
  if (!last) return pupil.totals;
  const year = schoolYear(last.on);
  const marks = registerOf(pupil, `${year.slice(0, 4)}-09-01`).filter(({ on }) => schoolYear(on) === year);
  return [...pupil.totals, counted(year, marks)];
}
