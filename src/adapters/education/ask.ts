// The first question of the port: what the schools say about some students.

import { told, type Part, type PartAnswer } from "../../domain/absence.ts";
import type { PlainDate } from "../../domain/plain-date.ts";
import type { Answer, Question } from "../agency-system.ts";
import { got, settle, silent, type Outcome } from "./outcome.ts";
import { readRegister, type Register } from "./read-register.ts";
import { outcomeOf, readStudents } from "./read-students.ts";
import { parseRecordId, recordIdOf } from "./record-id.ts";
import { absencesOf, exclusionsOf } from "./register-mapper.ts";
import type { Directory, SchoolCard } from "./school-directory.ts";
import { involvementsOf, statesOf } from "./school-mapper.ts";
import { HIDDEN, demographicsOf, isRestricted, relationshipsOf } from "./student-mapper.ts";
import type { Student } from "./wonde-body.ts";
import type { Reader } from "./wonde-reader.ts";

const INCLUDES: Record<Part, string> = {
  DEMOGRAPHICS: "education_details,contact_details",
  RELATIONSHIPS: "contacts",
  INVOLVEMENTS: "education_details",
  STATES: "education_details,attendance_summary",
  EVENTS: "",
};

/** What the parts asked for need, and always `extended_details`: it says whether the address is hidden. */
function includeFor(parts: readonly Part[]): string {
  const names = parts.flatMap((part) => INCLUDES[part].split(",")).filter(Boolean);
  return [...new Set(["extended_details", ...names])].join(",");
}

interface Asking {
  readonly reader: Reader;
  readonly directory: Directory;
  readonly today: PlainDate;
  readonly parts: readonly Part[];
}

/** Every part alike: each that was asked says `said`, the others that they were not asked. */
function alike(recordId: string, parts: readonly Part[], said: PartAnswer<never>): Answer {
  const part = (name: Part): PartAnswer<never> =>
    parts.includes(name) ? said : { status: "NOT_ASKED", reason: "Not asked for" };
  return {
    recordId,
    restricted: false,
    asOf: null,
    demographics: part("DEMOGRAPHICS"),
    relationships: part("RELATIONSHIPS"),
    involvements: part("INVOLVEMENTS"),
    states: part("STATES"),
    events: part("EVENTS"),
  };
}

interface Held {
  readonly school: string;
  readonly student: Student;
  readonly card: Outcome<SchoolCard>;
  readonly name: string | null;
  readonly register: Register;
}

/** Where one of the two lists did not come, the other's events are given with the fault. */
function eventsOf({ school, register }: Held): Answer["events"] {
  const { marks, exclusions } = register;
  const events = [
    ...(exclusions.ok ? exclusionsOf(exclusions.value, school) : []),
    ...(marks.ok ? absencesOf(marks.value, school) : []),
  ].toSorted((a, b) => (a.on < b.on ? -1 : 1));
  if (!marks.ok) return silent(marks.fault, events);
  return exclusions.ok ? told(events) : silent(exclusions.fault, events);
}

function answerOf(held: Held, parts: readonly Part[]): Answer {
  const { school, student, card, name } = held;
  const restricted = isRestricted(student);
  const asked = <Item>(part: Part, say: () => PartAnswer<Item>): PartAnswer<Item> =>
    parts.includes(part) ? say() : { status: "NOT_ASKED", reason: "Not asked for" };
  const shown = <Item>(safe: readonly Item[], whole: () => readonly Item[]): PartAnswer<Item> =>
    restricted ? { status: "WITHHELD", rule: HIDDEN, items: safe } : told(whole());
  const demographics = demographicsOf(student, school, name);
  return {
    recordId: recordIdOf(school, student.id),
    restricted,
    asOf: null,
    demographics: asked("DEMOGRAPHICS", () => shown([demographics], () => [demographics])),
    relationships: asked("RELATIONSHIPS", () => shown([], () => relationshipsOf(student, school))),
    involvements: asked("INVOLVEMENTS", () =>
      card.ok ? told(involvementsOf(student, school, card.value)) : silent(card.fault),
    ),
    states: asked("STATES", () => told(statesOf(student, school, name))),
    events: asked("EVENTS", () => eventsOf(held)),
  };
}

const NOBODY: SchoolCard = { name: "", phone: null, safeguardingLead: null, senCoordinator: null };

/** As much about the school as the parts need. Its name alone is an ornament: without it they are told all the same. */
async function aboutSchool(asking: Asking, school: string): Promise<Pick<Held, "card" | "name">> {
  const { reader, directory, parts } = asking;
  if (parts.includes("INVOLVEMENTS")) {
    const card = await settle(reader.system, directory.card(reader, school));
    return { card, name: card.ok ? card.value.name : null };
  }
  if (!parts.includes("DEMOGRAPHICS") && !parts.includes("STATES")) return { card: got(NOBODY), name: null };
  const name = await settle(reader.system, directory.name(reader, school));
  return { card: got(NOBODY), name: name.ok ? name.value : null };
}

const NO_REGISTER: Register = { marks: got([]), exclusions: got([]) };

/** The answers of one school, everything asked of it side by side. A fault stays with the part or the school it struck. */
async function askSchool(asking: Asking, school: string, students: readonly string[]): Promise<Answer[]> {
  const { reader, today, parts } = asking;
  const { system } = reader;
  const [found, about, registerOf] = await Promise.all([
    readStudents(reader, { school, students, include: includeFor(parts) }),
    aboutSchool(asking, school),
    parts.includes("EVENTS") ? readRegister(reader, { school, students, today }) : () => NO_REGISTER,
  ]);
  return students.map((id) => {
    const outcome = outcomeOf(found, id, system);
    if (!outcome.ok) return alike(recordIdOf(school, id), parts, silent(outcome.fault));
    if (!outcome.value) return alike(recordIdOf(school, id), parts, { status: "NOTHING_RECORDED" });
    const student = outcome.value;
    return answerOf({ school, student, ...about, register: registerOf(id) }, parts);
  });
}

/** One answer for each record. For `n` records of one school the requests are: the students, `n` (up to four) or the pages of
 *  the school's roll (one for 200 pupils), and as many again among the leavers where somebody is missing; for EVENTS one for
 *  every five students and one for every hundred; for the school and its staff two, once in ten minutes. */
export async function ask(asking: Omit<Asking, "parts">, { recordIds, parts }: Question): Promise<readonly Answer[]> {
  const bySchool = new Map<string, string[]>();
  const unknown: string[] = [];
  for (const recordId of new Set(recordIds)) {
    const ref = parseRecordId(recordId);
    if (!ref) unknown.push(recordId);
    else bySchool.set(ref.school, [...(bySchool.get(ref.school) ?? []), ref.student]);
  }
  const answers = await Promise.all(
    [...bySchool].map(([school, students]) => askSchool({ ...asking, parts }, school, students)),
  );
  return [...answers.flat(), ...unknown.map((id) => alike(id, parts, { status: "NOTHING_RECORDED" }))];
}
