// Whom to ring at a student's school.

import type { Involvement } from "../../domain/statements.ts";
import { dayOf } from "./php-date.ts";
import type { SchoolCard, Staff } from "./school-directory.ts";
import { needOf } from "./special-needs.ts";
import type { Student } from "./student-body.ts";
import { sourceOf } from "./student-mapper.ts";

/** The school, reached through its designated safeguarding lead, and its SEN coordinator where the child has such needs. */
export function involvementsOf(student: Student, school: string, card: SchoolCard): Involvement[] {
  const at = (staff: Staff | null): Involvement => ({
    role: "SCHOOL",
    practitioner: staff?.name ?? null,
    organisation: card.name,
    team: staff?.jobTitle ?? null,
    phone: staff?.phone ?? card.phone,
    email: staff?.email ?? null,
    fromOn: dayOf(student.education_details?.data.admission_date),
    untilOn: dayOf(student.education_details?.data.leaving_date),
    provenance: sourceOf(school, student, staff?.jobTitle),
  });
  return [at(card.safeguardingLead), ...(needOf(student) && card.senCoordinator ? [at(card.senCoordinator)] : [])];
}
