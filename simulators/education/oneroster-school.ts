// Schools, their years and classes, and who is in which, as OneRoster has them. A class is a year group: the town knows no smaller.

import { schoolYear } from "../town/days.ts";
import type { Day, School } from "../town/types.ts";
import { reference, type Shown } from "./oneroster-base.ts";
import type { Resource } from "./oneroster-filter.ts";
import { gradeOf } from "./oneroster-people.ts";
import type { Pupil } from "./mis.ts";

const districtId = (laCode: string): string => `la-${laCode}`;

/** Authorities, then their schools. */
export function orgs(schools: readonly School[], shown: Shown): Resource[] {
  const authorities = [...new Set(schools.map(({ laCode }) => laCode))];
  const districts = authorities.map((laCode) => ({
    ...shown.common(districtId(laCode), null),
    name: `Local authority ${laCode}`,
    type: "district",
    identifier: laCode,
    children: schools
      .filter((school) => school.laCode === laCode)
      .map((school) => reference(shown.base, "orgs", school.wondeId)),
  }));
  const all = schools.map(({ wondeId, name, laCode, estab, urn, phase }) => {
    const common = shown.common(wondeId, null);
    return {
      ...common,
      metadata: { ...common.metadata, "uk.urn": urn, "uk.phase": phase },
      name,
      type: "school",
      identifier: `${laCode}${estab}`,
      parent: reference(shown.base, "orgs", districtId(laCode)),
    };
  });
  return [...districts, ...all];
}

const TERMS = [
  { name: "Autumn", from: "09-01", until: "12-31", next: 0 },
  { name: "Spring", from: "01-01", until: "04-15", next: 1 },
  { name: "Summer", from: "04-16", until: "08-31", next: 1 },
];

/** This school year and the two before it, each with its three terms. */
export function academicSessions(until: Day, shown: Shown): Resource[] {
  const last = Number(schoolYear(until).slice(0, 4));
  return [last - 2, last - 1, last].flatMap((start) => {
    const schoolYear = String(start + 1);
    const parent = reference(shown.base, "academicSessions", `year-${schoolYear}`);
    const year = {
      ...shown.common(parent.sourcedId, null),
      title: `${start}/${schoolYear}`,
      type: "schoolYear",
      startDate: `${start}-09-01`,
      endDate: `${schoolYear}-08-31`,
      schoolYear,
    };
    const terms = TERMS.map(({ name, from, until, next }) => ({
      ...shown.common(`term-${schoolYear}-${name.toLowerCase()}`, null),
      title: `${name} term`,
      type: "term",
      startDate: `${start + next}-${from}`,
      endDate: `${start + next}-${until}`,
      schoolYear,
      parent,
    }));
    return [year, ...terms];
  });
}

const yearSaid = (year: string): string => (year === "R" ? "Reception" : `Year ${year}`);
const courseId = (year: string): string => `course-${year}`;
const classId = ({ school, enrolment }: Pupil): string => `class-${school.wondeId}-${enrolment?.year ?? "none"}`;

/** One course for each year group that somebody is in. */
export const courses = (pupils: readonly Pupil[], shown: Shown): Resource[] =>
  [...new Set(pupils.flatMap(({ enrolment }) => enrolment?.year ?? []))].map((year) => ({
    ...shown.common(courseId(year), null),
    title: yearSaid(year),
    grades: gradeOf(year),
    subjects: [],
  }));

/** One class for each year group of a school that somebody is in. */
export function classes(pupils: readonly Pupil[], until: Day, shown: Shown): Resource[] {
  const schoolYearEnds = String(Number(schoolYear(until).slice(0, 4)) + 1);
  const one = new Map(pupils.filter(({ enrolment }) => enrolment).map((pupil) => [classId(pupil), pupil]));
  return [...one].map(([sourcedId, { school, enrolment }]) => ({
    ...shown.common(sourcedId, null),
    title: yearSaid(enrolment?.year ?? ""),
    classType: "homeroom",
    grades: gradeOf(enrolment?.year),
    course: reference(shown.base, "courses", courseId(enrolment?.year ?? "")),
    school: reference(shown.base, "orgs", school.wondeId),
    terms: TERMS.map(({ name }) => reference(shown.base, "terms", `term-${schoolYearEnds}-${name.toLowerCase()}`)),
  }));
}

export const enrollments = (pupils: readonly Pupil[], shown: Shown): Resource[] =>
  pupils.flatMap((pupil) => {
    const { record, school, enrolment, status, updatedAt } = pupil;
    if (!enrolment) return [];
    return {
      ...shown.common(enrolment.id, updatedAt),
      role: "student",
      primary: status === "S" ? "false" : "true",
      user: reference(shown.base, "users", record.localId),
      class: reference(shown.base, "classes", classId(pupil)),
      school: reference(shown.base, "orgs", school.wondeId),
      beginDate: enrolment.from,
      ...(enrolment.until && { endDate: enrolment.until }),
    };
  });
