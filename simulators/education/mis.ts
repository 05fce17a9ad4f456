// What the schools' management information systems hold: the town's education records, sorted by school and open to change.

import type {
  AgencyRecord,
  Day,
  EducationFact,
  Instant,
  Professional,
  RecordedTie,
  School,
  Town,
} from "../town/types.ts";
import { staffOf } from "./staff.ts";

type Fact<Kind extends EducationFact["kind"]> = Extract<EducationFact, { kind: Kind }>;

/** A contact has one id in a school however many pupils it belongs to. */
export interface Contact {
  id: string;
  tie: RecordedTie;
  priority: number;
}

/** One pupil at one school; a child registered at two schools is two of these. */
export interface Pupil {
  /** `AgencyRecord` copied, so that a change here leaves the town as it was. */
  record: AgencyRecord;
  school: School;
  enrolment: Fact<"enrolment"> | null;
  /** C single registration, M main, S subsidiary, P previous. */
  status: "C" | "M" | "S" | "P";
  contacts: Contact[];
  /** The surname the child goes by, where it is not the one in law. */
  preferredSurname: string | null;
  /** As the town has them: of the last 90 days. `register.ts` has what lies before. */
  marks: Fact<"attendance">["marks"];
  /** Of the school years before this one. */
  totals: Fact<"attendance">["totals"];
  exclusions: Fact<"exclusion">[];
  /** The day the town's story stands at. */
  until: Day;
  updatedAt: Instant;
}

export interface Deletion {
  id: string;
  schoolId: string;
  deletedAt: Instant;
}

/** What the simulator answers from. */
export interface Mis {
  until: Day;
  schools: School[];
  pupils: Pupil[];
  deletions: Deletion[];
  employeesOf(school: School): Professional[];
}

const keyOf = (localId: string, schoolId: string): string => `${schoolId}|${localId}`;

export function makeMis(town: Town): Mis {
  const schools = new Map(town.schools.map((school) => [school.id, { ...school }]));
  const contactsOf = contactBook(town);
  const pupils: Pupil[] = [];
  const deletions: Deletion[] = [];
  const factsOf = groupBy(town.education, ({ localId }) => localId);
  for (const record of town.records.filter(({ agency }) => agency === "education")) {
    const facts = factsOf.get(record.localId) ?? [];
    for (const schoolId of new Set(schoolsOf(record, facts))) {
      const school = schools.get(schoolId);
      if (!school) continue;
      const here = facts.filter((fact) => fact.schoolId === schoolId);
      const gone = here.find((fact) => fact.kind === "deletion");
      if (gone) deletions.push({ id: record.localId, schoolId, deletedAt: gone.deletedAt });
      else {
        const contacts = contactsOf(record.localId, schoolId);
        pupils.push(makePupil({ record, school, facts: here, contacts, until: town.settings.until }));
      }
    }
  }
  tellDualRegistrations(pupils);
  return {
    until: town.settings.until,
    schools: [...schools.values()],
    pupils,
    deletions,
    employeesOf: (school) => staffOf(town, school),
  };
}

const schoolsOf = (record: AgencyRecord, facts: EducationFact[]): string[] => {
  const named = facts.map(({ schoolId }) => schoolId);
  return named.length > 0 || record.schoolId === null ? named : [record.schoolId];
};

interface PupilParts {
  record: AgencyRecord;
  school: School;
  facts: EducationFact[];
  contacts: Contact[];
  until: Day;
}

/** Some children go by the name of the step-parent they live with. */
function goesBy({ localId, surname, restricted }: AgencyRecord, contacts: Contact[]): string | null {
  if (restricted || Number(localId.at(-1)) % 3 !== 0) return null;
  const step = contacts.find(({ tie }) => tie.role.startsWith("STEP_") && tie.livesWith === true);
  return step?.tie.otherSurname && step.tie.otherSurname !== surname ? step.tie.otherSurname : null;
}

function makePupil({ record, school, facts, contacts, until }: PupilParts): Pupil {
  const enrolments = facts.filter((fact) => fact.kind === "enrolment").sort((a, b) => (a.from < b.from ? -1 : 1));
  const register = facts.find((fact) => fact.kind === "attendance");
  const enrolment = enrolments.at(-1) ?? null;
  return {
    record: { ...record },
    school,
    enrolment: enrolment && { ...enrolment, from: enrolments[0]?.from ?? enrolment.from },
    status: enrolment?.until ? "P" : "C",
    contacts,
    preferredSurname: goesBy(record, contacts),
    marks: register?.marks ?? [],
    totals: register?.totals ?? [],
    exclusions: facts.filter((fact) => fact.kind === "exclusion"),
    until,
    updatedAt: record.updatedAt,
  };
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Two current registrations under one UPN (or one record): the earlier is the main one. */
function tellDualRegistrations(pupils: Pupil[]): void {
  const current = groupBy(
    pupils.filter(({ status }) => status === "C"),
    ({ record }) => record.upn ?? record.localId,
  );
  for (const same of current.values()) {
    if (same.length < 2) continue;
    same.sort((a, b) => ((a.enrolment?.from ?? "") < (b.enrolment?.from ?? "") ? -1 : 1));
    for (const [at, pupil] of same.entries()) pupil.status = at === 0 ? "M" : "S";
  }
}

function contactBook(town: Town): (localId: string, schoolId: string) => Contact[] {
  const ties = groupBy(
    town.recordedTies.filter(({ agency }) => agency === "education"),
    ({ localId }) => localId,
  );
  const ids = new Map<string, string>();
  return (localId, schoolId) =>
    (ties.get(localId) ?? []).map((tie, at) => {
      const who = tie.otherLocalId ?? `${tie.otherForenames.join(" ")} ${tie.otherSurname} ${tie.otherPhone}`;
      const key = keyOf(who, schoolId);
      const id = ids.get(key) ?? `A17491${String(50_001 + ids.size)}`;
      ids.set(key, id);
      return { id, tie, priority: at + 1 };
    });
}
