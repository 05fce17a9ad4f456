// What every agency says about some children, in one request to each system, as this caller may see it.

import { In } from "typeorm";
import type { AgencySystem, Answer, Question } from "../adapters/agency-system.ts";
import { together, type Part, type PartAnswer } from "../domain/absence.ts";
import { type AgencyView, FIELD_OF, type Hidden, hide, safeSubset } from "../domain/agency-view.ts";
import { groupBy } from "../domain/group.ts";
import { mayReadPart } from "../domain/sharing.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import type { Caller, Hub } from "./hub.ts";
import { markRestricted } from "./records.ts";
import { standingOf } from "./standing.ts";

export interface ChildrenQuestion {
  readonly childIds: readonly string[];
  readonly parts: readonly Part[];
}

interface AskedSystem {
  readonly system: AgencySystem;
  readonly hidden: Hidden;
  readonly byRecord: ReadonlyMap<string, Answer>;
  readonly retrievedAt: Date | null;
}

/** For each child, a view of every connected agency in the area's order. Never fails for an agency that fails: its view says
 *  so. Parts the caller may not see are not asked for at all. */
export async function askAgencies(
  hub: Hub,
  caller: Caller,
  { childIds, parts }: ChildrenQuestion,
): Promise<ReadonlyMap<string, readonly AgencyView[]>> {
  const rows = await hub.db.manager.findBy(AgencyRecordRow, { personId: In([...childIds]), gone: false });
  const byAgency = groupBy(rows, ({ agencyId }) => agencyId);
  const asked = await Promise.all(
    [...hub.systems.values()].map((system) =>
      ask(hub, caller, { system, rows: byAgency.get(system.agency.id) ?? [], parts }),
    ),
  );
  const byChild = groupBy(rows, ({ personId }) => personId);
  return new Map(childIds.map((id) => [id, viewsOf(hub, asked, byChild.get(id) ?? [])]));
}

async function ask(
  hub: Hub,
  { actor, purpose, requestId, signal }: Caller,
  { system, rows, parts }: { system: AgencySystem; rows: readonly AgencyRecordRow[]; parts: readonly Part[] },
): Promise<AskedSystem> {
  const hidden: Hidden = {};
  for (const part of parts) {
    const ruling = mayReadPart(actor, part, system.agency.sector);
    if (!ruling.allowed) hidden[part] = ruling.because;
  }
  const question: Question = {
    recordIds: rows.map(({ recordId }) => recordId),
    parts: parts.filter((part) => !(part in hidden)),
  };
  if (question.recordIds.length === 0 || question.parts.length === 0)
    return { system, hidden, byRecord: new Map(), retrievedAt: null };
  const answers = await system.ask(question, { signal, purpose, correlationId: requestId });
  standingOf(hub).note(system.agency.id, answers);
  const marked = new Set(rows.filter(({ restricted }) => restricted).map(({ recordId }) => recordId));
  const fresh = answers.filter(({ restricted, recordId }) => restricted && !marked.has(recordId));
  await markRestricted(
    hub,
    system.agency.id,
    fresh.map(({ recordId }) => recordId),
  );
  return {
    system,
    hidden,
    byRecord: new Map(answers.map((answer) => [answer.recordId, answer])),
    retrievedAt: hub.now(),
  };
}

/** Every agency's view of one child. A restriction anywhere, now or remembered, covers them all. */
function viewsOf(hub: Hub, asked: readonly AskedSystem[], rows: readonly AgencyRecordRow[]): readonly AgencyView[] {
  let restricted = rows.some((row) => row.restricted);
  const views = asked.map((one) => {
    const mine = rows.filter(({ agencyId }) => agencyId === one.system.agency.id);
    const answers = mine.flatMap(({ recordId }) => one.byRecord.get(recordId) ?? []);
    restricted ||= answers.some((answer) => answer.restricted);
    const view = answers.length > 0 ? merged(hub, one, answers) : notAsked(one, mine.length > 0);
    return { view, hidden: one.hidden };
  });
  return views.map(({ view, hidden }) => hide(restricted ? safeSubset(view) : view, hidden));
}

function merged(hub: Hub, { system, retrievedAt }: AskedSystem, answers: readonly Answer[]): AgencyView {
  const dates = answers.flatMap(({ asOf }) => asOf ?? []);
  const [first] = answers;
  const take = <Key extends (typeof FIELD_OF)[Part]>(key: Key) =>
    (first && answers.length === 1
      ? first[key]
      : together(answers.map((answer) => answer[key] as PartAnswer<unknown>))) as Answer[Key];
  return {
    agency: system.agency,
    asOf: dates.length > 0 ? new Date(Math.min(...dates.map(Number))) : null,
    retrievedAt,
    notAnsweringSince: standingOf(hub).failingSince(system.agency.id),
    demographics: take("demographics"),
    relationships: take("relationships"),
    involvements: take("involvements"),
    states: take("states"),
    events: take("events"),
  };
}

const NO_RECORD = "no record at this agency is linked to this child, so there was nothing to ask about";
const NOT_NEEDED = "this was not asked for";

function notAsked({ system }: AskedSystem, hasRecord: boolean): AgencyView {
  const because: PartAnswer<never> = { status: "NOT_ASKED", reason: hasRecord ? NOT_NEEDED : NO_RECORD };
  return {
    agency: system.agency,
    asOf: null,
    retrievedAt: null,
    notAnsweringSince: null,
    demographics: because,
    relationships: because,
    involvements: because,
    states: because,
    events: because,
  };
}
