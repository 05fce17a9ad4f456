// Shields: a child whom an abuser looks for, who was adopted, whom a worker here is related to. Setting, reviewing and lifting; each is
// looked at again every so often, by an obligation that names no child.

import { In, IsNull } from "typeorm";
import { areaCalendar } from "../domain/calendar.ts";
import type { ClockRule } from "../domain/clock-rule.ts";
import type { Owner } from "../domain/post.ts";
import type { Area } from "../domain/policy.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayShield } from "../domain/sharing-access.ts";
import type { EntityManager } from "typeorm";
import type { ShieldChild } from "../schema/access-inputs.ts";
import type { Shield } from "../schema/access.ts";
import type { Obligation } from "../schema/obligation.ts";
import { again } from "../store/again.ts";
import { ChildAccessRow, ChildShieldRow } from "../store/rows-access.ts";
import { PersonRow } from "../store/rows.ts";
import { forgetAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { endedNote } from "./getting-in-decided.ts";
import { isHidden, type KnownChild, knownChild, needsSecondPerson } from "./getting-in-rows.ts";
import { frontDoor, teamOf } from "./getting-in-told.ts";
import type { Caller, Hub } from "./hub.ts";
import { alarmsFor, openObligations } from "./obligations.ts";
import { readPostBook } from "./posts.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { holdChild } from "./taking-steps.ts";
import { type Note, tell } from "./telling.ts";

export const SHIELD_REVIEW = "shield-review";

/** The clock on looking again at a shield, after what the area has laid down. It names no child: that a child is shielded is itself for few. */
export const shieldReviewClock = ({ edition, sharing }: Pick<Area, "edition" | "sharing">): ClockRule => ({
  rule: SHIELD_REVIEW,
  starts: "a shield was set or last looked at",
  owes: "somebody has looked again at whether a shield on a record is still needed",
  within: { days: sharing.shieldReviewDays },
  fixed: false,
  urgent: false,
  review: true,
  remind: [{ workingDays: 10 }, { workingDays: 2 }],
  source: edition.source,
  guidanceVersion: edition.name,
  effectiveFrom: edition.effectiveFrom,
  status: "local",
});

/** Shields a child. What hides a child from all but the team needs somebody who is allocated, or nobody at all would see it. */
export async function shieldChild(hub: Hub, caller: Caller, input: ShieldChild): Promise<Shield> {
  const child = await knownChild(hub, caller, input.childId);
  const act = { what: "shield.set", subjects: [child.id], ruling: mayShield(caller.actor, child.access) };
  await permitOrRecord(hub, caller, act);
  const { row, opened, tellAt } = await again(() =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      await holdChild(db, child.id);
      const draft = await shieldOf(hub, caller, { db, input, child });
      const owed = await openShieldReview(hub, caller, { db, shield: draft, ids: child.ids });
      const shield: ChildShieldRow = { ...draft, obligationId: owed.id, reviewAt: owed.dueAt };
      await db.insert(ChildShieldRow, shield);
      await db.update(PersonRow, { id: child.id }, { shielded: true });
      const ended = await endTasks(hub, caller, { db, shield, ids: child.ids });
      await record(hub, caller, { ...act, db });
      return { row: shield, opened: owed, tellAt: await tell(hub, { db, notes: ended }) };
    }),
  );
  forgetAccess(caller);
  void hub.wake.clocks(alarmsFor([opened]));
  void hub.wake.telling(tellAt);
  return row;
}

interface Setting {
  readonly db: EntityManager;
  readonly input: ShieldChild;
  readonly child: KnownChild;
}

async function shieldOf(hub: Hub, { actor }: Caller, { db, input, child }: Setting): Promise<ChildShieldRow> {
  const { kind, because, namedOutActorId = null } = input;
  const namedOut = namedOutActorId ?? IsNull();
  if (
    await db.existsBy(ChildShieldRow, {
      childId: In([...child.ids]),
      kind,
      namedOutActorId: namedOut,
      liftedAt: IsNull(),
    })
  )
    throw new Refusal("CONFLICT", "kind: this shield is in force already");
  const team = await teamOf(hub, db, child.ids);
  const keep = team.filter(({ relation, actorId }) => relation === "ALLOCATED" && actorId !== namedOutActorId);
  if (namedOutActorId === null && isHidden(new Set([kind])) && keep.length === 0)
    throw new Refusal(
      "WRONG_STEP",
      "Nobody is allocated to this child, and nobody else would see it: put somebody in the team first",
    );
  return {
    id: hub.newId(),
    childId: child.id,
    kind,
    because,
    namedOutActorId,
    byActorId: actor.id,
    agencyId: actor.agencyId,
    at: hub.now(),
    reviewAt: hub.now(),
    obligationId: null,
    liftedAt: null,
    liftedByActorId: null,
    liftedBecause: null,
  };
}

interface Shielded {
  readonly db: EntityManager;
  readonly shield: ChildShieldRow;
  readonly ids: readonly string[];
}

/** Opens the obligation to look again: each is named by the one before it, the first by the shield. */
export async function openShieldReview(hub: Hub, caller: Caller, { db, shield, ids }: Shielded): Promise<Obligation> {
  const [opened] = await openObligations(hub, caller, {
    db,
    owed: [
      {
        clock: shieldReviewClock(hub.area),
        calendar: areaCalendar(hub),
        subjectId: shield.obligationId ?? shield.id,
        childId: null,
        courseId: shield.id,
        startedAt: hub.now(),
        owner: await reviewerOf(hub, { db, shield, ids }),
      },
    ],
  });
  if (!opened) throw new Error("A shield was left without a review");
  return opened;
}

/** The manager of the MASH; of a child who is hidden from that manager, a post of whoever is allocated. */
async function reviewerOf(hub: Hub, { db, shield, ids }: Shielded): Promise<Owner> {
  if (shield.namedOutActorId !== null || !isHidden(new Set([shield.kind]))) return frontDoor(hub);
  const book = await readPostBook(hub, db);
  const team = await teamOf(hub, db, ids);
  const on = dayInEngland(hub.now());
  const posts = team
    .filter(({ relation }) => relation === "ALLOCATED")
    .flatMap(({ actorId }) => book.answersFor(actorId, on));
  return posts[0] ?? frontDoor(hub);
}

/** Whoever let themselves in for a task, before a second person was needed, asks again. */
async function endTasks(hub: Hub, { actor }: Caller, { db, shield, ids }: Shielded): Promise<Note[]> {
  if (shield.namedOutActorId !== null || !needsSecondPerson(new Set([shield.kind]))) return [];
  const tasks = await db.findBy(ChildAccessRow, {
    childId: In([...ids]),
    kind: "TASK",
    state: "ACTIVE",
    decidedByActorId: IsNull(),
  });
  const ended = { state: "ENDED" as const, endedAt: hub.now(), endedByActorId: actor.id, warnAt: null };
  if (tasks.length > 0) await db.update(ChildAccessRow, { id: In(tasks.map(({ id }) => id)) }, ended);
  return tasks.map(endedNote);
}
