// Attendance marks, exclusions, employees, schools and deletions as Wonde answers them. Schools and marks follow its
// documentation; the fields of exclusions, employment details and deletions are a reconstruction.

import type { Day, EducationFact, Professional, School } from "../town/types.ts";
import { attendanceCode } from "./attendance-codes.ts";
import type { Deletion, Pupil } from "./mis.ts";
import { localTime, phpDate } from "./query.ts";
import { registerOf } from "./register.ts";

interface Mark {
  id: string;
  on: Day;
  session: "AM" | "PM";
  code: string;
  student: string;
}

/** A pupil's session marks from a day on, oldest first. */
export const marksOf = (pupil: Pupil, from: Day | null): Mark[] =>
  registerOf(pupil, from).map((mark) => ({
    ...mark,
    student: pupil.record.localId,
    id: `A17495${mark.on.replaceAll("-", "")}${mark.session}${pupil.record.localId.slice(1)}`,
  }));

export function renderMark({ id, on, session, code, student }: Mark, includes: Set<string>) {
  const known = attendanceCode(code);
  return {
    id,
    date: phpDate(on),
    session,
    comment: null,
    minutes_late: null,
    student,
    attendance_code: includes.has("attendance_code")
      ? { data: known ?? { id: null, code, description: null, type: null, active: null } }
      : (known?.id ?? null),
  };
}

export const renderExclusion = (fact: Extract<EducationFact, { kind: "exclusion" }>) => ({
  id: fact.id,
  mis_id: fact.id.slice(-4),
  student: fact.localId,
  type: fact.type,
  reason: fact.reasons,
  start_date: phpDate(fact.from),
  start_session: "AM",
  end_date: phpDate(fact.until),
  end_session: "PM",
  sessions: fact.sessions,
  comments: null,
});

export function renderEmployee({ id, name, jobTitle, phone, email }: Professional, includes: Set<string>) {
  const [forename = null, ...rest] = name.split(" ");
  const contact_details = { data: { phones: { work: phone }, emails: { work: email } } };
  return {
    id,
    mis_id: id.slice(-4),
    title: null,
    forename,
    surname: rest.join(" ") || null,
    ...(includes.has("employment_details") && { employment_details: { data: { current: true, job_title: jobTitle } } }),
    ...(includes.has("contact_details") && { contact_details }),
  };
}

export const renderSchool = ({ wondeId, name, phase, laCode, estab, urn, phone }: School) => ({
  id: wondeId,
  name,
  establishment_number: estab,
  la_code: laCode,
  urn,
  phase_of_education: phase,
  phone_number: phone,
  region: { domain: "localhost" },
});

export const renderDeletion = ({ id, deletedAt }: Deletion) => ({
  id,
  type: "student",
  deleted_at: phpDate(localTime(deletedAt)),
  restored_at: null,
});
