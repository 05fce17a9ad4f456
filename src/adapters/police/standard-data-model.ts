// Reads an incident document of the national Standard Data Model (JSON:API) with the public protection notice profile.
// Strict about shape, tolerant about codes: a value nobody knows is kept as the force wrote it.

import type { z } from "zod";
import type { Incident } from "./incident.ts";
import { linkProblems, referencesOf } from "./links.ts";
import { peopleOf, placeOf, type People } from "./people.ts";
import { problemAt, problemsOf, unstorable, type Path, type Problem } from "./problems.ts";
import {
  documentShape,
  incidentAttributes,
  locationAttributes,
  MOST,
  noticeAttributes,
  personAttributes,
  submissionAttributes,
  type Parts,
  type WireDocument,
  type WireResource,
} from "./wire.ts";

type Reading =
  | { readonly ok: true; readonly incident: Incident }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const refused = (problems: readonly Problem[]): Reading => ({ ok: false, problems });

/** The incident in this document, or everything that is wrong with it: one problem for each fault, no values repeated. */
export function readIncident(body: unknown): Reading {
  const broken = unstorable(body);
  if (broken.length > 0) return refused(broken);
  const outer = documentShape.safeParse(body);
  if (!outer.success) return refused(problemsOf(outer.error, []));
  const problems = [...linkProblems(outer.data)];
  const parts = attributesOf(outer.data, problems);
  if (!parts || problems.length > 0) return refused(problems);
  const people = peopleOf(outer.data, parts);
  problems.push(...people.problems);
  return problems.length > 0 ? refused(problems) : { ok: true, incident: assemble(parts, people, outer.data) };
}

function attributesOf(document: WireDocument, problems: Problem[]): Parts | null {
  const read = <Schema extends z.ZodType>(schema: Schema, resource: WireResource, at: Path) => {
    const result = schema.safeParse(resource.attributes ?? {});
    if (result.success) return result.data;
    problems.push(...problemsOf(result.error, [...at, "attributes"]));
    return null;
  };
  const every = <Schema extends z.ZodType>(type: string, schema: Schema): Map<string, z.infer<Schema>> => {
    const found = new Map<string, z.infer<Schema>>();
    for (const [index, resource] of document.included.entries()) {
      const attributes = resource.type === type ? read(schema, resource, ["included", index]) : null;
      if (attributes !== null) found.set(resource.id, attributes);
    }
    return found;
  };
  const one = <Found>(name: string, found: ReadonlyMap<string, Found>): Found | null => {
    const [reference, ...others] = referencesOf(document.data, name);
    if (!reference || others.length > 0 || reference.type !== name)
      problems.push(problemAt(["data", "relationships", name], `must name exactly one ${name}`));
    return found.get(reference?.id ?? "") ?? null;
  };

  if (document.data.type !== "incident") problems.push(problemAt(["data", "type"], "must be incident"));
  const incident = read(incidentAttributes, document.data, ["data"]);
  const submission = one("submission", every("submission", submissionAttributes));
  const notice = one("publicProtectionNotice", every("publicProtectionNotice", noticeAttributes));
  const [noticeId] = referencesOf(document.data, "publicProtectionNotice");
  const noticeAt = document.included.findIndex(({ type, id }) => type === noticeId?.type && id === noticeId.id);
  const persons = every("person", personAttributes);
  const locations = every("location", locationAttributes);
  const named = document.included.filter(({ type }) => type === "person").length;
  if (named === 0) problems.push(problemAt(["included"], "must hold at least one person"));
  if (named > MOST.people) problems.push(problemAt(["included"], `must hold at most ${MOST.people} people`));
  return incident && submission && notice ? { incident, submission, notice, noticeAt, persons, locations } : null;
}

function assemble(parts: Parts, { people, relationships }: People, document: WireDocument): Incident {
  const { incident, submission, notice, locations } = parts;
  const [where] = referencesOf(document.data, "incidentLocation");
  return {
    submissionId: submission.submissionId,
    logNumber: notice.logNumber,
    amends: notice.amends ?? null,
    forceIdentifier: submission.forceIdentifier,
    noticeType: notice.ppnType,
    trigger: notice.trigger,
    riskGrading: notice.riskGrading,
    dashRisk: notice.dashRisk ?? null,
    handlingCode: notice.handlingCode,
    happenedAt: incident.incidentStartDateTime.dateFrom,
    submittedAt: submission.submitTime,
    description: incident.incidentDescription,
    location: placeOf(where && locations.get(where.id)),
    people,
    relationships,
    voiceOfChild: notice.voiceOfChild ?? null,
    officer: notice.officer ? { collar: notice.officer.collar ?? null, unit: notice.officer.unit ?? null } : null,
    missing: notice.missing ? { reportedAt: notice.missing.reportedAt, foundAt: notice.missing.foundAt ?? null } : null,
  };
}
