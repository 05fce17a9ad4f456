// Every collection, made from what the schools hold at the moment of asking, and the fields that each may be asked by.

import type { Mis } from "./mis.ts";
import type { Shown } from "./oneroster-base.ts";
import type { Resource } from "./oneroster-filter.ts";
import { deleted, demographics, employee, guardian, rollsOf, student } from "./oneroster-people.ts";
import { academicSessions, classes, courses, enrollments, orgs } from "./oneroster-school.ts";

const COMMON = ["sourcedId", "status", "dateLastModified", "metadata"];
const ORG = "name type identifier parent children";
const SESSION = "title type startDate endDate schoolYear parent children";
const USER =
  "userMasterIdentifier username userIds enabledUser givenName familyName middleName preferredFirstName " +
  "preferredMiddleName preferredLastName pronouns roles userProfiles primaryOrg identifier email sms phone agents grades";

interface Collection {
  one: string;
  fields: readonly string[];
  items: (mis: Mis, shown: Shown) => Resource[];
}

const collection = (one: string, fields: string, items: Collection["items"]): Collection => ({
  one,
  fields: [...COMMON, ...fields.split(" ")],
  items,
});

const approved = ({ schools }: Mis) => schools.filter((school) => school.approved);
const pupilsOf = ({ pupils }: Mis) => pupils.filter(({ school }) => school.approved);

const students = (mis: Mis, shown: Shown): Resource[] => [
  ...rollsOf(mis).map((rolls) => student(rolls, shown)),
  ...mis.deletions.flatMap((deletion) => {
    const school = approved(mis).find(({ id }) => id === deletion.schoolId);
    return school ? deleted(deletion, school, shown) : [];
  }),
];

const staff = (mis: Mis, shown: Shown): Resource[] =>
  approved(mis).flatMap((school) => mis.employeesOf(school).map((one) => employee(one, school, shown)));

function users(mis: Mis, shown: Shown): Resource[] {
  const agents = pupilsOf(mis).flatMap((pupil) => pupil.contacts.map((contact) => guardian(contact, pupil, shown)));
  const all = [...students(mis, shown), ...staff(mis, shown), ...agents];
  // A contact of two pupils is one person.
  return [...new Map(all.map((user) => [user.sourcedId, user])).values()];
}

const ofType =
  (items: Collection["items"], type: string): Collection["items"] =>
  (mis, shown) =>
    items(mis, shown).filter((item) => item["type"] === type);

const allOrgs = (mis: Mis, shown: Shown) => orgs(approved(mis), shown);
const sessions = (mis: Mis, shown: Shown) => academicSessions(mis.until, shown);
const isTeacher = ({ roles }: Resource): boolean => JSON.stringify(roles).includes('"role":"teacher"');

/** By the name in the address. */
export const COLLECTIONS: Readonly<Record<string, Collection>> = {
  academicSessions: collection("academicSession", SESSION, sessions),
  // English schools report by term and keep no grading periods.
  gradingPeriods: collection("gradingPeriod", SESSION, ofType(sessions, "gradingPeriod")),
  terms: collection("term", SESSION, ofType(sessions, "term")),
  orgs: collection("org", ORG, allOrgs),
  schools: collection("org", ORG, ofType(allOrgs, "school")),
  users: collection("user", USER, users),
  students: collection("user", USER, students),
  teachers: collection("user", USER, (mis, shown) => staff(mis, shown).filter(isTeacher)),
  demographics: collection("demographics", "birthDate sex", (mis, shown) =>
    rollsOf(mis).map(([pupil]) => demographics(pupil, shown)),
  ),
  courses: collection("course", "title schoolYear courseCode grades subjects org", (mis, shown) =>
    courses(pupilsOf(mis), shown),
  ),
  classes: collection("class", "title classCode classType location grades subjects course school terms", (mis, shown) =>
    classes(pupilsOf(mis), mis.until, shown),
  ),
  enrollments: collection("enrollment", "user class school role primary beginDate endDate", (mis, shown) =>
    enrollments(pupilsOf(mis), shown),
  ),
};
