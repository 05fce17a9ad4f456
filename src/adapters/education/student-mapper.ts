// A student as a person: who it is, and who belongs to it.

import { isPermanentUpn, normalisePostcode, normaliseUpn } from "../../domain/identifiers.ts";
import type {
  Demographics,
  Provenance,
  RelationshipRole,
  Sex,
  StatedAddress,
  StatedIdentifier,
  StatedName,
  StatedRelationship,
} from "../../domain/statements.ts";
import { dayOf, instantOf } from "./php-date.ts";
import { recordIdOf } from "./record-id.ts";
import type { Address, Contact, Student } from "./wonde-body.ts";

/** The rule by which a hidden address is withheld, as it is shown. */
export const HIDDEN = "The school keeps this child's address and contacts hidden";

export const isRestricted = (student: Student): boolean => student.extended_details.data.address_hidden === true;

export function sourceOf(school: string, student: Student, statedAs: string | null = null): Provenance {
  const recordedAt = instantOf(student.updated_at)?.toISOString() ?? null;
  return { system: "mis", recordId: recordIdOf(school, student.id), recordedAt, statedAs };
}

const words = (...texts: (string | null | undefined)[]): string[] =>
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

const SEX: Record<string, Sex> = { FEMALE: "FEMALE", MALE: "MALE" };

function addressesOf(home: Address | null | undefined): StatedAddress[] {
  if (!home) return [];
  const street = [home.house_number, home.street].filter(Boolean).join(" ");
  const lines = [home.house_name, street, home.district].filter((line): line is string => Boolean(line));
  const postcode = home.postcode ? normalisePostcode(home.postcode) : null;
  if (lines.length === 0 && !home.town && postcode === null) return [];
  return [{ use: "HOME", lines, town: home.town ?? null, postcode, uprn: null, from: null, until: null }];
}

/** `CNHE` is a common mistyping of `CHNE`. */
const ethnicityOf = (code: string | null | undefined): string | null => (code === "CNHE" ? "CHNE" : (code ?? null));

/** Where the address is hidden, neither it nor the school's name is told: a school's name says where a child lives. */
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
    sex: gender ? (SEX[gender.toUpperCase()] ?? "OTHER") : "UNKNOWN",
    gender: student.gender_identity ?? null,
    ethnicity: ethnicityOf(student.extended_details.data.ethnicity_code),
    addresses: hidden ? [] : addressesOf(student.contact_details?.data.addresses?.home),
    heldBy: hidden ? null : schoolName,
    provenance: sourceOf(school, student),
  };
}

/** What schools write, and the codes of the Common Transfer File; compared without case, spaces and hyphens. */
const ROLES: Record<string, RelationshipRole> = {
  mother: "MOTHER",
  pam: "MOTHER",
  father: "FATHER",
  paf: "FATHER",
  parent: "PARENT",
  stepmother: "STEP_MOTHER",
  stm: "STEP_MOTHER",
  stepfather: "STEP_FATHER",
  stf: "STEP_FATHER",
  stepparent: "STEP_PARENT",
  adoptiveparent: "ADOPTIVE_PARENT",
  fostercarer: "FOSTER_CARER",
  fostermother: "FOSTER_CARER",
  fom: "FOSTER_CARER",
  fosterfather: "FOSTER_CARER",
  fof: "FOSTER_CARER",
  guardian: "GUARDIAN",
  grandparent: "GRANDPARENT",
  grandmother: "GRANDPARENT",
  grandfather: "GRANDPARENT",
  sibling: "SIBLING",
  brother: "SIBLING",
  sister: "SIBLING",
  halfsibling: "HALF_SIBLING",
  stepsibling: "STEP_SIBLING",
  auntoruncle: "AUNT_UNCLE",
  aunt: "AUNT_UNCLE",
  uncle: "AUNT_UNCLE",
  cousin: "COUSIN",
  carer: "CARER",
  car: "CARER",
  childminder: "CARER",
  chm: "CARER",
  otherrelative: "OTHER_RELATIVE",
  otherfamilymember: "OTHER_RELATIVE",
  rel: "OTHER_RELATIVE",
  fam: "OTHER_RELATIVE",
  neighbour: "FRIEND_OR_NEIGHBOUR",
  friend: "FRIEND_OR_NEIGHBOUR",
  familyfriend: "FRIEND_OR_NEIGHBOUR",
};

/** A contact as a claim. The order of ringing and a court order have no field of their own, so they are kept in the
 *  school's words; parental responsibility is as stated and never read out of the role. */
function relationshipOf(contact: Contact, school: string, source: Provenance): StatedRelationship {
  const { relationship, priority, court_order, lives_with_pupil, parental_responsibility } = contact.relationship ?? {};
  const statedAs = [relationship, priority && `contact ${priority}`, court_order && "court order"].filter(Boolean);
  const forenames = words(contact.forename, contact.middle_names);
  const named = forenames.length > 0 || Boolean(contact.surname);
  return {
    role: ROLES[relationship?.toLowerCase().replaceAll(/[^a-z]/g, "") ?? ""] ?? "UNKNOWN",
    otherRecordId: recordIdOf(school, contact.id),
    otherName: named ? { use: "KNOWN_AS", forenames, surname: contact.surname ?? null } : null,
    otherBornOn: null,
    otherIdentifiers: [],
    parentalResponsibility: parental_responsibility ?? null,
    mainCarer: null,
    livesWithChild: lives_with_pupil ?? null,
    from: null,
    until: null,
    provenance: { ...source, statedAs: statedAs.join(", ") || null },
  };
}

/** The contacts in the order the school would ring them. */
export function relationshipsOf(student: Student, school: string): StatedRelationship[] {
  const last = Number.MAX_SAFE_INTEGER;
  const priority = ({ relationship }: Contact) => relationship?.priority ?? last;
  const contacts = student.contacts?.data.toSorted((a, b) => priority(a) - priority(b)) ?? [];
  return contacts.map((contact) => relationshipOf(contact, school, sourceOf(school, student)));
}
