// Moving a clock: one person asks with a reason, another decides, and both stay on record for ever. What law fixes is moved by nobody.

import type { EntityManager } from "typeorm";
import { dayInEngland } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayAskForChange, mayDecideChange } from "../domain/sharing-clocks.ts";
import type { AskForChange, DecideChange } from "../schema/obligation-change.ts";
import { Obligation, ObligationChange } from "../schema/obligation.ts";
import { isDuplicate } from "../store/insert.ts";
import { withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import type { Caller, Hub } from "./hub.ts";
import { askedNote, isPutTo, putTo, readDesk } from "./obligation-deciders.ts";
import { carryOut, planOf, resumeInTime } from "./obligation-moves.ts";
import { changeFor } from "./obligation-reads.ts";
import { readPostBook } from "./posts.ts";
import { type Note, tell } from "./telling.ts";

export { resumeInTime } from "./obligation-moves.ts";

const NONE = "There is no such obligation";
const NONES = { childId: "", agencyId: "" };

/** The obligation with this id and the decision on its child; none where the caller may not know of the child. */
const obligationNamed = async (hub: Hub, caller: Caller, id: string) =>
  withAccess(hub, caller, isUuid(id) ? await hub.db.manager.findOneBy(Obligation, { id }) : null);

/** Asks to pause, extend or cancel an obligation. Nothing moves until somebody else has approved it. Refuses what could not be
 *  approved: a limit that law fixes, a day that is not later, an obligation that is met or late. One key makes one wish. */
export async function askForChange(hub: Hub, caller: Caller, input: AskForChange): Promise<ObligationChange> {
  const { obligationId } = input;
  const { found, access } = await obligationNamed(hub, caller, obligationId);
  const ruling = mayAskForChange(caller.actor, { ...(found ?? NONES), access });
  const act = { what: "obligation.change-asked", subjects: [obligationId].filter(isUuid), ruling };
  await permitOrRecord(hub, caller, act);
  if (!found) throw new Refusal("NOT_FOUND", NONE);
  const change = asChange(hub, caller, input);
  const before = await askedBefore(hub, change);
  if (before) return before;
  const asking = hub.db.transaction(async (db) => {
    await db.insert(ObligationChange, change);
    await planOf(hub, { db, obligation: found, wish: change });
    await record(hub, caller, { ...act, db });
    const says = `A change to a clock waits for your decision: ${change.kind.toLowerCase()}, ${found.owes}.`;
    const to = putTo(await readPostBook(hub, db), { owed: found, asked: change }, dayInEngland(hub.now()));
    return tellOf(hub, db, { change, key: askedNote(change), kind: "CHANGE_ASKED", says, to, urgent: true });
  });
  try {
    void hub.wake.telling(await asking);
    return change;
  } catch (error) {
    const first = isDuplicate(error) ? await askedBefore(hub, change) : null;
    if (!first) throw error;
    return first;
  }
}

function asChange(hub: Hub, { actor }: Caller, input: AskForChange): ObligationChange {
  const { obligationId, key, kind, reason, untilOn = null } = input;
  return {
    id: hub.newId(),
    key,
    obligationId,
    kind,
    reason,
    untilOn: kind === "CANCEL" ? null : untilOn,
    state: "REQUESTED",
    requestedByActorId: actor.id,
    requestedBy: actor.role ?? actor.kind,
    requestedAt: hub.now(),
    decidedByActorId: null,
    decidedBy: null,
    decidedBecause: null,
    decidedAt: null,
  };
}

/** The wish first sent under this key. Refuses when the same key now names something else. */
async function askedBefore(hub: Hub, again: ObligationChange): Promise<ObligationChange | null> {
  const { requestedByActorId, key } = again;
  const first = await hub.db.manager.findOneBy(ObligationChange, { requestedByActorId, key });
  const said = ["obligationId", "kind", "reason", "untilOn"] as const;
  if (first && said.some((field) => first[field] !== again[field]))
    throw new Refusal("CONFLICT", "key: already used for a different wish; use a new key for a new wish");
  return first;
}

/** Approves or refuses a wish. Refuses whoever asked for it, and what has become impossible meanwhile. The reason comes back only to
 *  those who may read it. */
export async function decideChange(hub: Hub, caller: Caller, input: DecideChange): Promise<ObligationChange> {
  const { changeId, approve, because } = input;
  const { actor } = caller;
  const named = isUuid(changeId) ? await hub.db.manager.findOneBy(ObligationChange, { id: changeId }) : null;
  const { found: owed, access } = await obligationNamed(hub, caller, named?.obligationId ?? "");
  const asked = owed && named;
  const desk = await readDesk(hub, await readPostBook(hub, hub.db.manager), owed ? [owed.id] : []);
  const ruling = mayDecideChange(actor, {
    childId: owed?.childId ?? null,
    agencyId: owed?.agencyId ?? "",
    access,
    requestedByActorId: asked?.requestedByActorId ?? "",
    isAsked: asked !== null && owed !== null && isPutTo(hub, desk, { actorId: actor.id, owed, asked }),
  });
  const act = { what: "obligation.change-decided", subjects: owed ? [owed.id] : [], ruling };
  await permitOrRecord(hub, caller, act);
  if (!asked) throw new Refusal("NOT_FOUND", "There is no such wish");
  const done = await hub.db.transaction(async (db) => {
    const lock = { mode: "pessimistic_write" } as const;
    const obligation = await db.findOneOrFail(Obligation, { where: { id: asked.obligationId }, lock });
    const change = await db.findOneOrFail(ObligationChange, { where: { id: changeId }, lock });
    if (change.state !== "REQUESTED") throw new Refusal("CONFLICT", "Somebody has decided on it already");
    const plan = approve ? await planOf(hub, { db, obligation, wish: change }) : null;
    const decision = {
      state: approve ? ("APPROVED" as const) : ("REFUSED" as const),
      decidedByActorId: actor.id,
      decidedBy: actor.role ?? actor.kind,
      decidedBecause: because,
      decidedAt: hub.now(),
    };
    await db.update(ObligationChange, changeId, decision);
    const why = `${change.reason} (asked for by ${change.requestedBy}, approved by ${decision.decidedBy})`;
    const alarms = plan ? await carryOut(hub, caller, { db, obligation, plan, because: why }) : [];
    await record(hub, caller, { ...act, db });
    const says = `Your wish to change a clock was ${approve ? "approved" : "refused"}: ${obligation.owes}.`;
    const to = [{ actorId: change.requestedByActorId }];
    const key = `${change.id} change_decided`;
    const tellAt = await tellOf(hub, db, { change, key, kind: "CHANGE_DECIDED", says, to, urgent: false });
    return { change: changeFor(caller, { ...obligation, access }, { ...change, ...decision }), alarms, tellAt };
  });
  void hub.wake.clocks(done.alarms);
  void hub.wake.telling(done.tellAt);
  return done.change;
}

interface ToTell extends Pick<Note, "key" | "kind" | "says" | "to" | "urgent"> {
  readonly change: ObligationChange;
}

const tellOf = (hub: Hub, db: EntityManager, { change, ...note }: ToTell): Promise<Date[]> =>
  tell(hub, { db, notes: [{ ...note, obligationId: change.obligationId }] });

/** Ends a pause before its time, for whoever may ask for one. */
export async function resumeObligation(hub: Hub, caller: Caller, id: string): Promise<Obligation> {
  const { found, access } = await obligationNamed(hub, caller, id);
  const ruling = mayAskForChange(caller.actor, { ...(found ?? NONES), access });
  const act = { what: "obligation.resumed", subjects: [id].filter(isUuid), ruling };
  await permitOrRecord(hub, caller, act);
  if (!found) throw new Refusal("NOT_FOUND", NONE);
  const alarms = await hub.db.transaction(async (db) => {
    const obligation = await db.findOneOrFail(Obligation, { where: { id }, lock: { mode: "pessimistic_write" } });
    if (obligation.state !== "PAUSED") throw new Refusal("WRONG_STEP", "Its clock is running");
    await record(hub, caller, { ...act, db });
    return resumeInTime(hub, caller, { db, obligation });
  });
  void hub.wake.clocks(alarms);
  return hub.db.manager.findOneByOrFail(Obligation, { id });
}
