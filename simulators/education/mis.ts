// What the schools' management information systems hold: the town's education records, sorted by school and open to change.

import { schoolYear } from "../town/days.ts";
import type { AgencyRecord, EducationFact, Instant, Professional, RecordedTie, School, Town } from "../town/types.ts";
import { attendanceCode } from "./attendance-codes.ts";

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
  marks: Fact<"attendance">["marks"];
  totals: Fact<"attendance">["totals"];
  exclusions: Fact<"exclusion">[];
  updatedAt: Instant;
}

export interface Deletion {
  id: string;
  schoolId: string;
  deletedAt: Instant;
}

export interface Mis {
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
      else pupils.push(makePupil({ record, school, facts: here, contacts: contactsOf(record.localId, schoolId) }));
    }
  }
  tellDualRegistrations(pupils);
  return {
    schools: [...schools.values()],
    pupils,
    deletions,
    employeesOf: (school) => employees(town, school),
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
}

function makePupil({ record, school, facts, contacts }: PupilParts): Pupil {
  const enrolments = facts.filter((fact) => fact.kind === "enrolment").sort((a, b) => (a.from < b.from ? -1 : 1));
  const register = facts.find((fact) => fact.kind === "attendance");
  const enrolment = enrolments.at(-1) ?? null;
  return {
    record: { ...record },
    school,
    enrolment: enrolment && { ...enrolment, from: enrolments[0]?.from ?? enrolment.from },
    status: enrolment?.until ? "P" : "C",
    contacts,
    marks: register?.marks ?? [],
    totals: [...(register?.totals ?? []), ...thisYear(register?.marks ?? [])],
    exclusions: facts.filter((fact) => fact.kind === "exclusion"),
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

/** Totals of the school year the marks end in, counted from the marks there are. */
function thisYear(marks: Fact<"attendance">["marks"]): Fact<"attendance">["totals"] {
  const last = marks.at(-1);
  if (!last) return [];
  const year = schoolYear(last.on);
  const types = marks.filter(({ on }) => schoolYear(on) === year).map(({ code }) => attendanceCode(code)?.type);
  const count = (...wanted: typeof types) => types.filter((type) => wanted.includes(type)).length;
  const present = count("PRESENT", "APPROVED_EDUCATIONAL_ACTIVITY");
  const authorised = count("AUTHORISED_ABSENCE");
  const unauthorised = count("UNAUTHORISED_ABSENCE");
  return [{ year, possible: present + authorised + unauthorised, present, authorised, unauthorised }];
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

const LEADS = [
  { jobTitle: "Designated Safeguarding Lead", like: /safeguarding/i, name: "Morgan Fairweather", line: "901" },
  {
    jobTitle: "Special Educational Needs Coordinator",
    like: /SEN\b|SENCO|special educational/i,
    name: "Ashley Quill",
    line: "902",
  },
];

/** Those of the town who work at this school; whoever a school must have and the town lacks is added. */
function employees(town: Town, school: School): Professional[] {
  const found = town.professionals.filter(
    ({ agency, organisation }) => agency === "education" && organisation === school.name,
  );
  const missing = LEADS.filter(({ like }) => !found.some(({ jobTitle }) => like.test(jobTitle)));
  const added = missing.map(({ jobTitle, name, line }) => ({
    id: `A17492${school.urn.slice(-3)}${line}`,
    agency: "education" as const,
    name,
    jobTitle,
    team: "Pastoral",
    organisation: school.name,
    phone: `01632960${line}`,
    email: `${name.toLowerCase().replace(" ", ".")}@example.org`,
    registration: null,
  }));
  return [...found, ...added];
}
