// What every agency says about some children, in one request to each system, as this caller may see it.

import { asAgencyFault } from "../adapters/agency-fault.ts";
import { alike } from "../adapters/alike.ts";
import type { AgencySystem, Answer, Question } from "../adapters/agency-system.ts";
import type { Agency } from "../domain/agency.ts";
import { type FaultCode, NOT_ASKED, PARTS, together, type Part, type PartAnswer, whyNot } from "../domain/absence.ts";
import type { Access } from "../domain/access.ts";
import { type AgencyView, FIELD_OF, type Hidden, hide, located, safeSubset, unlocated } from "../domain/agency-view.ts";
import { groupBy } from "../domain/group.ts";
import { mayReadPart } from "../domain/sharing.ts";
import { type Pointer, pointersOf } from "../store/pointers.ts";
import { accessTo } from "./access.ts";
import type { Caller, Hub } from "./hub.ts";
import { markRestricted } from "./records.ts";
import { withoutSealed } from "./sealed-answers.ts";
import { standingOf } from "./standing.ts";

export interface ChildrenQuestion {
  readonly childIds: readonly string[];
  readonly parts: readonly Part[];
  /** Decisions made on somebody else: on adults among them, reached through a child whose story is open. */
  readonly under?: ReadonlyMap<string, Access>;
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
  question: ChildrenQuestion,
): Promise<ReadonlyMap<string, readonly AgencyView[]>> {
  const { childIds, under } = question;
  const own = under ? childIds.filter((id) => !under.has(id)) : childIds;
  const access = new Map([...(under ?? []), ...(await accessTo(hub, caller, own))]);
  // Nearly always one group: whoever may see the same of all of them asks once.
  const groups = groupBy(childIds, (id) => `${access.get(id)?.rule} ${access.get(id)?.scope}`);
  const found = await Promise.all(
    [...groups.values()].map((ids) => askGroup(hub, caller, { ...question, ids, access })),
  );
  return new Map(found.flatMap((views) => [...views]));
}

interface Group extends ChildrenQuestion {
  /** Children on whom the decision was the same. */
  readonly ids: readonly string[];
  readonly access: ReadonlyMap<string, Access>;
}

async function askGroup(
  hub: Hub,
  caller: Caller,
  { ids: childIds, parts, access, under }: Group,
): Promise<ReadonlyMap<string, readonly AgencyView[]>> {
  const own = access.get(childIds[0] ?? "");
  if (!own) throw new Error("A child was asked about without a decision");
  const all = (await pointersOf(hub.db).recordsOf(childIds)).flat();
  // A restriction outlives the record that carried it: a family that fled and changed school is still in hiding.
  const restricted = new Set(all.filter((row) => row.restricted).map(({ personId }) => personId));
  const rows = all.filter(({ gone }) => !gone);
  const byAgency = groupBy(rows, ({ agencyId }) => agencyId);
  const asked = await Promise.all(
    [...hub.systems.values()].map((system) =>
      ask(hub, caller, { system, rows: byAgency.get(system.agency.id) ?? [], parts, access: own }),
    ),
  );
  const byChild = groupBy(rows, ({ personId }) => personId);
  return new Map(
    childIds.map((id) => {
      const mine = access.get(id) ?? own;
      const views = viewsOf(hub, asked, { rows: byChild.get(id) ?? [], restricted: restricted.has(id), access: mine });
      if (!under?.has(id)) noteRead(caller, { childId: id, access: mine, parts, views });
      return [id, views];
    }),
  );
}

/** Which parts were disclosed of whose answers. */
function noteRead(
  { trail }: Caller,
  {
    childId,
    access,
    parts,
    views,
  }: { childId: string; access: Access; parts: readonly Part[]; views: readonly AgencyView[] },
): void {
  if (!trail) return;
  const sources = views.flatMap(({ agency, retrievedAt }) => (retrievedAt ? [agency.id] : []));
  const given = parts.filter((part) => views.some((view) => DISCLOSED.has(view[FIELD_OF[part]].status)));
  trail.read({ childId, access, parts: given, sources });
}

/** Also that nothing is recorded is something that somebody learns. */
const DISCLOSED: ReadonlySet<string> = new Set(["RECORDED", "NOTHING_RECORDED"]);

async function ask(
  hub: Hub,
  { actor, purpose, requestId, signal }: Caller,
  {
    system,
    rows,
    parts,
    access,
  }: { system: AgencySystem; rows: readonly Pointer[]; parts: readonly Part[]; access: Access },
): Promise<AskedSystem> {
  const hidden = hiddenFrom(actor, access, { parts, sector: system.agency.sector });
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

/** The parts of this agency's answers that the caller may not see, decided once for all children of one decision. Events also where
 *  they are not asked for: what else is told must not give them away. */
function hiddenFrom(
  actor: Caller["actor"],
  access: Access,
  { parts, sector }: { readonly parts: readonly Part[]; readonly sector: Agency["sector"] },
): Hidden | null {
  const refused = [...new Set<Part>([...parts, "EVENTS"])].flatMap((part) => {
    const ruling = mayReadPart(actor, access, { part, sector });
    return ruling.allowed ? [] : [[part, ruling.because] as const];
  });
  return refused.length > 0 ? (Object.fromEntries(refused) as Hidden) : null;
}

/** Every agency's view of one child. A restriction anywhere, now or remembered, covers them all. */
function viewsOf(
  hub: Hub,
  asked: readonly AskedSystem[],
  { rows, restricted: marked, access }: { rows: readonly Pointer[]; restricted: boolean; access: Access },
): readonly AgencyView[] {
  let restricted = marked || access.unlocated;
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
  const locates = access.scope === "LOCATE";
  if (!cover && !locates && asked.every(({ hidden }) => hidden === null)) return views;
  return views.map((view, index) => {
    const hidden = asked[index]?.hidden ?? null;
    const covered = cover ? cover(view) : view;
    const shown = locates ? located(covered, access.because) : covered;
    return hidden ? hide(shown, hidden) : shown;
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
