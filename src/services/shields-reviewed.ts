// Looking again at a shield, and lifting one. Who may not know of the child may not know of the shield.

import { In, IsNull } from "typeorm";
import { Refusal } from "../domain/refusal.ts";
import { mayLiftShield, mayReadShields, mayShield } from "../domain/sharing-access.ts";
import { mayReadChildren, type Ruling } from "../domain/sharing.ts";
import { isUuid } from "../domain/uuid.ts";
import type { EntityManager } from "typeorm";
import type { AccessWords } from "../schema/access-inputs.ts";
import type { Shield } from "../schema/access.ts";
import type { Obligation } from "../schema/obligation.ts";
import { again } from "../store/again.ts";
import { everyIdOf } from "../store/people.ts";
import { ChildShieldRow } from "../store/rows-access.ts";
import { PersonRow } from "../store/rows.ts";
import { accessTo, accessToOne, forgetAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { readChildren } from "./children.ts";
import { type KnownChild, knownChild } from "./getting-in-rows.ts";
import { noteOn, whoIsConcerned } from "./getting-in-told.ts";
import type { Caller, Hub } from "./hub.ts";
import { alarmsFor, meetObligations } from "./obligations.ts";
import { openShieldReview } from "./shields.ts";
import { holdChild } from "./taking-steps.ts";
import { type Note, tell } from "./telling.ts";

const NONE = "There is no such shield";

interface Change {
  readonly id: string;
  readonly what: string;
  readonly ruling: (shield: ChildShieldRow, child: KnownChild) => Ruling;
  readonly change: (db: EntityManager, shield: ChildShieldRow, child: KnownChild) => Promise<Changed>;
}

interface Changed {
  readonly changes: Partial<ChildShieldRow>;
  readonly opened?: readonly Obligation[];
  readonly notes?: readonly Note[];
}

async function changeShield(hub: Hub, caller: Caller, { id, what, ruling, change }: Change): Promise<Shield> {
  await permitOrRecord(hub, caller, { what, subjects: [], ruling: mayReadChildren(caller.actor) });
  const found = isUuid(id) ? await hub.db.manager.findOneBy(ChildShieldRow, { id }) : null;
  const [seen] = found ? await readChildren(hub, caller, [found.childId]) : [];
  if (!found || !seen) throw new Refusal("NOT_FOUND", NONE);
  const child = await knownChild(hub, caller, seen.id);
  const act = { what, subjects: [child.id], ruling: ruling(found, child) };
  await permitOrRecord(hub, caller, act);
  const { row, opened, tellAt } = await again(() =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      await holdChild(db, child.id);
      const held = await db.findOneOrFail(ChildShieldRow, { where: { id }, lock: { mode: "pessimistic_write" } });
      if (held.liftedAt) throw new Refusal("WRONG_STEP", "This shield was lifted already");
      const { changes, opened: owed = [], notes = [] } = await change(db, held, child);
      await db.update(ChildShieldRow, id, changes);
      await record(hub, caller, { ...act, db });
      return { row: { ...held, ...changes }, opened: owed, tellAt: await tell(hub, { db, notes }) };
    }),
  );
  forgetAccess(caller);
  void hub.wake.clocks(alarmsFor(opened));
  void hub.wake.telling(tellAt);
  return row;
}

const owedFor = ({ obligationId }: ChildShieldRow): string[] => (obligationId === null ? [] : [obligationId]);

/** Says that it is still needed: meets what is owed, and starts the clock anew. */
export const reviewShield = (hub: Hub, caller: Caller, { id, because }: AccessWords): Promise<Shield> =>
  changeShield(hub, caller, {
    id,
    what: "shield.reviewed",
    ruling: (_shield, { access }) => mayShield(caller.actor, access),
    async change(db, shield, { ids }) {
      const at = hub.now();
      await meetObligations(hub, caller, { db, ids: owedFor(shield), at, because: "the shield is still needed" });
      const owed = await openShieldReview(hub, caller, { db, shield, ids });
      const said = `${shield.because}\nLooked at again on ${at.toISOString().slice(0, 10)}: ${because}`;
      return { changes: { obligationId: owed.id, reviewAt: owed.dueAt, because: said }, opened: [owed] };
    },
  });

/** Lifts it. Where no other is in force, the child is as others are. */
export const liftShield = (hub: Hub, caller: Caller, { id, because }: AccessWords): Promise<Shield> =>
  changeShield(hub, caller, {
    id,
    what: "shield.lifted",
    ruling: (shield, { access }) => mayLiftShield(caller.actor, access, shield),
    async change(db, shield, { ids }) {
      const at = hub.now();
      await meetObligations(hub, caller, { db, ids: owedFor(shield), at, because: "the shield was lifted" });
      const inForce = await db.findBy(ChildShieldRow, { childId: shield.childId, liftedAt: IsNull() });
      if (inForce.every((each) => each.id === id)) await db.update(PersonRow, shield.childId, { shielded: false });
      const to = await whoIsConcerned(hub, db, { ids, but: [caller.actor.id], andFrontDoor: false });
      const says = "A shield on a child's record was lifted";
      const note = noteOn(shield, { kind: "SHIELD_CHANGED", says, urgent: false, to });
      const lifted = { liftedAt: at, liftedByActorId: caller.actor.id, liftedBecause: because };
      return { changes: { ...lifted, obligationId: null }, notes: [note] };
    },
  });

/** What shields a child now; null where that is not for the caller. For a child that they were given. */
export async function shieldsOf(hub: Hub, caller: Caller, childId: string): Promise<Shield[] | null> {
  const ruling = mayReadShields(caller.actor, await accessToOne(hub, caller, childId));
  if (!ruling.allowed) return null;
  const ids = (await everyIdOf(hub.db, [childId])).get(childId) ?? [childId];
  const rows = await hub.db.manager.find(ChildShieldRow, {
    where: { childId: In([...ids]), liftedAt: IsNull() },
    order: { id: "ASC" },
  });
  await record(hub, caller, { what: "shield.read", subjects: [childId], ruling });
  return rows;
}

/** Every shield in force that is for the caller to look at again, soonest due first. */
export async function shieldsToReview(hub: Hub, caller: Caller): Promise<Shield[]> {
  const reading = mayReadChildren(caller.actor);
  await permitOrRecord(hub, caller, { what: "shield.read", subjects: [], ruling: reading });
  const all = await hub.db.manager.find(ChildShieldRow, {
    where: { liftedAt: IsNull() },
    order: { reviewAt: "ASC", id: "ASC" },
  });
  const access = await accessTo(hub, caller, [...new Set(all.map(({ childId }) => childId))]);
  const mine = all.filter(({ childId }) => {
    const one = access.get(childId);
    return one !== undefined && mayShield(caller.actor, one).allowed;
  });
  const subjects = [...new Set(mine.map(({ childId }) => childId))];
  await record(hub, caller, { what: "shield.read", subjects, ruling: reading });
  return mine;
}
