// Reading the students of one school that somebody asked about.

import { AgencyFault } from "../agency-fault.ts";
import { got, settle, type Outcome } from "./outcome.ts";
import { WithId } from "./wonde-body.ts";
import { Student } from "./student-body.ts";
import { PAGE_SIZE, schoolPath, type Reader } from "./wonde-reader.ts";

/** Up to so many students of one school are asked for one by one. A primary school is one or two pages of 200 pupils and a
 *  secondary school five to eight, so four single requests, made side by side, cost about what paging costs, and bring
 *  nobody's record but theirs. */
const SINGLY_UP_TO = 4;

interface Wanted {
  readonly school: string;
  readonly students: readonly string[];
  readonly include: string;
}

/** What was found of each; null for a student that the school does not have. */
type Found = ReadonlyMap<string, Outcome<Student | null>>;

type List = "students" | "student-leavers";

async function singly(reader: Reader, { school, students, include }: Wanted, list: List): Promise<Found> {
  const one = (student: string) =>
    reader.one(
      {
        path: schoolPath(school, `/${list}/${encodeURIComponent(student)}`, { include }),
        doing: `reading one of ${list}`,
      },
      Student,
    );
  const read = students.map(async (student) => [student, await settle(reader.system, one(student))] as const);
  return new Map(await Promise.all(read));
}

/** Pages until all are found. Of the others on a page nothing but the id is looked at. */
async function paged(reader: Reader, { school, students, include }: Wanted, list: List): Promise<Found> {
  const found = new Map<string, Outcome<Student | null>>();
  const missing = new Set(students);
  const doing = `reading ${list}`;
  const path = schoolPath(school, `/${list}`, { include, per_page: String(PAGE_SIZE), cursor: "true" });
  try {
    for await (const items of reader.pages({ path, doing })) {
      for (const item of items) {
        const { id } = reader.parse(WithId, item, doing);
        if (!missing.delete(id)) continue;
        found.set(id, await settle(reader.system, (async () => reader.parse(Student, item, doing))()));
      }
      if (missing.size === 0) break;
    }
    for (const id of missing) found.set(id, got(null));
  } catch (error) {
    // What earlier pages brought stays. A list that is not there says nothing of who is on it.
    const fault = await settle(reader.system, Promise.reject<null>(error));
    for (const id of missing) found.set(id, fault);
  }
  return found;
}

const read = (reader: Reader, wanted: Wanted, list: List): Promise<Found> =>
  (wanted.students.length <= SINGLY_UP_TO ? singly : paged)(reader, wanted, list);

/** The students of one school, those who have left it included. Leavers are looked for only where the roll lacks somebody. */
export async function readStudents(reader: Reader, wanted: Wanted): Promise<Found> {
  const present = await read(reader, wanted, "students");
  const students = wanted.students.filter((student) => isMissing(present.get(student)));
  if (students.length === 0) return present;
  const left = await read(reader, { ...wanted, students }, "student-leavers");
  return new Map([...present, ...left]);
}

/** Whether the API said that the school does not have this student. */
export const isMissing = (outcome: Outcome<Student | null> | undefined): boolean =>
  outcome?.ok === true && outcome.value === null;

/** The outcome for one student; a reader that skipped it has not kept its word. */
export const outcomeOf = (found: Found, student: string, system: string): Outcome<Student | null> =>
  found.get(student) ?? { ok: false, fault: new AgencyFault(system, "MALFORMED", { doing: "reading students" }) };
