// The frame of every act on an escalation: rule on it, hold what it touches, see that it may follow, write, record and tell, all in
// one transaction. Sent twice, or by twenty at once, it happens once: its key is unique within the escalation.

import type { Access } from "../domain/access.ts";
import type { EscalationStepKind } from "../domain/escalation.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Ruling } from "../domain/sharing.ts";
import type { Challenged, PostsHeld } from "../domain/sharing-escalation.ts";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import type { Obligation } from "../schema/obligation.ts";
import { withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import { postsHeld } from "./escalation-posts.ts";
import { type Aftermath, challenged, type Held, holdClocks, stateAfter } from "./escalation-steps.ts";
import type { Caller, Hub } from "./hub.ts";
import { tell } from "./telling.ts";

/** What an act on an escalation is. */
export interface EscalationAct {
  readonly id: string;
  readonly what: EscalationStepKind;
  /** The stage meant, where the ruling is on that and not on the one reached: who answered before it moved on is told so. */
  readonly at?: number;
  readonly ruling: (challenge: Challenged & PostsHeld) => Ruling;
  /** The step's key, decided once the escalation is held. */
  readonly key: (escalation: Escalation) => string;
  /** Whether a step that stands already under this key is this same act, sent again. */
  readonly isAgain: (before: EscalationStep) => boolean;
  /** Whether this same act was done already under another key. */
  readonly isDone?: (held: Held) => Promise<boolean>;
  /** Refuses what no longer fits the escalation as it now is. */
  readonly check?: (escalation: Escalation) => void;
  /** Writes, and says what is to be told. `clocks` are those still owed. */
  readonly carryOut: (
    work: Held & { readonly clocks: readonly Obligation[]; readonly key: string },
  ) => Promise<Aftermath>;
}

/** Nobody's challenge, for a ruling about one that does not exist: it must not show by the kind of refusal. */
export const nobodys = (access: Access): Challenged => ({
  fromAgencyId: "",
  toAgencyId: "",
  fromActorId: "",
  access,
  isThePartnerships: false,
  isForAPost: false,
});
const NO_POSTS: PostsHeld = { holdsStagePost: false, leadsForRaiser: false };

export const noSuchEscalation = () => new Refusal("NOT_FOUND", "There is no such escalation");

/** Carries an act out. Returns the escalation as it then is. Refuses NOT_FOUND, NOT_ALLOWED, what may not follow (WRONG_STEP),
 *  and what somebody else did first in another way (CONFLICT). */
export async function changeEscalation(hub: Hub, caller: Caller, act: EscalationAct): Promise<Escalation> {
  const { id } = act;
  const named = isUuid(id) ? await hub.db.manager.findOneBy(Escalation, { id }) : null;
  const { found, access } = await withAccess(hub, caller, named);
  const ruling = act.ruling(
    found ? await asRuledOn(hub, caller, { found, access, at: act.at }) : { ...nobodys(access), ...NO_POSTS },
  );
  const what = `escalation.${act.what.toLowerCase().replaceAll("_", "-")}`;
  const audit = { what, subjects: found ? [id] : [], ruling };
  await permitOrRecord(hub, caller, audit);
  if (!found) throw noSuchEscalation();
  // READ COMMITTED: what is read once the escalation is held is what stands.
  const done = await hub.db.transaction("READ COMMITTED", async (db) => {
    await holdClocks(db, id);
    const escalation = await db.findOneOrFail(Escalation, { where: { id }, lock: { mode: "pessimistic_write" } });
    // Ruled on at another stage: others answer at this one.
    if (escalation.stage !== found.stage) return null;
    const key = act.key(escalation);
    const before = await db.findOneBy(EscalationStep, { escalationId: id, key });
    if ((before && act.isAgain(before)) || (await act.isDone?.({ db, escalation }))) return { alarms: [], tellAt: [] };
    const state = stateAfter(hub, escalation, act.what);
    if (before) throw new Refusal("CONFLICT", "Somebody has done this already in other words: read it again");
    act.check?.(escalation);
    if (state !== escalation.state) await db.update(Escalation, id, { state, endedAt: hub.now() });
    // Again: whoever held the escalation before may have opened a stage.
    const clocks = await holdClocks(db, id);
    const { notes, alarms: rung } = await act.carryOut({ db, escalation, clocks, key });
    await record(hub, caller, { ...audit, db });
    return { alarms: rung, tellAt: notes.length > 0 ? await tell(hub, { db, notes }) : [] };
  });
  if (!done) return changeEscalation(hub, caller, act);
  const { alarms, tellAt } = done;
  if (alarms.length > 0) void hub.wake.clocks(alarms);
  if (tellAt.length > 0) void hub.wake.telling(tellAt);
  return hub.db.manager.findOneByOrFail(Escalation, { id });
}

/** As the ruling wants to know it: at the stage meant, as far as that was reached. */
async function asRuledOn(
  hub: Hub,
  caller: Caller,
  { found, access, at }: { readonly found: Escalation; readonly access: Access; readonly at: number | undefined },
): Promise<Challenged & PostsHeld> {
  const then = { ...found, stage: Math.min(at ?? found.stage, found.stage) };
  return { ...challenged(hub, then, access), ...(await postsHeld(hub, caller, then)) };
}
