// A student as a person: who it is.

import { isPermanentUpn, normalisePostcode, normaliseUpn } from "../../domain/identifiers.ts";
import type {
  Demographics,
  Provenance,
  Sex,
  StatedAddress,
  StatedIdentifier,
  StatedName,
} from "../../domain/statements.ts";
import { dayOf, instantOf } from "./php-date.ts";
import { recordIdOf } from "./record-id.ts";
import type { Address, Student } from "./student-body.ts";

export const isRestricted = (student: Student): boolean => student.extended_details.data.address_hidden === true;

/** Where the child is hidden, the record is named without its school: who may open it there knows which school it is. */
export function sourceOf(school: string, student: Student, statedAs: string | null = null): Provenance {
  const recordedAt = instantOf(student.updated_at)?.toISOString() ?? null;
  const recordId = isRestricted(student) ? student.id : recordIdOf(school, student.id);
  return { system: "mis", recordId, recordedAt, statedAs };
}

export const words = (...texts: (string | null | undefined)[]): string[] =>
  texts.flatMap((text) => text?.split(/\s+/) ?? []).filter(Boolean);

/** The name in law where the school has one, and the one the child answers to where it is another. */
function namesOf(student: Student): StatedName[] {
  const official: StatedName = {
    use: "OFFICIAL",
    forenames: words(student.legal_forename, student.legal_forename && student.middle_names),
    surname: student.legal_surname ?? null,
  };
  const knownAs: StatedName = {
    use: "KNOWN_AS",
    forenames: words(student.forename),
    surname: student.surname ?? null,
  };
  const inLaw = official.forenames.length > 0 || official.surname !== null;
  const same =
    knownAs.surname === official.surname && words(student.legal_forename).join() === knownAs.forenames.join();
  return [...(inLaw ? [official] : []), ...(inLaw && same ? [] : [knownAs])];
}

/** A temporary UPN is never vouched for: two schools may give one child two. The school's own number stays out: other
 *  schools use the same. A UPN given up stays out where the address is hidden, since it leads to who the child was. */
function identifiersOf(student: Student): StatedIdentifier[] {
  const { upn, former_upn } = student.education_details?.data ?? {};
  const identifiers: StatedIdentifier[] = [];
  if (upn) identifiers.push({ kind: "UPN", value: normaliseUpn(upn), verified: isPermanentUpn(upn) });
  if (former_upn && !isRestricted(student))
    identifiers.push({ kind: "UPN", value: normaliseUpn(former_upn), verified: false });
  return identifiers;
}

const SEX = new Map<string, Sex>([
  ["FEMALE", "FEMALE"],
  ["MALE", "MALE"],
]);

function addressesOf(home: Address | null | undefined): StatedAddress[] {
  if (!home) return [];
  const street = [home.house_number, home.street].filter(Boolean).join(" ");
  const lines = [home.house_name, street, home.district].filter((line): line is string => Boolean(line));
  const postcode = home.postcode ? normalisePostcode(home.postcode) : null;
  if (lines.length === 0 && !home.town && postcode === null) return [];
  return [{ use: "HOME", lines, town: home.town ?? null, postcode, uprn: null, fromOn: null, untilOn: null }];
}

/** `CNHE` is a common mistyping of `CHNE`. */
const ethnicityOf = (code: string | null | undefined): string | null => (code === "CNHE" ? "CHNE" : (code ?? null));

/** Where the address is hidden, neither it nor the school's name is told: a school's name says where a child lives. The UPN
 *  is, for the hub to recognise the child by; an answer leaves it out. */
export function demographicsOf(student: Student, school: string, schoolName: string | null): Demographics {
  const { gender } = student;
  const hidden = isRestricted(student);
  return {
    identifiers: identifiersOf(student),
    names: namesOf(student),
    bornOn: dayOf(student.date_of_birth),
    bornOnAccuracy: "DAY",
    expectedOn: null,
    diedOn: null,
    sex: gender ? (SEX.get(gender.toUpperCase()) ?? "OTHER") : "UNKNOWN",
    gender: student.gender_identity ?? null,
    ethnicity: ethnicityOf(student.extended_details.data.ethnicity_code),
    addresses: hidden ? [] : addressesOf(student.contact_details?.data.addresses?.home),
    heldBy: hidden ? null : schoolName,
    provenance: sourceOf(school, student),
  };
}
