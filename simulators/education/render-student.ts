// Students and their contacts as Wonde answers them. The envelope, the names and the dates are as documented; the inside of
// education_details, extended_details, contact_details, relationship and attendance_summary is a reconstruction.

import { createHash } from "node:crypto";
import type { Address } from "../town/types.ts";
import type { Contact, Pupil } from "./mis.ts";
import { localTime, phpDate } from "./query.ts";
import { totalsOf } from "./register.ts";

export const STUDENT_INCLUDES = [
  "education_details",
  "extended_details",
  "contact_details",
  "attendance_summary",
  "contacts",
  "contacts.contact_details",
];

const RELATIONSHIPS: Record<Contact["tie"]["role"], string> = {
  MOTHER: "Mother",
  FATHER: "Father",
  STEP_MOTHER: "Step mother",
  STEP_FATHER: "Step father",
  ADOPTIVE_PARENT: "Adoptive parent",
  FOSTER_CARER: "Foster carer",
  GRANDPARENT: "Grandparent",
  SIBLING: "Sibling",
  HALF_SIBLING: "Half sibling",
  STEP_SIBLING: "Step sibling",
  AUNT_UNCLE: "Aunt or uncle",
  PARTNER: "Partner",
  EX_PARTNER: "Former partner",
  OTHER_RELATIVE: "Other relative",
  UNKNOWN: "Other contact",
};

/** An opaque id such as `upi`, the same in every run. */
export const opaque = (text: string): string => createHash("md5").update(text).digest("hex");
const day = (value: string | null) => (value ? phpDate(value) : null);

const address = (from: Address | null) => ({
  house_number: from?.house ?? null,
  street: from?.street ?? null,
  town: from?.town ?? null,
  county: from?.county ?? null,
  postcode: from?.postcode ?? null,
});

const details = (held: { phone: string | null; email: string | null; address: Address | null }) => ({
  data: {
    phones: { primary: held.phone, mobile: held.phone },
    emails: { primary: held.email },
    addresses: { home: address(held.address) },
  },
});

/** A contact; within a student also what it is to that student. */
export function renderContact({ id, tie, priority }: Contact, home: Address | null, includes: Set<string>) {
  return {
    id,
    upi: opaque(id),
    mis_id: id.slice(-5),
    title: null,
    forename: tie.otherForenames[0] ?? null,
    middle_names: tie.otherForenames.slice(1).join(" ") || null,
    surname: tie.otherSurname,
    relationship: {
      relationship: RELATIONSHIPS[tie.role],
      bill_payer: priority === 1,
      lives_with_pupil: tie.livesWith,
      pupil_report: tie.parentalResponsibility === true,
      priority,
      parental_responsibility: tie.parentalResponsibility,
      court_order: false,
    },
    ...(includes.has("contact_details") && {
      contact_details: details({ phone: tie.otherPhone, email: null, address: tie.livesWith ? home : null }),
    }),
  };
}

function educationDetails({ record, enrolment, status }: Pupil) {
  return {
    data: {
      upn: record.upn,
      local_upn: null,
      former_upn: null,
      learner_number: null,
      current_nc_year: enrolment?.year ?? null,
      enrolment_status: status,
      admission_date: day(enrolment?.from ?? null),
      leaving_date: day(enrolment?.until ?? null),
    },
  };
}

function extendedDetails({ record, enrolment }: Pupil) {
  return {
    data: {
      ethnicity_code: record.ethnicity,
      first_language: enrolment?.firstLanguage ?? null,
      sen_status: enrolment?.sen ?? null,
      in_lea_care: enrolment?.inCare ?? null,
      free_school_meals: enrolment?.freeSchoolMeals ?? null,
      // A reconstruction. It marks the pupil and no more: the addresses are still sent, and whoever asks must drop them.
      address_hidden: record.restricted,
    },
  };
}

/** Totals of a school year, for `attendance_summary` and for `attendance-summaries`. */
export const renderSummaries = (pupil: Pupil) =>
  totalsOf(pupil).map(({ year, possible, present, authorised, unauthorised }) => ({
    id: `${pupil.record.localId}-${year.slice(0, 4)}`,
    student: pupil.record.localId,
    academic_year: year,
    possible_marks: possible,
    present_marks: present,
    authorised_absences: authorised,
    unauthorised_absences: unauthorised,
  }));

export function renderStudent(pupil: Pupil, includes: Set<string>) {
  const { record, contacts, preferredSurname } = pupil;
  const forename = record.knownAs ?? record.forenames[0] ?? null;
  const nested = new Set(includes.has("contacts.contact_details") ? ["contact_details"] : []);
  return {
    id: record.localId,
    upi: opaque(record.localId),
    mis_id: record.localId.slice(-4),
    initials: `${forename?.[0] ?? ""}${record.surname?.[0] ?? ""}`,
    title: null,
    surname: preferredSurname ?? record.surname,
    forename,
    middle_names: record.forenames.slice(1).join(" ") || null,
    legal_surname: record.surname,
    legal_forename: record.forenames[0] ?? null,
    gender: record.sex && { F: "FEMALE", M: "MALE" }[record.sex],
    gender_identity: null,
    date_of_birth: day(record.bornOn),
    ...(includes.has("education_details") && { education_details: educationDetails(pupil) }),
    ...(includes.has("extended_details") && { extended_details: extendedDetails(pupil) }),
    ...(includes.has("contact_details") && { contact_details: details(record) }),
    ...(includes.has("attendance_summary") && { attendance_summary: { data: renderSummaries(pupil) } }),
    ...([...includes].some((name) => name.startsWith("contacts")) && {
      contacts: { data: contacts.map((contact) => renderContact(contact, record.address, nested)) },
    }),
    created_at: phpDate(localTime(`${pupil.enrolment?.from ?? "2020-09-01"}T09:00:00Z`)),
    updated_at: phpDate(localTime(pupil.updatedAt)),
  };
}
