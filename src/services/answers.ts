// What every agency says about some children, in one request to each system, as this caller may see it.

import { asAgencyFault } from "../adapters/agency-fault.ts";
import { alike } from "../adapters/alike.ts";
import type { AgencySystem, Answer, Question } from "../adapters/agency-system.ts";
import { type FaultCode, NOT_ASKED, PARTS, together, type Part, type PartAnswer, whyNot } from "../domain/absence.ts";
import { type AgencyView, FIELD_OF, type Hidden, hide, safeSubset, unlocated } from "../domain/agency-view.ts";
import { groupBy } from "../domain/group.ts";
import { mayReadPart } from "../domain/sharing.ts";
import { type Pointer, pointersOf } from "../store/pointers.ts";
import type { Caller, Hub } from "./hub.ts";
import { markRestricted } from "./records.ts";
import { withoutSealed } from "./sealed-answers.ts";
import { standingOf } from "./standing.ts";

export interface ChildrenQuestion {
  readonly childIds: readonly string[];
  readonly parts: readonly Part[];
}

interface AskedSystem {
  readonly system: AgencySystem;
  /** Null where this caller may see every part that was asked for. */
  readonly hidden: Hidden | null;
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
  const all = (await pointersOf(hub.db).recordsOf(childIds)).flat();
  // A restriction outlives the record that carried it: a family that fled and changed school is still in hiding.
  const restricted = new Set(all.filter((row) => row.restricted).map(({ personId }) => personId));
  const rows = all.filter(({ gone }) => !gone);
  const byAgency = groupBy(rows, ({ agencyId }) => agencyId);
  const asked = await Promise.all(
    [...hub.systems.values()].map((system) =>
      ask(hub, caller, { system, rows: byAgency.get(system.agency.id) ?? [], parts }),
    ),
  );
  const byChild = groupBy(rows, ({ personId }) => personId);
  return new Map(
    childIds.map((id) => [id, viewsOf(hub, asked, { rows: byChild.get(id) ?? [], restricted: restricted.has(id) })]),
  );
}

async function ask(
  hub: Hub,
  { actor, purpose, requestId, signal }: Caller,
  { system, rows, parts }: { system: AgencySystem; rows: readonly Pointer[]; parts: readonly Part[] },
): Promise<AskedSystem> {
  const hidden = hiddenFrom(actor, parts, system.agency);
  const question: Question = {
    recordIds: rows.map(({ recordId }) => recordId),
    parts: hidden ? parts.filter((part) => !(part in hidden)) : parts,
  };
  if (question.recordIds.length === 0 || question.parts.length === 0)
    return { system, hidden, byRecord: new Map(), retrievedAt: null };
  const call = { signal, purpose, correlationId: requestId };
  const answers = await system.ask(question, call).catch((error: unknown) => {
    // A defect in one adapter must not cost the child the other agencies' answers.
    const { code } = asAgencyFault(system.agency.id, error);
    hub.log.error(
      { agencyId: system.agency.id, requestId, error: (error as Error).name },
      "an adapter failed to answer",
    );
    return question.recordIds.map((recordId) => unanswered(recordId, code, system.agency.name));
  });
  standingOf(hub).note(system.agency.id, answers);
  const mayBeTold = await withoutSealed(hub, system.agency.id, answers);
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
    byRecord: new Map(mayBeTold.map((answer) => [answer.recordId, answer])),
    retrievedAt: hub.now(),
  };
}

/** The parts of this agency's answers that the caller may not see, decided once for all children. */
function hiddenFrom(actor: Caller["actor"], parts: readonly Part[], { sector }: AgencySystem["agency"]): Hidden | null {
  const refused = parts.flatMap((part) => {
    const ruling = mayReadPart(actor, part, sector);
    return ruling.allowed ? [] : [[part, ruling.because] as const];
  });
  return refused.length > 0 ? (Object.fromEntries(refused) as Hidden) : null;
}

/** Every agency's view of one child. A restriction anywhere, now or remembered, covers them all. */
function viewsOf(
  hub: Hub,
  asked: readonly AskedSystem[],
  { rows, restricted: marked }: { rows: readonly Pointer[]; restricted: boolean },
): readonly AgencyView[] {
  let restricted = marked;
  let unknown = false;
  const views = asked.map((one) => {
    const { agency } = one.system;
    const answers: Answer[] = [];
    let hasRecord = false;
    for (const { agencyId, recordId } of rows) {
      if (agencyId !== agency.id) continue;
      hasRecord = true;
      if (one.byRecord.size === 0) continue;
      // A record that an answer leaves out was asked about and not answered.
      const answer = one.byRecord.get(recordId) ?? unanswered(recordId, "MALFORMED", agency.name);
      answers.push(answer);
      restricted ||= answer.restricted;
      unknown ||= answer.restrictionUnknown === true;
    }
    return answers.length > 0 ? merged(hub, one, answers) : notAsked(one, hasRecord);
  });
  const cover = restricted ? safeSubset : unknown ? unlocated : null;
  if (!cover && asked.every(({ hidden }) => hidden === null)) return views;
  return views.map((view, index) => {
    const hidden = asked[index]?.hidden ?? null;
    const covered = cover ? cover(view) : view;
    return hidden ? hide(covered, hidden) : covered;
  });
}

const FIELDS = Object.values(FIELD_OF);

function merged(hub: Hub, { system, retrievedAt }: AskedSystem, answers: readonly Answer[]): AgencyView {
  const { agency } = system;
  const [first, second] = answers;
  const whole = first && !second ? first : allTogether(answers);
  const { demographics, relationships, involvements, states, events } = whole;
  let failed = false;
  let answered = false;
  for (const field of FIELDS) {
    const { status } = whole[field];
    if (status === "DID_NOT_ANSWER") failed = true;
    else if (status !== "NOT_ASKED") answered = true;
  }
  return {
    agency,
    asOf: whole.asOf,
    retrievedAt: answered ? retrievedAt : null,
    notAnsweringSince: failed ? standingOf(hub).failingSince(agency.id) : null,
    demographics,
    relationships,
    involvements,
    states,
    events,
  };
}

/** Several records of one child at one agency, as one: as old as the oldest of them. */
function allTogether(answers: readonly Answer[]) {
  const dates = answers.flatMap(({ asOf }) => asOf ?? []);
  const take = <Key extends (typeof FIELD_OF)[Part]>(key: Key) =>
    together(answers.map((answer) => answer[key] as PartAnswer<unknown>)) as Answer[Key];
  return {
    asOf: dates.length > 0 ? new Date(Math.min(...dates.map(Number))) : null,
    demographics: take("demographics"),
    relationships: take("relationships"),
    involvements: take("involvements"),
    states: take("states"),
    events: take("events"),
  };
}

/** What an adapter that broke would have said of a record. */
const unanswered = (recordId: string, fault: FaultCode, who: string): Answer =>
  alike(recordId, PARTS, { status: "DID_NOT_ANSWER", fault, reason: whyNot(who, fault), items: [] });

const NO_RECORD: PartAnswer<never> = {
  status: "NOT_ASKED",
  reason: "no record at this agency is linked to this child, so there was nothing to ask about",
};

function notAsked({ system }: AskedSystem, hasRecord: boolean): AgencyView {
  const because = hasRecord ? NOT_ASKED : NO_RECORD;
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
