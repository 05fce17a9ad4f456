// Looking for a child in the schools. Wonde has no search, so every school's roll is gone through, page by page, and nothing of
// it is kept: schools x pages of 200 pupils, plus one request for each record found, or one where nobody is. Those who have
// left are not looked for.

import { normaliseUpn } from "../../domain/identifiers.ts";
import { plainName } from "../../domain/plain-name.ts";
import { AgencyFault } from "../agency-fault.ts";
import type { FoundRecord, PersonSearch } from "../agency-system.ts";
import { dayOf } from "./php-date.ts";
import { recordIdOf } from "./record-id.ts";
import type { Directory } from "./school-directory.ts";
import { demographicsOf, isRestricted } from "./student-mapper.ts";
import { School } from "./wonde-body.ts";
import { Student } from "./student-body.ts";
import { PAGE_SIZE, schoolPath, type Reader } from "./wonde-reader.ts";

export const RECORD_INCLUDE = "education_details,extended_details,contact_details";

async function readSchools(reader: Reader, rest: "" | "/pending", doing: string): Promise<School[]> {
  const listed = await reader.list({ path: `v1.0/schools${rest}?per_page=${PAGE_SIZE}&cursor=true`, doing });
  const { items, fault } = reader.parseAll(School, listed, doing);
  if (fault) throw fault;
  return items;
}

/** The schools that have approved the hub, `only` those named where any are. */
export async function listSchools(reader: Reader, only: readonly string[] | null): Promise<School[]> {
  const items = await readSchools(reader, "", "listing schools");
  return items.filter(({ id }) => only === null || only.includes(id));
}

export function foundRecord(student: Student, school: string, schoolName: string | null): FoundRecord {
  return {
    recordId: recordIdOf(school, student.id),
    restricted: isRestricted(student),
    register: `mis ${school}`,
    demographics: demographicsOf(student, school, schoolName),
  };
}

type Matches = (student: Student) => boolean;

/** By UPN, present or former; or by surname, in law or in use, and date of birth. The forename narrows nothing: schools write
 *  the name a child answers to, and telling twins apart is for whoever weighs the records. */
function matcher(search: PersonSearch, system: string): Matches {
  const upn = search.identifier?.kind === "UPN" ? normaliseUpn(search.identifier.value) : null;
  const surname = search.surname && search.bornOn ? plainName(search.surname) : null;
  if (upn === null && surname === null)
    throw new AgencyFault(system, "BAD_REQUEST", { doing: "finding a student without UPN, or surname and birthday" });
  return (student) => {
    const { upn: present, former_upn: former } = student.education_details?.data ?? {};
    if (upn !== null && [present, former].some((held) => held && normaliseUpn(held) === upn)) return true;
    const named = [student.surname, student.legal_surname].some((held) => held && plainName(held) === surname);
    return named && dayOf(student.date_of_birth) === search.bornOn;
  };
}

interface Finding {
  readonly reader: Reader;
  readonly directory: Directory;
  readonly only: readonly string[] | null;
}

async function matchesOnRoll(reader: Reader, school: School, matches: Matches): Promise<Student[]> {
  const doing = "looking through a school's students";
  const include = "education_details,extended_details";
  const path = schoolPath(school.id, "/students", { include, per_page: String(PAGE_SIZE), cursor: "true" });
  const listed = new Map<string, Student>();
  for await (const items of reader.pages({ path, doing }))
    for (const item of items) {
      const student = reader.parse(Student, item, doing);
      if (matches(student)) listed.set(student.id, student);
    }
  return [...listed.values()];
}

/** The records found at a school; null where it is closed to the hub. */
async function findAt(reader: Reader, school: School, matches: Matches): Promise<FoundRecord[] | null> {
  let listed: Student[];
  try {
    listed = await matchesOnRoll(reader, school, matches);
  } catch (error) {
    if (error instanceof AgencyFault && error.code === "FORBIDDEN") return null;
    throw error;
  }
  // Of a student who left the roll a moment ago, what the roll said is kept: all but the address.
  const read = async (student: Student): Promise<FoundRecord> => {
    const path = schoolPath(school.id, `/students/${encodeURIComponent(student.id)}`, { include: RECORD_INCLUDE });
    const whole = await reader.one({ path, doing: "reading a student found" }, Student);
    return foundRecord(whole ?? student, school.id, school.name);
  };
  return Promise.all(listed.map(read));
}

/** Whether a school that the hub was told of keeps it out: one that was named and is not listed, else one that was asked for
 *  access and has not given it. */
async function someAreClosed({ reader, only }: Finding, open: readonly School[]): Promise<boolean> {
  if (only) return only.some((named) => !open.some(({ id }) => id === named));
  return (await readSchools(reader, "/pending", "listing schools that have not approved the hub")).length > 0;
}

/** Throws where any school does not answer in time, or nobody is found and a school is closed to the hub: nobody found at the
 *  others would not mean nobody. */
export async function find(finding: Finding, search: PersonSearch): Promise<FoundRecord[]> {
  const { reader, directory, only } = finding;
  const matches = matcher(search, reader.system);
  const schools = await listSchools(reader, only);
  for (const school of schools) directory.remember(school);
  const each = await Promise.all(schools.map((school) => findAt(reader, school, matches)));
  const found = each.flatMap((records) => records ?? []);
  if (found.length === 0 && (each.includes(null) || (await someAreClosed(finding, schools))))
    throw new AgencyFault(reader.system, "FORBIDDEN", {
      doing: "looking through schools, some of them closed to the hub",
    });
  return found;
}
