// Reading marks and exclusions of students of one school. `student=` is our own filter: Wonde documents none, and without
// one a school's whole register would have to be read for one child.

import { addDays, type PlainDate } from "../../domain/plain-date.ts";
import { settle, type Outcome } from "./outcome.ts";
import { Exclusion, Mark } from "./wonde-body.ts";
import { PAGE_SIZE, schoolPath, type Reader } from "./wonde-reader.ts";

/** How far back absences are told: four school weeks. The counts of the whole year are in the attendance state. */
export const ABSENCE_DAYS = 28;
/** Four school weeks are at most 40 sessions, so the marks of five students fill one page of 200. */
const MARKS_AT_ONCE = 5;
/** The most the filter takes. */
const EXCLUSIONS_AT_ONCE = 100;

export interface Register {
  readonly marks: Outcome<readonly Mark[]>;
  readonly exclusions: Outcome<readonly Exclusion[]>;
}

export interface RegisterWanted {
  readonly school: string;
  readonly students: readonly string[];
  readonly today: PlainDate;
}

/** Runs `read` on so many students at a time; each student gets the outcome of its chunk, cut down to its own. */
async function inChunks<Item extends { student: string }>(
  students: readonly string[],
  size: number,
  read: (chunk: string) => Promise<Outcome<readonly Item[]>>,
): Promise<Map<string, Outcome<readonly Item[]>>> {
  const chunks: string[][] = [];
  for (let at = 0; at < students.length; at += size) chunks.push(students.slice(at, at + size));
  const outcomes = await Promise.all(
    chunks.map(async (chunk) => {
      const outcome = await read(chunk.join(","));
      return chunk.map((student) => [student, ownOf(outcome, student)] as const);
    }),
  );
  return new Map(outcomes.flat());
}

const ownOf = <Item extends { student: string }>(outcome: Outcome<readonly Item[]>, student: string) =>
  outcome.ok ? { ok: true as const, value: outcome.value.filter((item) => item.student === student) } : outcome;

/** Marks of the last four weeks and all exclusions, for each student. */
export async function readRegister(reader: Reader, wanted: RegisterWanted): Promise<(student: string) => Register> {
  const { school, students, today } = wanted;
  const attendance_date_after = addDays(today, 1 - ABSENCE_DAYS);
  const list = { per_page: String(PAGE_SIZE), cursor: "true" };
  const marksPath = (student: string): string =>
    schoolPath(school, "/attendance", { ...list, student, attendance_date_after, include: "attendance_code" });
  const exclusionsPath = (student: string): string => schoolPath(school, "/exclusions", { ...list, student });
  const [marks, exclusions] = await Promise.all([
    inChunks(students, MARKS_AT_ONCE, (chunk) =>
      settle(reader.system, reader.all({ path: marksPath(chunk), doing: "reading attendance" }, Mark)),
    ),
    inChunks(students, EXCLUSIONS_AT_ONCE, (chunk) =>
      settle(reader.system, reader.all({ path: exclusionsPath(chunk), doing: "reading exclusions" }, Exclusion)),
    ),
  ]);
  const nothing = { ok: true, value: [] } as const;
  return (student) => ({ marks: marks.get(student) ?? nothing, exclusions: exclusions.get(student) ?? nothing });
}
