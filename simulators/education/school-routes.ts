// Everything below /v1.0/schools/{id}: who is at one school and what it wrote down about them.

import type { FastifyInstance, FastifyRequest } from "fastify";
import type { School } from "../town/types.ts";
import { answer, queryOf, type Stand } from "./answer.ts";
import type { Pupil } from "./mis.ts";
import { WondeError, dayFilter, includesOf, localTime, studentFilter, updatedAfter } from "./query.ts";
import {
  marksOf,
  renderDeletion,
  renderEmployee,
  renderExclusion,
  renderMark,
  renderSchool,
} from "./render-register.ts";
import { STUDENT_INCLUDES, renderContact, renderStudent, renderSummaries } from "./render-student.ts";

const AT = "/v1.0/schools/:school";
const notFound = (): WondeError => new WondeError(404, { error: "not_found" });
const single = (data: unknown) => ({ data, meta: { synthetic: true } });
const paramsOf = (request: FastifyRequest) => request.params as { school: string; student?: string };
const newer = (at: string, after: string | null): boolean => after === null || localTime(at) > after;

export function schoolRoutes(app: FastifyInstance, stand: Stand): void {
  const { drift, now } = stand;

  /** The school asked for, if it has approved us. */
  function schoolOf(request: FastifyRequest): School {
    const school = stand.mis.schools.find(({ wondeId }) => wondeId === paramsOf(request).school);
    if (!school) throw notFound();
    if (school.approved) return school;
    throw new WondeError(403, { error: "forbidden", error_description: "This school has not approved access" });
  }

  const pupilsOf = (request: FastifyRequest): Pupil[] => {
    const { id } = schoolOf(request);
    return stand.mis.pupils.filter(({ school }) => school.id === id);
  };

  /** Those named by our own `student` filter; all of them where it is not used. */
  function named(request: FastifyRequest): Pupil[] {
    const wanted = studentFilter(queryOf(request));
    return pupilsOf(request).filter(({ record }) => wanted === null || wanted.has(record.localId));
  }

  app.get(AT, (request) => single(renderSchool(schoolOf(request))));

  for (const [path, here] of [
    ["students", (pupil: Pupil) => pupil.status !== "P"],
    ["student-leavers", (pupil: Pupil) => pupil.status === "P"],
  ] as const) {
    app.get(`${AT}/${path}`, (request) => {
      const query = queryOf(request);
      const includes = includesOf(query, STUDENT_INCLUDES);
      const after = updatedAfter(query);
      const items = pupilsOf(request)
        .filter((pupil) => here(pupil) && newer(pupil.updatedAt, after))
        .map((pupil) => ({ id: pupil.record.localId, pupil }));
      const show = ({ pupil }: { pupil: Pupil }) => renderStudent(pupil, includes);
      const touch = (item: { id: string; pupil: Pupil }) => {
        item.pupil.updatedAt = now().toISOString();
        return show(item);
      };
      return answer(request, { items, show, touch: drift ? touch : undefined });
    });
    app.get(`${AT}/${path}/:student`, (request) => {
      const includes = includesOf(queryOf(request), STUDENT_INCLUDES);
      const found = pupilsOf(request).find(({ record }) => record.localId === paramsOf(request).student);
      if (!found || !here(found)) throw notFound();
      return single(renderStudent(found, includes));
    });
  }

  app.get(`${AT}/contacts`, (request) => {
    const includes = includesOf(queryOf(request), ["contact_details"]);
    const each = pupilsOf(request).flatMap(({ contacts, record }) =>
      contacts.map((contact) => ({ id: contact.id, contact, home: record.address })),
    );
    const items = [...new Map(each.map((item) => [item.id, item])).values()];
    return answer(request, { items, show: ({ contact, home }) => renderContact(contact, home, includes) });
  });

  // Both days count.
  app.get(`${AT}/attendance`, (request) => {
    const query = queryOf(request);
    const includes = includesOf(query, ["attendance_code"]);
    const [from, until] = [dayFilter(query, "attendance_date_after"), dayFilter(query, "attendance_date_before")];
    const within = (on: string): boolean => (from === null || on >= from) && (until === null || on <= until);
    const items = named(request).flatMap((pupil) => marksOf(pupil, from).filter(({ on }) => within(on)));
    return answer(request, { items, show: (mark) => renderMark(mark, includes) });
  });

  app.get(`${AT}/attendance-summaries`, (request) =>
    answer(request, { items: named(request).flatMap(renderSummaries), show: (summary) => summary }),
  );

  app.get(`${AT}/exclusions`, (request) =>
    answer(request, { items: named(request).flatMap(({ exclusions }) => exclusions), show: renderExclusion }),
  );

  app.get(`${AT}/employees`, (request) => {
    const includes = includesOf(queryOf(request), ["employment_details", "contact_details"]);
    const items = stand.mis.employeesOf(schoolOf(request));
    return answer(request, { items, show: (employee) => renderEmployee(employee, includes) });
  });

  app.get(`${AT}/deletions`, (request) => {
    const { id } = schoolOf(request);
    const after = updatedAfter(queryOf(request));
    const items = stand.mis.deletions.filter(({ schoolId, deletedAt }) => schoolId === id && newer(deletedAt, after));
    return answer(request, { items, show: renderDeletion });
  });
}
