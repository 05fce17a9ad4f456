// Looking again at broken glass: somebody else than whoever broke it says whether it was justified. Where it was not, it ends at once.

import { Refusal } from "../domain/refusal.ts";
import { mayReviewGlass } from "../domain/sharing-access.ts";
import type { ChildAccess } from "../schema/access.ts";
import type { ReviewBreakGlass } from "../schema/access-inputs.ts";
import { again } from "../store/again.ts";
import { ChildAccessRow } from "../store/rows-access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { wayInAndChild } from "./getting-in-decided.ts";
import { shown } from "./getting-in-rows.ts";
import { reviewsPutTo } from "./getting-in-lists.ts";
import { noteOn } from "./getting-in-told.ts";
import type { Caller, Hub } from "./hub.ts";
import { meetObligations } from "./obligations.ts";
import { holdChild } from "./taking-steps.ts";
import { tell } from "./telling.ts";

/** Says whether it was justified, once. Meets what is owed for it. */
export async function reviewBreakGlass(hub: Hub, caller: Caller, input: ReviewBreakGlass): Promise<ChildAccess> {
  const { id, justified, because } = input;
  const what = justified ? "access.glass-justified" : "access.glass-not-justified";
  const { row: found, child } = await wayInAndChild(hub, caller, { id, what });
  const isAsked = (await reviewsPutTo(hub, caller, [found])).has(id);
  const ruling = mayReviewGlass(caller.actor, child.access, { actorId: found.actorId, isAsked });
  const act = { what, subjects: [child.id], ruling };
  await permitOrRecord(hub, caller, act);
  if (found.kind !== "BREAK_GLASS")
    throw new Refusal("WRONG_STEP", "No glass was broken for it: decide on it, or end it");
  const { row, tellAt } = await again(() =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      await holdChild(db, child.id);
      const held = await db.findOneOrFail(ChildAccessRow, { where: { id }, lock: { mode: "pessimistic_write" } });
      if (held.justified !== null) throw new Refusal("CONFLICT", "Somebody has reviewed it already");
      const at = hub.now();
      const said = { justified, decidedByActorId: caller.actor.id, decidedAt: at, decidedBecause: because };
      const ends = !justified && held.state === "ACTIVE";
      const changes = ends ? { ...said, state: "ENDED" as const, endedAt: at, endedByActorId: caller.actor.id } : said;
      await db.update(ChildAccessRow, id, changes);
      const ids = held.obligationId === null ? [] : [held.obligationId];
      const met = justified ? "it was reviewed: justified" : "it was reviewed: not justified";
      await meetObligations(hub, caller, { db, ids, at, because: met });
      await record(hub, caller, { ...act, db });
      const note = noteOn(held, {
        kind: "GLASS_REVIEWED",
        says: `That you broke the glass to a child's record was reviewed: it was ${justified ? "" : "not "}justified`,
        urgent: !justified,
        to: [{ actorId: held.actorId }],
      });
      return { row: { ...held, ...changes }, tellAt: await tell(hub, { db, notes: [note] }) };
    }),
  );
  void hub.wake.telling(tellAt);
  return shown(hub, row);
}
