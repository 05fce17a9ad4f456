// The bodies as agreed. Fields the hub has no use for are not read. The envelope, names and dates are documented by Wonde;
// the inside of the details, of relationships, exclusions and deletions is a reconstruction, so nearly all of it may be absent.

import { z } from "zod";

export const text = z.string().nullish();
export const flag = z.boolean().nullish();

/** A date as PHP serialises it. */
export const PhpDate = z.object({ date: z.string().regex(/^\d{4}-\d\d-\d\d/), timezone: text });
export type PhpDate = z.infer<typeof PhpDate>;
export const date = PhpDate.nullish();

export const Envelope = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ pagination: z.object({ next: text, more: flag }) }),
});
export const Single = z.object({ data: z.unknown() });
/** What the API itself answers, with 404, about a thing that it does not have: our reconstruction. */
export const NotHere = z.object({ error: z.literal("not_found") });
export const WithId = z.object({ id: z.string().min(1) });

export const School = WithId.extend({ name: z.string(), phone_number: text });
export type School = z.infer<typeof School>;

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

export const Deletion = WithId.extend({ type: text, deleted_at: date, restored_at: date });
