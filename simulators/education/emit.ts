// Changes at a school, for `POST /__sim/emit`.

import type { AgencyRecord, Instant } from "../town/types.ts";
import { WondeError } from "./query.ts";
import type { Mis, Pupil } from "./mis.ts";

/** `student.updated` changes fields of the record (`set`), `student.left` makes a leaver, `student.deleted` takes the
 *  record away; `school.approval` gives or withdraws a school's approval. */
interface Event {
  type?: string;
  student?: string;
  set?: Partial<AgencyRecord>;
  school?: string;
  approved?: boolean;
}

const nothing = (what: string): WondeError => new WondeError(422, { message: `No such ${what}` });

function setApproval(mis: Mis, { school: wondeId, approved }: Event): unknown {
  const school = mis.schools.find((held) => held.wondeId === wondeId);
  if (!school) throw nothing("school");
  school.approved = approved ?? true;
  return { school: wondeId, approved: school.approved };
}

function change(mis: Mis, pupil: Pupil, { type, set, at }: Event & { at: Instant }): void {
  pupil.updatedAt = at;
  if (type === "student.updated") Object.assign(pupil.record, set);
  if (type === "student.left") {
    pupil.status = "P";
    if (pupil.enrolment) pupil.enrolment.until = at.slice(0, 10);
  }
  if (type !== "student.deleted") return;
  mis.pupils = mis.pupils.filter((held) => held !== pupil);
  mis.deletions.push({ id: pupil.record.localId, schoolId: pupil.school.id, deletedAt: at });
}

/** Does what the event says to every registration of the student and answers when. */
export function emit(mis: Mis, event: Event, now: Date): unknown {
  if (event.type === "school.approval") return setApproval(mis, event);
  const pupils = mis.pupils.filter(({ record }) => record.localId === event.student);
  if (pupils.length === 0) throw nothing("student");
  const at = now.toISOString();
  for (const pupil of pupils) change(mis, pupil, { ...event, at });
  return { student: event.student, type: event.type, at };
}
