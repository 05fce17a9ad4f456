// The first question of the port: what the schools say about some students.

import type { Part, PartAnswer } from "../../domain/absence.ts";
import { groupBy } from "../../domain/group.ts";
import type { PlainDate } from "../../domain/plain-date.ts";
import { asAgencyFault } from "../agency-fault.ts";
import type { Answer, Question } from "../agency-system.ts";
import { alike } from "../alike.ts";
import { answerOf, type Held } from "./answer.ts";
import { settle, silent } from "./outcome.ts";
import { readRegister, type Register } from "./read-register.ts";
import { isMissing, outcomeOf, readStudents } from "./read-students.ts";
import { parseRecordId, recordIdOf } from "./record-id.ts";
import type { Directory } from "./school-directory.ts";
import { isRestricted } from "./student-mapper.ts";
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

const NO_CARD = { items: [], fault: null };

/** As much about the school as the parts need. Its name alone is an ornament: without it they are told all the same. */
async function aboutSchool(asking: Asking, school: string): Promise<Pick<Held, "card" | "name">> {
  const { reader, directory, parts } = asking;
  if (parts.includes("INVOLVEMENTS")) {
    const card = await directory.card(reader, school);
    return { card, name: card.items[0]?.name ?? null };
  }
  if (!parts.includes("DEMOGRAPHICS") && !parts.includes("STATES")) return { card: NO_CARD, name: null };
  const name = await settle(reader.system, directory.name(reader, school));
  return { card: NO_CARD, name: name.ok ? name.value : null };
}

const NO_REGISTER: Register = { marks: NO_CARD, exclusions: NO_CARD };

/** The answers of one school, everything asked of it side by side. A fault stays with the part or the school it struck, and a
 *  record that cannot be told with that record. */
async function askSchool(asking: Asking, school: string, students: readonly string[]): Promise<Answer[]> {
  const { reader, directory, today, parts } = asking;
  const { system } = reader;
  const [found, about, registerOf] = await Promise.all([
    readStudents(reader, { school, students, include: includeFor(parts) }),
    aboutSchool(asking, school),
    parts.includes("EVENTS") ? readRegister(reader, { school, students, today }) : () => NO_REGISTER,
  ]);
  // An address that leads nowhere says "not found" of everybody: only where the school is there is its word taken.
  const lacksSome = students.some((id) => isMissing(found.get(id)));
  const there = lacksSome ? await settle(system, directory.entryOf(reader, school)) : null;
  const none: PartAnswer<never> = there?.ok === false ? silent(there.fault) : { status: "NOTHING_RECORDED" };
  return students.map((id) => {
    const outcome = outcomeOf(found, id, system);
    if (!outcome.ok) return alike(recordIdOf(school, id), parts, silent(outcome.fault));
    if (!outcome.value) return alike(recordIdOf(school, id), parts, none);
    const student = outcome.value;
    try {
      return answerOf({ school, student, ...about, register: registerOf(id) }, parts);
    } catch (error) {
      const answer = alike(recordIdOf(school, id), parts, silent(asAgencyFault(system, error)));
      return { ...answer, restricted: isRestricted(student) };
    }
  });
}

/** One answer for each record. For `n` records of one school the requests are: the students, `n` (up to four) or the pages of
 *  the school's roll (one for 200 pupils), and as many again among the leavers where somebody is missing; for EVENTS one for
 *  every five students and one for every hundred; for the school and its staff two, once in ten minutes. Where a school says that it does not have
 *  somebody, its own entry is asked for, once. */
export async function ask(asking: Omit<Asking, "parts">, { recordIds, parts }: Question): Promise<readonly Answer[]> {
  const refs = [...new Set(recordIds)].map((recordId) => ({ recordId, ref: parseRecordId(recordId) }));
  const bySchool = groupBy(refs, ({ ref }) => ref?.school ?? null);
  const answers = await Promise.all(
    [...bySchool].map(([school, asked]) =>
      school === null
        ? asked.map(({ recordId }) => alike(recordId, parts, { status: "NOTHING_RECORDED" }))
        : askSchool(
            { ...asking, parts },
            school,
            asked.flatMap(({ ref }) => ref?.student ?? []),
          ),
    ),
  );
  return answers.flat();
}
