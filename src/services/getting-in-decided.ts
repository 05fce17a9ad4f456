// What becomes of a way in: a second person approves or refuses it; its holder or whoever leads the team ends it; consent is withdrawn.

import type { EntityManager } from "typeorm";
import { Refusal } from "../domain/refusal.ts";
import { mayDecideWayIn, mayEndWayIn } from "../domain/sharing-access.ts";
import { mayReadChildren, type Ruling } from "../domain/sharing.ts";
import { isUuid } from "../domain/uuid.ts";
import type { ChildAccess } from "../schema/access.ts";
import type { AccessWords, DecideAccess } from "../schema/access-inputs.ts";
import { again } from "../store/again.ts";
import { ChildAccessRow } from "../store/rows-access.ts";
import { forgetAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { readChildren } from "./children.ts";
import { isHidden, type KnownChild, knownChild, opened, shieldKinds, shown } from "./getting-in-rows.ts";
import { noteOn, teamOf } from "./getting-in-told.ts";
import type { Caller, Hub } from "./hub.ts";
import { noteAccessShared } from "./sharing-decision-acts.ts";
import { holdChild } from "./taking-steps.ts";
import { type Note, tell } from "./telling.ts";

const NONE = "There is no such way in";

/** A way in and its child. Of a child whom the caller may not know of, there is none. */
export async function wayInAndChild(hub: Hub, caller: Caller, { id, what }: { id: string; what: string }) {
  await permitOrRecord(hub, caller, { what, subjects: [], ruling: mayReadChildren(caller.actor) });
  const row = isUuid(id) ? await hub.db.manager.findOneBy(ChildAccessRow, { id }) : null;
  const [seen] = row ? await readChildren(hub, caller, [row.childId]) : [];
  if (!row || !seen) throw new Refusal("NOT_FOUND", NONE);
  return { row, child: await knownChild(hub, caller, seen.id) };
}

interface Change {
  readonly id: string;
  readonly what: string;
  readonly ruling: (row: ChildAccessRow, child: KnownChild) => Ruling;
  readonly change: (db: EntityManager, row: ChildAccessRow, child: KnownChild) => Promise<Partial<ChildAccessRow>>;
  readonly tells?: (row: ChildAccessRow) => Note | null;
}

/** Changes a way in with its record, one change at a time. */
async function changeWayIn(
  hub: Hub,
  caller: Caller,
  { id, what, ruling, change, tells }: Change,
): Promise<ChildAccess> {
  const { row: found, child } = await wayInAndChild(hub, caller, { id, what });
  const act = { what, subjects: [child.id], ruling: ruling(found, child) };
  await permitOrRecord(hub, caller, act);
  const { row, tellAt } = await again(() =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      await holdChild(db, child.id);
      const held = await db.findOneOrFail(ChildAccessRow, { where: { id }, lock: { mode: "pessimistic_write" } });
      const changes = await change(db, held, child);
      await db.update(ChildAccessRow, id, changes);
      await record(hub, caller, { ...act, db });
      const after = { ...held, ...changes };
      if (held.state === "PENDING") await noteAccessShared(hub, caller, { db, access: after });
      const note = tells?.(after);
      return { row: after, tellAt: note ? await tell(hub, { db, notes: [note] }) : [] };
    }),
  );
  forgetAccess(caller);
  void hub.wake.telling(tellAt);
  return shown(hub, row);
}

/** Lets in, or does not. Never by whoever asked for it. */
export const decideAccess = (hub: Hub, caller: Caller, { id, approve, because }: DecideAccess): Promise<ChildAccess> =>
  changeWayIn(hub, caller, {
    id,
    what: approve ? "access.approved" : "access.refused",
    ruling: (row, { access }) => mayDecideWayIn(caller.actor, access, row),
    async change(_db, row) {
      if (row.state !== "PENDING") throw new Refusal("WRONG_STEP", "It does not wait for a decision any more");
      if (approve && row.endsAt && row.endsAt <= hub.now())
        throw new Refusal("WRONG_STEP", "The day until which it was asked for is over: refuse it");
      const decided = { decidedByActorId: caller.actor.id, decidedAt: hub.now(), decidedBecause: because };
      return { ...(approve ? opened(hub, row) : { state: "REFUSED" as const }), ...decided };
    },
    tells: (row) =>
      noteOn(row, {
        kind: "ACCESS_DECIDED",
        says: `Your access to a child's record was ${approve ? "approved" : "refused"}`,
        urgent: false,
        to: [...new Set([row.actorId, row.givenByActorId])].map((actorId) => ({ actorId })),
      }),
  });

/** Ends a way in before its time: a place in the team, a grant, broken glass, or a request that still waits. */
export const endAccess = (hub: Hub, caller: Caller, { id, because }: AccessWords): Promise<ChildAccess> =>
  changeWayIn(hub, caller, {
    id,
    what: "access.ended",
    ruling: (row, { access }) => mayEndWayIn(caller.actor, access, row),
    change: async (db, row, { ids }) => {
      await refuseLastWhoKnows(hub, db, { row, ids });
      return endedBy(hub, caller, { row, because });
    },
    tells: (row) => (row.actorId === caller.actor.id ? null : endedNote(row)),
  });

/** Whoever consented has withdrawn it: what rested on it ends. */
export const withdrawConsent = (hub: Hub, caller: Caller, { id, because }: AccessWords): Promise<ChildAccess> =>
  changeWayIn(hub, caller, {
    id,
    what: "access.consent-withdrawn",
    ruling: (row, { access }) => mayEndWayIn(caller.actor, access, row),
    async change(_db, row) {
      if (row.power !== "CONSENT") throw new Refusal("WRONG_STEP", "It does not rest on consent");
      return endedBy(hub, caller, { row, because: `Consent was withdrawn: ${because}` });
    },
    tells: (row) => (row.actorId === caller.actor.id ? null : endedNote(row)),
  });

/** The columns of one that ends. What a second person said of it stays. */
function endedBy(hub: Hub, { actor }: Caller, { row, because }: { row: ChildAccessRow; because: string }) {
  if (row.state !== "ACTIVE" && row.state !== "PENDING") throw new Refusal("WRONG_STEP", "It has ended already");
  const said = row.decidedBecause === null ? because : `${row.decidedBecause}\nEnded: ${because}`;
  return {
    state: "ENDED" as const,
    endedByActorId: actor.id,
    endedAt: hub.now(),
    warnAt: null,
    decidedBecause: said,
  };
}

export const endedNote = (row: ChildAccessRow): Note =>
  noteOn(row, {
    kind: "ACCESS_ENDS",
    which: "-ended",
    says: "Your access to a child's record has ended",
    urgent: false,
    to: [{ actorId: row.actorId }],
  });

/** A child who is hidden from all but the team must not be lost to everybody. */
async function refuseLastWhoKnows(
  hub: Hub,
  db: EntityManager,
  { row, ids }: { row: ChildAccessRow; ids: readonly string[] },
): Promise<void> {
  if (row.kind !== "TEAM" || row.relation !== "ALLOCATED" || !isHidden(await shieldKinds(db, ids))) return;
  const others = (await teamOf(hub, db, ids)).filter(({ id, relation }) => relation === "ALLOCATED" && id !== row.id);
  if (others.length === 0)
    throw new Refusal(
      "WRONG_STEP",
      "Nobody else is allocated to this child, who is hidden from all but the team: put somebody in first",
    );
}
