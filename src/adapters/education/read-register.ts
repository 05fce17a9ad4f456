// Reading marks and exclusions of students of one school. `student=` is our own filter: Wonde documents none, and without
// one a school's whole register would have to be read for one child.

import { z } from "zod";
import { groupBy } from "../../domain/group.ts";
import { addDays, type PlainDate } from "../../domain/plain-date.ts";
import type { Listed } from "./outcome.ts";
import { Exclusion, Mark } from "./register-body.ts";
import { PAGE_SIZE, schoolPath, type Reader } from "./wonde-reader.ts";

/** How far back absences are told: four school weeks. The counts of the whole year are in the attendance state. */
const ABSENCE_DAYS = 28;
/** Four school weeks are at most 40 sessions, so the marks of five students fill one page of 200. */
const MARKS_AT_ONCE = 5;
/** The most the filter takes. */
const EXCLUSIONS_AT_ONCE = 100;

export interface Register {
  readonly marks: Listed<Mark>;
  readonly exclusions: Listed<Exclusion>;
}

interface RegisterWanted {
  readonly school: string;
  readonly students: readonly string[];
  readonly today: PlainDate;
}

interface ListWanted<Schema> {
  readonly students: readonly string[];
  readonly atOnce: number;
  readonly schema: Schema;
  readonly doing: string;
  readonly path: (students: string) => string;
}

const Owned = z.object({ student: z.string() });

/** Whose it is; null where it does not say, and then it may be anybody's of those asked about. */
const ownerOf = (item: unknown): string | null => Owned.safeParse(item).data?.student ?? null;

/** So many students at a time; each student gets what came of its own, and the fault that struck its request or its own lines. */
async function readList<Schema extends z.ZodType>(
  reader: Reader,
  { students, atOnce, schema, doing, path }: ListWanted<Schema>,
): Promise<ReadonlyMap<string, Listed<z.infer<Schema>>>> {
  const chunks: string[][] = [];
  for (let at = 0; at < students.length; at += atOnce) chunks.push(students.slice(at, at + atOnce));
  const read = await Promise.all(
    chunks.map(async (chunk) => {
      const { items, fault } = await reader.list({ path: path(chunk.join(",")), doing });
      const byOwner = groupBy(items, ownerOf);
      const own = (student: string) => [...(byOwner.get(student) ?? []), ...(byOwner.get(null) ?? [])];
      return chunk.map((student) => [student, reader.parseAll(schema, { items: own(student), fault }, doing)] as const);
    }),
  );
  return new Map(read.flat());
}

/** Marks of the last four weeks and all exclusions, for each student. Never throws. */
export async function readRegister(reader: Reader, wanted: RegisterWanted): Promise<(student: string) => Register> {
  const { school, students, today } = wanted;
  const attendance_date_after = addDays(today, 1 - ABSENCE_DAYS);
  const pages = { per_page: String(PAGE_SIZE), cursor: "true" };
  const [marks, exclusions] = await Promise.all([
    readList(reader, {
      students,
      atOnce: MARKS_AT_ONCE,
      schema: Mark,
      doing: "reading attendance",
      path: (student) =>
        schoolPath(school, "/attendance", { ...pages, student, attendance_date_after, include: "attendance_code" }),
    }),
    readList(reader, {
      students,
      atOnce: EXCLUSIONS_AT_ONCE,
      schema: Exclusion,
      doing: "reading exclusions",
      path: (student) => schoolPath(school, "/exclusions", { ...pages, student }),
    }),
  ]);
  const nothing = { items: [], fault: null };
  return (student) => ({ marks: marks.get(student) ?? nothing, exclusions: exclusions.get(student) ?? nothing });
}
