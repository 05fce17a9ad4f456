// Undoing a join in one transaction: the records go back, nobody can join them again by accident, figures are counted anew, what was
// made meanwhile is put on a list, and everybody it reached is told.

import { type EntityManager, In } from "typeorm";
import { CORRECTED, peopleAmong, type Radius, toCheck, type Touched } from "../domain/blast-radius.ts";
import { vacant } from "../domain/message.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import type { Owner } from "../domain/post.ts";
import { Refusal } from "../domain/refusal.ts";
import { countPeople, shareOf } from "../store/identity-figures.ts";
import { insertMany } from "../store/insert.ts";
import type { MadeMeanwhile } from "../store/joined-work.ts";
import { IdentityCheckRow, IdentityCorrectionRow, IdentityReviewRow } from "../store/rows-identity.ts";
import { type AgencyRecordRow, PersonRow } from "../store/rows.ts";
import type { Caller, Hub } from "./hub.ts";
import { believe } from "./identity-ledger.ts";
import { override, pairsBetween } from "./identity-overrides.ts";
import { type PartingPlan, planParting, type Reached, reachOf } from "./identity-radius.ts";
import { readPostBook } from "./posts.ts";
import { tell } from "./telling.ts";

interface ToPart {
  readonly db: EntityManager;
  readonly row: AgencyRecordRow;
  readonly linkId: string | null;
  readonly because: string;
}

export interface Parted {
  readonly correction: IdentityCorrectionRow;
  /** For `hub.wake.telling` after the commit. */
  readonly tellAt: readonly Date[];
}

/** Takes a record, and what came with it, from the person it was joined to. Hold that person and whoever had it before. Refuses where
 *  it is joined to nobody, or was parted already. */
export async function partRecord(hub: Hub, caller: Caller, { db, row, linkId, because }: ToPart): Promise<Parted> {
  const plan = await planParting(db, row, linkId);
  if (!plan) throw new Refusal("WRONG_STEP", "That join was undone already: look at its correction");
  return carryOut(hub, caller, { db, plan, because, row });
}

interface Planned extends Omit<ToPart, "linkId"> {
  readonly plan: PartingPlan;
}

/** Undoes a join after a plan that was made in the same transaction. */
export async function carryOut(hub: Hub, caller: Caller, { db, plan, because, row }: Planned): Promise<Parted> {
  const { fromPersonId, parting, staying, joinedAt } = plan;
  const byActorId = caller.actor.id;
  const reached = await reachOf(db, plan);
  const before = await figuresOf(db, fromPersonId, plan.toPersonId);
  const toPersonId = plan.toPersonId ?? (await newPerson(hub, db, fromPersonId));
  for (const record of parting)
    await believe(hub, db, {
      record,
      personId: toPersonId,
      rule: "PARTED",
      because: "somebody looked again, and found that it had been joined to another's by mistake",
      band: "NO_LINK",
      weight: null,
      contributions: [],
      vetoes: [],
      runnerUp: null,
      decidedBy: byActorId,
    });
  const ids = (rows: readonly AgencyRecordRow[]) => rows.map(({ id }) => id);
  const pairs = pairsBetween(ids(parting), ids(staying));
  await override(hub, db, { pairs, verdict: "NOT_MATCH", byActorId, because });
  const at = hub.now();
  const closed = { state: "CLOSED", outcome: "NOT_MATCH", closedAt: at } as const;
  await db.update(IdentityReviewRow, { pair: In(pairs), state: "OPEN" }, closed);
  const after = await figuresOf(db, fromPersonId, toPersonId);
  const id = hub.newId();
  const { tellAt, told } = await tellAll(hub, db, { correctionId: id, reached });
  const touched = reached.made.map(touchedOf);
  const radius: Radius = { readers: reached.readers, touched, told, reports: "NONE_STORED" };
  const correction: IdentityCorrectionRow = {
    id,
    recordRowId: row.id,
    fromPersonId,
    toPersonId,
    byActorId,
    because,
    joinedAt,
    at,
    radius: JSON.stringify({ ...radius, records: parting.length }),
    figures: JSON.stringify({ before, after }),
  };
  await db.insert(IdentityCorrectionRow, correction);
  const checks = toCheck(touched).map(({ kind, id: subjectId, courseId, agencyId }): IdentityCheckRow => ({
    id: hub.newId(),
    correctionId: id,
    kind,
    subjectId,
    courseId,
    agencyId,
    state: "WAITING",
    checkedBy: null,
    because: null,
    checkedAt: null,
  }));
  await insertMany(db, IdentityCheckRow, checks);
  return { correction, tellAt };
}

/** Without who made it: that is for telling them. */
const touchedOf = ({ kind, id, what, at, childId, courseId, agencyId }: MadeMeanwhile): Touched => {
  return { kind, id, what, at, childId, courseId, agencyId };
};

/** Somebody who never had a record of their own. */
async function newPerson(hub: Hub, db: EntityManager, like: string): Promise<string> {
  const { kind } = await db.findOneByOrFail(PersonRow, { id: like });
  const id = hub.newId();
  await db.insert(PersonRow, { id, kind, createdAt: hub.now(), joinedTo: null, sealedAt: null });
  return id;
}

async function figuresOf(db: EntityManager, stays: string, leaves: string | null) {
  const stayed = await shareOf(db, stays);
  return { ...(await countPeople(db)), stayed, left: leaves === null ? NOTHING : await shareOf(db, leaves) };
}
const NOTHING = { records: 0, openObligations: 0 };

interface ToTell {
  readonly correctionId: string;
  readonly reached: Reached;
}

/** Tells everybody who read, made or owes something while the two were one, each once. */
async function tellAll(hub: Hub, db: EntityManager, { correctionId, reached }: ToTell) {
  const by = reached.made.flatMap((each) => each.by);
  const isOwner = (one: (typeof by)[number]): one is Owner => !("actorId" in one);
  const actorIds = by.flatMap((one) => (isOwner(one) ? [] : [one.actorId]));
  const people = peopleAmong([...reached.readers.map(({ actorId }) => actorId), ...actorIds]);
  const owners = [...new Map(by.filter(isOwner).map((one) => [JSON.stringify(one), one])).values()];
  const to = [...people.map((actorId) => ({ actorId })), ...owners];
  if (to.length === 0) return { tellAt: [], told: 0 };
  const says = `${CORRECTED}${correctionId}.`;
  const note = { key: correctionId, kind: "IDENTITY_CORRECTED", says, urgent: true, to } as const;
  const tellAt = await tell(hub, { db, notes: [note] });
  const book = await readPostBook(hub, db);
  const on = dayInEngland(hub.now());
  const holders = owners.flatMap((owner) => {
    const found = book.holders(owner, on).map(({ actorId }) => actorId);
    return found.length > 0 ? found : [vacant(owner)];
  });
  return { tellAt, told: new Set([...people, ...holders]).size };
}
