// One student's answer from what was read, and what is left of it where the school hides the child.

import { NOT_ASKED, told, type Part, type PartAnswer } from "../../domain/absence.ts";
import type { Answer } from "../agency-system.ts";
import { alike } from "../alike.ts";
import { relationshipsOf } from "./contact-mapper.ts";
import { silent, type Listed } from "./outcome.ts";
import type { Register } from "./read-register.ts";
import { recordIdOf } from "./record-id.ts";
import { absencesOf, exclusionsOf } from "./register-mapper.ts";
import type { SchoolCard } from "./school-directory.ts";
import { involvementsOf } from "./involvement-mapper.ts";
import { statesOf } from "./state-mapper.ts";
import { demographicsOf, isRestricted } from "./student-mapper.ts";
import type { Student } from "./student-body.ts";

/** The rule by which a hidden child's answer is withheld, as it is shown. */
const HIDDEN = "The school keeps hidden where this child is to be found";

/** What was read about a student and its school. */
export interface Held {
  readonly school: string;
  readonly student: Student;
  readonly card: Listed<SchoolCard>;
  readonly name: string | null;
  readonly register: Register;
}

/** Where one of the two lists did not come whole, what did come is given with the fault. */
function eventsOf({ school, register: { marks, exclusions } }: Held): Answer["events"] {
  const events = [...exclusionsOf(exclusions.items, school), ...absencesOf(marks.items, school)].toSorted((a, b) =>
    a.on < b.on ? -1 : 1,
  );
  const fault = marks.fault ?? exclusions.fault;
  return fault ? silent(fault, events) : told(events);
}

/** Who the child is, and nothing that leads to its school: not the school, its staff, its terms or its registers, and no UPN,
 *  which names the authority and the school that gave it. */
function hiddenAnswer({ school, student }: Held, parts: readonly Part[]): Answer {
  const withheld = { status: "WITHHELD", rule: HIDDEN, items: [] } as const;
  const who = { ...demographicsOf(student, school, null), identifiers: [] };
  const answer = alike(recordIdOf(school, student.id), parts, withheld);
  const demographics = parts.includes("DEMOGRAPHICS") ? { ...withheld, items: [who] } : NOT_ASKED;
  return { ...answer, restricted: true, demographics };
}

/** The parts asked for, of one student. */
export function answerOf(held: Held, parts: readonly Part[]): Answer {
  const { school, student, card, name } = held;
  if (isRestricted(student)) return hiddenAnswer(held, parts);
  const asked = <Item>(part: Part, say: () => PartAnswer<Item>): PartAnswer<Item> =>
    parts.includes(part) ? say() : NOT_ASKED;
  return {
    recordId: recordIdOf(school, student.id),
    restricted: false,
    asOf: null,
    demographics: asked("DEMOGRAPHICS", () => told([demographicsOf(student, school, name)])),
    relationships: asked("RELATIONSHIPS", () => told(relationshipsOf(student, school))),
    involvements: asked("INVOLVEMENTS", () => {
      const people = card.items.flatMap((known) => involvementsOf(student, school, known));
      return card.fault ? silent(card.fault, people) : told(people);
    }),
    states: asked("STATES", () => told(statesOf(student, school, name))),
    events: asked("EVENTS", () => eventsOf(held)),
  };
}
