// How things stand for a student at its school.

import { parsePlainDate, type PlainDate } from "../../domain/plain-date.ts";
import type { State } from "../../domain/statements.ts";
import { dayOf } from "./php-date.ts";
import { needOf } from "./special-needs.ts";
import type { Student, Summary } from "./student-body.ts";
import { sourceOf } from "./student-mapper.ts";

const ENROLMENTS = new Map(
  Object.entries({
    C: "Registered",
    M: "Main school, also registered elsewhere",
    S: "Second school, main registration elsewhere",
    P: "Previous school",
    G: "Guest",
    F: "Further education college",
    O: "Registered",
  }),
);

function yearSaid(year: string | number | null | undefined): string | null {
  if (year === null || year === undefined || year === "") return null;
  if (/^(0|R)$/i.test(String(year))) return "Reception";
  return /^N/i.test(String(year)) ? "Nursery" : `Year ${year}`;
}

function enrolmentOf(student: Student, school: string, name: string | null): State {
  const {
    enrolment_status: code,
    current_nc_year,
    admission_date,
    leaving_date,
  } = student.education_details?.data ?? {};
  return {
    kind: "SCHOOL_ENROLMENT",
    category: ENROLMENTS.get(code ?? "") ?? null,
    summary: [yearSaid(current_nc_year), name].filter(Boolean).join(" at ") || "On a school's roll",
    fromOn: dayOf(admission_date),
    untilOn: dayOf(leaving_date),
    provenance: sourceOf(school, student, code),
  };
}

const inYear = (year: string, offset: number, rest: string): PlainDate | null =>
  parsePlainDate(`${Number(year.slice(0, 4)) + offset}-${rest}`);

/** Counts, not a rate: which sessions to leave out of a rate is a choice of policy. */
function attendanceOf(summary: Summary, provenance: State["provenance"]): State {
  const { academic_year: year, possible_marks, present_marks, authorised_absences, unauthorised_absences } = summary;
  const away = `${authorised_absences} absent with leave, ${unauthorised_absences} without`;
  return {
    kind: "ATTENDANCE",
    category: year,
    summary: `School year ${year}: ${present_marks} of ${possible_marks} sessions attended, ${away}`,
    fromOn: inYear(year, 0, "09-01"),
    untilOn: inYear(year, 1, "08-31"),
    provenance,
  };
}

export function statesOf(student: Student, school: string, name: string | null): State[] {
  const source = sourceOf(school, student);
  const special = needOf(student);
  const held = (state: Pick<State, "kind" | "category" | "summary">, statedAs: string): State => ({
    ...state,
    fromOn: null,
    untilOn: null,
    provenance: { ...source, statedAs },
  });
  const inCare = { kind: "LOOKED_AFTER", category: null, summary: "The school has the child down as in care" } as const;
  return [
    enrolmentOf(student, school, name),
    ...(special ? [held(special.need, special.code)] : []),
    ...(student.extended_details.data.in_lea_care ? [held(inCare, "in_lea_care")] : []),
    ...(student.attendance_summary?.data.map((summary) => attendanceOf(summary, source)) ?? []),
  ];
}
