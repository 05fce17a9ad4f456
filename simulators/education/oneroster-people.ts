// Pupils, those who belong to them, and staff, as OneRoster's users and demographics.

import type { Professional, School } from "../town/types.ts";
import { reference, type Shown } from "./oneroster-base.ts";
import type { Resource } from "./oneroster-filter.ts";
import type { Contact, Deletion, Mis, Pupil } from "./mis.ts";
import { opaque } from "./render-student.ts";

/** Booleans are text in OneRoster. */
const flag = (value: boolean): "true" | "false" => (value ? "true" : "false");

/** `KG` for Reception, else two digits. */
export const gradeOf = (year: string | null | undefined): string[] =>
  year ? [year === "R" ? "KG" : year.padStart(2, "0")] : [];

const roleAt = ({ base }: Shown, school: School, role: string) => ({
  roleType: "primary",
  role,
  org: reference(base, "orgs", school.wondeId),
});

/** Everything held of one pupil; where a record stands on two rolls, both. */
type Rolls = readonly [Pupil, ...Pupil[]];

export function student([pupil, ...others]: Rolls, shown: Shown): Resource {
  const { record, enrolment, school, contacts, preferredSurname } = pupil;
  const rolls = [pupil, ...others];
  return {
    ...shown.common(record.localId, pupil.updatedAt),
    metadata: {
      synthetic: "true",
      ...(record.upn && { "uk.upn": record.upn }),
      ...(record.ethnicity && { "uk.ethnicity": record.ethnicity }),
      ...(enrolment && { "uk.senProvision": enrolment.sen }),
      // A reconstruction: OneRoster has no address, but who asks must know whose whereabouts are hidden.
      "uk.addressHidden": flag(record.restricted),
    },
    userMasterIdentifier: opaque(record.localId),
    username: record.localId.toLowerCase(),
    userIds: record.upn ? [{ type: "UPN", identifier: record.upn }] : [],
    enabledUser: flag(rolls.some(({ status }) => status !== "P")),
    givenName: record.forenames[0] ?? "",
    familyName: record.surname ?? "",
    middleName: record.forenames.slice(1).join(" "),
    ...(record.knownAs && { preferredFirstName: record.knownAs }),
    ...(preferredSurname && { preferredLastName: preferredSurname }),
    roles: rolls.map((held) => ({
      ...roleAt(shown, held.school, "student"),
      roleType: held.status === "S" ? "secondary" : "primary",
      beginDate: held.enrolment?.from,
      endDate: held.enrolment?.until ?? undefined,
    })),
    primaryOrg: reference(shown.base, "orgs", school.wondeId),
    agents: contacts.map(({ id }) => reference(shown.base, "users", id)),
    grades: gradeOf(enrolment?.year),
  };
}

/** A pupil who was deleted: that there was one, and nothing of who. */
export const deleted = ({ id, deletedAt }: Deletion, school: School, shown: Shown): Resource => ({
  ...shown.common(id, deletedAt),
  status: "tobedeleted",
  username: id.toLowerCase(),
  enabledUser: flag(false),
  givenName: "",
  familyName: "",
  roles: [roleAt(shown, school, "student")],
  primaryOrg: reference(shown.base, "orgs", school.wondeId),
});

const PARENTS = new Set(["MOTHER", "FATHER", "STEP_MOTHER", "STEP_FATHER", "ADOPTIVE_PARENT"]);

/** A contact. OneRoster says neither who has parental responsibility nor whom to ring first. */
export const guardian = ({ id, tie }: Contact, { school, updatedAt }: Pupil, shown: Shown): Resource => ({
  ...shown.common(id, updatedAt),
  username: id.toLowerCase(),
  enabledUser: flag(false),
  givenName: tie.otherForenames[0] ?? "",
  familyName: tie.otherSurname ?? "",
  middleName: tie.otherForenames.slice(1).join(" "),
  ...(tie.otherPhone && { phone: tie.otherPhone }),
  roles: [
    roleAt(shown, school, PARENTS.has(tie.role) ? "parent" : tie.role === "FOSTER_CARER" ? "guardian" : "relative"),
  ],
  primaryOrg: reference(shown.base, "orgs", school.wondeId),
  agents: [],
});

/** Staff; a SEN coordinator is a teacher by law, a safeguarding lead need not be. */
export function employee({ id, name, jobTitle, phone, email }: Professional, school: School, shown: Shown): Resource {
  const [givenName = "", ...rest] = name.split(" ");
  const role = /safeguarding/i.test(jobTitle) ? "ext:safeguardingLead" : "teacher";
  return {
    ...shown.common(id, null),
    metadata: { synthetic: "true", "uk.jobTitle": jobTitle },
    username: id.toLowerCase(),
    enabledUser: flag(true),
    givenName,
    familyName: rest.join(" "),
    email,
    phone,
    roles: [roleAt(shown, school, role)],
    primaryOrg: reference(shown.base, "orgs", school.wondeId),
    agents: [],
  };
}

/** The flags for race as the United States count it are left out: nobody here has stated them. */
export const demographics = ({ record, updatedAt }: Pupil, shown: Shown): Resource => ({
  ...shown.common(record.localId, updatedAt),
  ...(record.bornOn && { birthDate: record.bornOn }),
  sex: record.sex ? { F: "female", M: "male" }[record.sex] : "unspecified",
});

/** Pupils of the schools that have approved, each with all of its rolls, main roll first. */
export function rollsOf({ pupils }: Mis): Rolls[] {
  const rolls = new Map<string, [Pupil, ...Pupil[]]>();
  for (const pupil of pupils) {
    if (!pupil.school.approved) continue;
    const known = rolls.get(pupil.record.localId);
    if (!known) rolls.set(pupil.record.localId, [pupil]);
    else if (pupil.status === "C" || pupil.status === "M") known.unshift(pupil);
    else known.push(pupil);
  }
  return [...rolls.values()];
}
