// Reading professional challenges. What was read is on record before it is given.

import { In, type SelectQueryBuilder } from "typeorm";
import { ACTION_RULE, REPLY_RULE, stageRule } from "../domain/escalation-clock.ts";
import { stageOf } from "../domain/escalation.ts";
import { groupBy } from "../domain/group.ts";
import { mayReadChildren, type Ruling, seesWhole } from "../domain/sharing.ts";
import { mayReadChallenge, mayReadEscalation } from "../domain/sharing-escalation.ts";
import type { PageArgs } from "../schema/connection.ts";
import type { EscalationFilter } from "../schema/escalation-inputs.ts";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { Obligation } from "../schema/obligation.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { alsoKnownAs } from "../store/people.ts";
import { pageOfRows } from "../store/page.ts";
import { accessTo, accessToAnybody, accessToOne, barredFrom, wholeStoriesOf, withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import { nobodys, noSuchEscalation } from "./escalation-change.ts";
import { challenged } from "./escalation-steps.ts";
import type { Caller, Hub } from "./hub.ts";

const READ = "escalation.read";

/** The escalation with this id, if this caller may read it. */
export async function getEscalation(hub: Hub, caller: Caller, id: string): Promise<Escalation> {
  const named = isUuid(id) ? await hub.db.manager.findOneBy(Escalation, { id }) : null;
  const { found, access } = await withAccess(hub, caller, named);
  const told = found ? await toldOf(hub, [found]) : new Set();
  // Somebody who may read none at all learns nothing about which exist.
  const ruling = mayReadEscalation(caller.actor, {
    ...(found ? challenged(hub, found, access) : nobodys(access)),
    businessManagerTold: told.has(id),
  });
  await permitOrRecord(hub, caller, { what: READ, subjects: found ? [id] : [], ruling });
  if (!found) throw noSuchEscalation();
  await record(hub, caller, { what: READ, subjects: [id], ruling });
  return found;
}

/** Those among these of which the partnership's business manager was told. */
async function toldOf({ db }: Hub, escalations: readonly Escalation[]): Promise<ReadonlySet<string>> {
  const escalationId = In(escalations.map(({ id }) => id));
  const steps = await db.manager.find(EscalationStep, {
    select: { id: true, escalationId: true },
    where: { escalationId, what: "BUSINESS_MANAGER_TOLD" },
  });
  return new Set(steps.map((step) => step.escalationId));
}

/** The challenges about a child that this caller may read, latest first. */
export async function escalationsOfChild(hub: Hub, caller: Caller, childId: string): Promise<Escalation[]> {
  const reading = mayReadChildren(caller.actor);
  await permitOrRecord(hub, caller, { what: READ, subjects: [childId], ruling: reading });
  const ids = (await alsoKnownAs(hub.db, [childId])).get(childId) ?? [childId];
  const all = await hub.db.manager.find(Escalation, { where: { childId: In([...ids]) }, order: { id: "DESC" } });
  const access = await accessToOne(hub, caller, childId);
  const mine = all.filter((each) => mayReadChallenge(caller.actor, challenged(hub, each, access)).allowed);
  await recordRead(hub, caller, { of: mine, ruling: reading });
  return mine;
}

async function recordRead(
  hub: Hub,
  caller: Caller,
  { of, ruling }: { readonly of: readonly Escalation[]; readonly ruling: Ruling },
): Promise<void> {
  if (of.length > 0) await record(hub, caller, { what: READ, subjects: of.map(({ id }) => id), ruling });
}

/** Escalations that this caller may read, latest first: a page. */
export async function listEscalations(
  hub: Hub,
  caller: Caller,
  { first, after = null, ...filter }: EscalationFilter & PageArgs,
): Promise<RowConnection<Escalation>> {
  const { actor } = caller;
  const ruling = actor.role === "BOARD_MANAGER" ? BUSINESS : mayReadChildren(actor);
  await permitOrRecord(hub, caller, { what: READ, subjects: [], ruling });
  const query = matching(await readable(hub, caller), filter);
  const page = await pageOfRows(query, { by: "raisedAt", newestFirst: true }, { first, after });
  await recordRead(hub, caller, { of: page.edges.map(({ node }) => node), ruling });
  return page;
}

const BUSINESS: Ruling = {
  allowed: true,
  rule: "business-manager-told",
  because: "you keep the partnership's business",
};

/** The same rules as for one, as a condition. */
async function readable(hub: Hub, caller: Caller): Promise<SelectQueryBuilder<Escalation>> {
  const { actor } = caller;
  const query = hub.db.manager.createQueryBuilder(Escalation, "e");
  if (actor.role !== "BOARD_MANAGER") {
    const barred = await barredFrom(hub, caller);
    if (barred.length > 0) query.andWhere("e.childId NOT IN (:...barred)", { barred });
    if (seesWhole(await accessToAnybody(hub, caller))) return query;
    const open = await wholeStoriesOf(hub, caller);
    return query.andWhere("(e.fromAgencyId = :mine OR e.toAgencyId = :mine OR e.childId IN (:...open))", {
      mine: actor.agencyId ?? "",
      open: open.length > 0 ? open : [""],
    });
  }
  const told = query.subQuery().select("1").from(EscalationStep, "s").where("s.escalationId = e.id");
  const exists = told.andWhere("s.what = 'BUSINESS_MANAGER_TOLD'").getQuery();
  const stages = hub.area.disagreement.stages.map((_, index) => index + 1);
  const ours = stages.filter((stage) => isOurs(hub, stage));
  // A stage below 1 is none: an empty list is no SQL.
  return query.where(`(EXISTS ${exists} OR e.stage IN (:...ours))`, { ours: [0, ...ours] });
}

const isOurs = ({ area }: Hub, stage: number): boolean => {
  const { answers } = stageOf(area.disagreement, stage);
  return answers === "CHAIR" || answers === "BUSINESS_MANAGER";
};

function matching(query: SelectQueryBuilder<Escalation>, { stage, state, agencyId }: EscalationFilter) {
  if (stage) query.andWhere("e.stage = :stage", { stage });
  if (state) query.andWhere("e.state = :state", { state });
  if (agencyId) query.andWhere("(e.fromAgencyId = :agencyId OR e.toAgencyId = :agencyId)", { agencyId });
  return query;
}

/** The child that an escalation is about; null for somebody who may know of the challenge and not of the child. */
export async function childOf(hub: Hub, caller: Caller, escalation: Escalation): Promise<string | null> {
  const { actor } = caller;
  if (!mayReadChildren(actor).allowed) return null;
  const access = await accessToOne(hub, caller, escalation.childId);
  return mayReadChallenge(actor, challenged(hub, escalation, access)).allowed ? escalation.childId : null;
}

/** What happened in each of these escalations, in order; words only for those they are shared with. For such as this caller was
 *  given. */
export async function stepsOfEscalations(
  hub: Hub,
  caller: Caller,
  escalations: readonly Escalation[],
): Promise<EscalationStep[][]> {
  const escalationId = In(escalations.map(({ id }) => id));
  const steps = await hub.db.manager.find(EscalationStep, { where: { escalationId }, order: { at: "ASC", id: "ASC" } });
  const byEscalation = groupBy(steps, (step) => step.escalationId);
  const access = await accessTo(hub, caller, [...new Set(escalations.map(({ childId }) => childId))]);
  return escalations.map((escalation) => {
    const mine = byEscalation.get(escalation.id) ?? [];
    const own = access.get(escalation.childId);
    if (own && mayReadChallenge(caller.actor, challenged(hub, escalation, own)).allowed) return mine;
    return mine.map((step) => ({ ...step, words: null, wanted: null, learning: null }));
  });
}

/** The action that a step says was done; null for any other step. */
export const actionOf = ({ what, key }: EscalationStep): string | null =>
  what === "ACTION_DONE" ? key.slice("done-".length) : null;

/** For each of these escalations the clock on the answer at the stage reached, the one on what follows from it, and those on agreed actions in the order in which
 *  they fall due. For such as this caller was given. */
export async function clocksOfEscalations(
  { db }: Hub,
  escalations: readonly Escalation[],
): Promise<EscalationClocks[]> {
  const courseId = In(escalations.map(({ id }) => id));
  const clocks = await db.manager.find(Obligation, { where: { courseId }, order: { dueAt: "ASC", id: "ASC" } });
  const byEscalation = groupBy(clocks, (clock) => clock.courseId);
  return escalations.map(({ id, stage }) => {
    const mine = byEscalation.get(id) ?? [];
    const answer = mine.find(({ rule }) => rule === stageRule(stage));
    if (!answer) throw new Error("An escalation has no clock on its answer");
    const replies = mine.filter(({ rule }) => rule === REPLY_RULE);
    return { answer, decision: replies.at(-1) ?? null, actions: mine.filter(({ rule }) => rule === ACTION_RULE) };
  });
}

export interface EscalationClocks {
  readonly answer: Obligation;
  /** On what the raising agency decides; the latest of those. */
  readonly decision: Obligation | null;
  readonly actions: readonly Obligation[];
}

/** The name that the area's ladder gives the stage reached. */
export const stageNameOf = ({ area }: Hub, { stage }: Escalation): string => stageOf(area.disagreement, stage).name;
