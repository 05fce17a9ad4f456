// Erasing a child because somebody asks: one person asks, another decides. Both are told what stands against it.

import { type EntityManager, IsNull } from "typeorm";
import { Refusal } from "../domain/refusal.ts";
import { whyKept, whyNotYet } from "../domain/retention.ts";
import { mayAskErasure, mayDecideErasure, mayReadErasures, mayReadErasureWishes } from "../domain/sharing-keeping.ts";
import type { PageArgs } from "../schema/connection.ts";
import type { DecideErasure, EraseChild, Erasure, ErasureDecided, ErasureWish } from "../schema/keeping.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { again } from "../store/again.ts";
import { pageOfRows } from "../store/page.ts";
import { ErasureRequestRow, ErasureRow } from "../store/rows-keeping.ts";
import { barredFrom, withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { type ChildKept, eraseKept, erasureHash, holdKept, inTheWay, keptOf, today } from "./erasure.ts";
import type { Caller, Hub } from "./hub.ts";
import { forgetDue } from "./sealed-forgetting.ts";

/** Asks that everything the hub holds of a child be erased. Refused at once where it could not be done now. */
export async function eraseChild(hub: Hub, caller: Caller, input: EraseChild): Promise<ErasureWish> {
  const { childId, because, beforeItsTime } = input;
  const ruling = mayAskErasure(caller.actor);
  const act = { what: "erasure.asked", subjects: [childId], ruling };
  await permitOrRecord(hub, caller, act);
  return again(() =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      await mustBeErasable(hub, db, { childId, beforeItsTime });
      const row: ErasureRequestRow = {
        id: hub.newId(),
        childId,
        because,
        beforeItsTime,
        state: "WAITING",
        byActorId: caller.actor.id,
        at: hub.now(),
        decidedByActorId: null,
        decidedAt: null,
        decidedBecause: null,
      };
      if (await db.existsBy(ErasureRequestRow, { childId, state: "WAITING" }))
        throw new Refusal("CONFLICT", "childId: somebody asked for this already, and it waits for a second person");
      await db.insert(ErasureRequestRow, row);
      await record(hub, caller, { ...act, db });
      return wish(row);
    }),
  );
}

/** The child, held, with what keeps them. Refuses one who may not be erased now. */
async function mustBeErasable(
  hub: Hub,
  db: EntityManager,
  { childId, beforeItsTime }: Pick<EraseChild, "childId" | "beforeItsTime">,
): Promise<ChildKept> {
  const child = await holdKept(db, childId);
  if (!child) throw new Refusal("NOT_FOUND", "There is no such child");
  const kept = whyKept(await inTheWay(hub, db, child.personIds));
  if (kept) throw new Refusal("WRONG_STEP", `Not to be erased: ${kept}`);
  const found = keptOf(hub, child);
  const early = whyNotYet(found.keeping, today(hub), beforeItsTime);
  if (early) throw new Refusal("WRONG_STEP", `Not to be erased yet: ${early}`);
  return found;
}

/** The second person decides. Approved, the child is erased in the same transaction, and the proof is given. */
export async function decideErasure(hub: Hub, caller: Caller, input: DecideErasure): Promise<ErasureDecided> {
  const { id, approve, because } = input;
  const what = "erasure.decided";
  await permitOrRecord(hub, caller, { what, subjects: [], ruling: mayReadErasureWishes(caller.actor) });
  const named = await hub.db.manager.findOneBy(ErasureRequestRow, { id });
  // Who works with children decides on no child that is hidden from them.
  const { found: asked } = await withAccess(hub, caller, named);
  if (!asked) throw new Refusal("NOT_FOUND", "There is no such request: it may have been carried out");
  const ruling = mayDecideErasure(caller.actor, { askedByActorId: asked.byActorId });
  const act = { what, subjects: [asked.childId], ruling };
  await permitOrRecord(hub, caller, act);
  const done = await again(() =>
    hub.db.transaction("READ COMMITTED", async (db): Promise<ErasureDecided> => {
      const erasable = approve ? await mustBeErasable(hub, db, asked) : null;
      const held = await db.findOne(ErasureRequestRow, { where: { id }, lock: { mode: "pessimistic_write" } });
      if (held?.state !== "WAITING") throw new Refusal("WRONG_STEP", "This request has been decided");
      await record(hub, caller, { ...act, db });
      if (!erasable) {
        const decided = { decidedByActorId: caller.actor.id, decidedAt: hub.now(), decidedBecause: because };
        await db.update(ErasureRequestRow, id, { state: "REFUSED", ...decided });
        return { wish: wish({ ...held, state: "REFUSED", ...decided }), erasure: null, stillHeldBy: [] };
      }
      const { child, keeping } = erasable;
      const early = keeping.until > today(hub) ? `before its time (${keeping.keptBy.id})` : "its time was over";
      const row = await eraseKept(hub, caller, {
        db,
        child,
        scope: "WHOLE",
        retentionClass: "request",
        because: `asked for by one person and approved by another; ${early}`,
        byActorId: asked.byActorId,
        approvedByActorId: caller.actor.id,
        ruling,
      });
      const holding = child.records.filter(({ gone }) => !gone).map(({ agencyId }) => agencyId);
      return { wish: null, erasure: proof(row), stillHeldBy: [...new Set(holding)].sort() };
    }),
  );
  // What adapters keep is let go of at once, or by the sweep.
  await forgetDue(hub).catch(() => null);
  return done;
}

/** Requests that wait for a second person, oldest first. */
export async function listErasureWishes(hub: Hub, caller: Caller, page: PageArgs): Promise<RowConnection<ErasureWish>> {
  const act = { what: "erasure.read", subjects: [] as string[], ruling: mayReadErasureWishes(caller.actor) };
  await permitOrRecord(hub, caller, act);
  const query = hub.db.manager.createQueryBuilder(ErasureRequestRow, "r").where({ decidedAt: IsNull() });
  const barred = await barredFrom(hub, caller);
  if (barred.length > 0) query.andWhere("r.childId NOT IN (:...barred)", { barred });
  const found = await pageOfRows(query, { by: "at" }, page);
  await record(hub, caller, { ...act, subjects: found.edges.map(({ node }) => node.childId) });
  return { ...found, edges: found.edges.map(({ cursor, node }) => ({ cursor, node: wish(node) })) };
}

/** What was erased, latest first; of one child where somebody who still has the id names it. */
export async function listErasures(
  hub: Hub,
  caller: Caller,
  { childId, ...page }: PageArgs & { readonly childId: string | null },
): Promise<RowConnection<Erasure>> {
  const act = { what: "erasures.read", subjects: [], ruling: mayReadErasures(caller.actor) };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
  const query = hub.db.manager.createQueryBuilder(ErasureRow, "e").where("1 = 1");
  if (childId !== null) query.andWhere("e.subjectHash = :hash", { hash: erasureHash(hub, childId) });
  const found = await pageOfRows(query, { by: "at", newestFirst: true }, page);
  return { ...found, edges: found.edges.map(({ cursor, node }) => ({ cursor, node: proof(node) })) };
}

const wish = ({ id, childId, because, beforeItsTime, byActorId, at, state, decidedBecause }: ErasureRequestRow) => ({
  id,
  childId,
  because,
  beforeItsTime,
  byActorId,
  at,
  state,
  decidedBecause,
});

function proof({ id, retentionClass, because, byActorId, approvedByActorId, at, erased, left }: ErasureRow): Erasure {
  const counts = (json: string) =>
    Object.entries(JSON.parse(json) as Record<string, number>).map(([table, rows]) => ({ table, rows }));
  const [gone, still] = [counts(erased), counts(left)];
  return { id, retentionClass, because, byActorId, approvedByActorId, at, erased: gone, left: still };
}
