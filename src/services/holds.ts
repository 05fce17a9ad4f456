// Legal holds: what must not be erased, whatever its time. A hold is on a child under every id they have or come to have.

import { In } from "typeorm";
import { Refusal } from "../domain/refusal.ts";
import { mayLiftHold, mayPlaceHold, mayReadKeeping } from "../domain/sharing-keeping.ts";
import type { PageArgs } from "../schema/connection.ts";
import type { LegalHold, LiftHold, PlaceHold } from "../schema/keeping.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { pageOfRows } from "../store/page.ts";
import { LegalHoldRow } from "../store/rows-keeping.ts";
import { withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { holdChild } from "./taking-steps.ts";

/** Keeps a child from being erased, from this moment on: an erasure under way is either over or finds the hold. */
export async function placeHold(hub: Hub, caller: Caller, { childId, because }: PlaceHold): Promise<LegalHold> {
  const ruling = mayPlaceHold(caller.actor);
  await permitOrRecord(hub, caller, { what: "hold.placed", subjects: [childId], ruling });
  // Who works with children is told of no child that is hidden from them, not even by keeping it.
  const { found } = await withAccess(hub, caller, { childId });
  if (!found) throw new Refusal("NOT_FOUND", "There is no such child");
  const row: LegalHoldRow = {
    id: hub.newId(),
    childId,
    because,
    byActorId: caller.actor.id,
    at: hub.now(),
    liftedAt: null,
    liftedByActorId: null,
    liftedBecause: null,
  };
  await hub.db.transaction("READ COMMITTED", async (db) => {
    await holdChild(db, childId);
    await db.insert(LegalHoldRow, row);
    await record(hub, caller, { what: "hold.placed", subjects: [childId], ruling, db });
  });
  return shown(row);
}

/** Lets go of a hold. What is over then is erased by the next run of the job. */
export async function liftHold(hub: Hub, caller: Caller, { holdId, because }: LiftHold): Promise<LegalHold> {
  const ruling = mayLiftHold(caller.actor);
  await permitOrRecord(hub, caller, { what: "hold.lifted", subjects: [], ruling });
  return hub.db.transaction(async (db) => {
    const held = await db.findOne(LegalHoldRow, { where: { id: holdId }, lock: { mode: "pessimistic_write" } });
    if (!held) throw new Refusal("NOT_FOUND", "holdId: there is no such hold");
    if (held.liftedAt) throw new Refusal("WRONG_STEP", "This hold has been lifted");
    const lifted = { liftedAt: hub.now(), liftedByActorId: caller.actor.id, liftedBecause: because };
    await db.update(LegalHoldRow, holdId, lifted);
    await record(hub, caller, { what: "hold.lifted", subjects: [held.childId], ruling, db });
    return shown({ ...held, ...lifted });
  });
}

/** Holds, latest first: those that stand, or with `lifted` also those that were lifted. */
export async function listHolds(
  hub: Hub,
  caller: Caller,
  { lifted, ...page }: PageArgs & { readonly lifted: boolean },
): Promise<RowConnection<LegalHold>> {
  const act = { what: "hold.read", subjects: [] as string[], ruling: mayReadKeeping(caller.actor) };
  await permitOrRecord(hub, caller, act);
  const query = hub.db.manager.createQueryBuilder(LegalHoldRow, "h").where(lifted ? "1 = 1" : "h.liftedAt IS NULL");
  const found = await pageOfRows(query, { by: "at", newestFirst: true }, page);
  await record(hub, caller, { ...act, subjects: found.edges.map(({ node }) => node.childId) });
  return { ...found, edges: found.edges.map(({ cursor, node }) => ({ cursor, node: shown(node) })) };
}

/** Holds on anybody of these, whether lifted or not, latest first. For a caller who may read them. */
export async function holdsOn(hub: Hub, personIds: readonly string[]): Promise<LegalHold[]> {
  const rows = await hub.db.manager.find(LegalHoldRow, {
    where: { childId: In([...personIds]) },
    order: { at: "DESC", id: "DESC" },
  });
  return rows.map(shown);
}

const shown = ({ id, childId, because, byActorId, at, liftedAt, liftedBecause }: LegalHoldRow): LegalHold => ({
  id,
  childId,
  because,
  byActorId,
  at,
  liftedAt,
  liftedBecause,
});
