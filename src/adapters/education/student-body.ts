// A student's body. The names and dates are documented by Wonde; the inside of the details, contacts and summaries is a
// reconstruction, so nearly all of it may be absent.

import { z } from "zod";
import { WithId, date, flag, text } from "./wonde-body.ts";

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
