// The bodies as agreed. Fields the hub has no use for are not read. The envelope, names and dates are documented by Wonde;
// the inside of the details, of relationships, exclusions and deletions is a reconstruction, so nearly all of it may be absent.

import { z } from "zod";

const text = z.string().nullish();
const flag = z.boolean().nullish();

/** A date as PHP serialises it. */
export const PhpDate = z.object({ date: z.string().regex(/^\d{4}-\d\d-\d\d/), timezone: text });
export type PhpDate = z.infer<typeof PhpDate>;
const date = PhpDate.nullish();

export const Envelope = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ pagination: z.object({ next: text, more: flag }) }),
});
export const Single = z.object({ data: z.unknown() });
export const WithId = z.object({ id: z.string().min(1) });

export const School = WithId.extend({ name: z.string(), phone_number: text });
export type School = z.infer<typeof School>;

const Address = z.object({
  house_number: text,
  house_name: text,
  street: text,
  district: text,
  town: text,
  postcode: text,
});
export type Address = z.infer<typeof Address>;

const Contact = WithId.extend({
  forename: text,
  middle_names: text,
  surname: text,
  relationship: z
    .object({
      relationship: text,
      lives_with_pupil: flag,
      priority: z.number().nullish(),
      parental_responsibility: flag,
      court_order: flag,
    })
    .nullish(),
});
export type Contact = z.infer<typeof Contact>;

const EducationDetails = z.object({
  upn: text,
  former_upn: text,
  current_nc_year: z.union([z.string(), z.number()]).nullish(),
  enrolment_status: text,
  admission_date: date,
  leaving_date: date,
});

const Summary = z.object({
  academic_year: z.string(),
  possible_marks: z.number(),
  present_marks: z.number(),
  authorised_absences: z.number(),
  unauthorised_absences: z.number(),
});
export type Summary = z.infer<typeof Summary>;

export const Student = WithId.extend({
  surname: text,
  forename: text,
  middle_names: text,
  legal_surname: text,
  legal_forename: text,
  gender: text,
  gender_identity: text,
  date_of_birth: date,
  updated_at: date,
  education_details: z.object({ data: EducationDetails }).nullish(),
  // Never absent: without it there is no telling whether the address is hidden.
  extended_details: z.object({
    data: z.object({ ethnicity_code: text, sen_status: text, in_lea_care: flag, address_hidden: flag }),
  }),
  contact_details: z
    .object({ data: z.object({ addresses: z.object({ home: Address.nullish() }).nullish() }) })
    .nullish(),
  contacts: z.object({ data: z.array(Contact) }).nullish(),
  attendance_summary: z.object({ data: z.array(Summary) }).nullish(),
});
export type Student = z.infer<typeof Student>;

export const Employee = WithId.extend({
  forename: text,
  surname: text,
  employment_details: z.object({ data: z.object({ current: flag, job_title: text }) }).nullish(),
  contact_details: z
    .object({
      data: z.object({ phones: z.object({ work: text }).nullish(), emails: z.object({ work: text }).nullish() }),
    })
    .nullish(),
});
export type Employee = z.infer<typeof Employee>;

export const Mark = WithId.extend({
  student: z.string(),
  date: PhpDate,
  session: z.enum(["AM", "PM"]),
  attendance_code: z.object({ data: z.object({ code: text, description: text, type: text }) }).nullish(),
});
export type Mark = z.infer<typeof Mark>;

export const Exclusion = WithId.extend({
  student: z.string(),
  type: text,
  reason: z.array(z.string()).nullish(),
  start_date: PhpDate,
  sessions: z.number().nullish(),
});
export type Exclusion = z.infer<typeof Exclusion>;

export const Deletion = WithId.extend({ type: text, deleted_at: date, restored_at: date });
