// Steps on the paths that law lays down. One transaction holds the step, the clocks that it meets and ends, and those that it starts.

import { type EntityManager, IsNull } from "typeorm";
import { OUTCOMES_OF, WITHOUT_CHILD } from "../domain/clock-starts.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayRecordStep, mayRecordStepFor } from "../domain/sharing-clocks.ts";
import type { StepOutcome } from "../domain/statutory-step.ts";
import { Obligation } from "../schema/obligation.ts";
import { type RecordStep, StatutoryStep, type StepRecorded } from "../schema/statutory-step.ts";
import { isDuplicate } from "../store/insert.ts";
import { believedToBe } from "../store/people.ts";
import { PersonRow } from "../store/rows.ts";
import { withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { alarmsFor } from "./obligations.ts";
import { readable } from "./obligation-reads.ts";
import { noteDecision } from "./referral-decided.ts";
import { routeReferral } from "./referrals.ts";
import { holdCourse, type StepDid, takeStep } from "./taking-steps.ts";

/** How far ahead of ours another's clock may run. */
const SKEW_MS = 5 * 60_000;

/** Records that a step was taken. Sent twice with one key it is one step, and does once what it does. Of the clocks that it met and
 *  started, those are given that the caller may read. */
export async function recordStep(hub: Hub, caller: Caller, input: RecordStep): Promise<StepRecorded> {
  const { actor } = caller;
  const ruling = mayRecordStep(actor, input.kind);
  await permitOrRecord(hub, caller, { what: "step.recorded", subjects: [], ruling });
  const step = await asStep(hub, caller, input);
  if (step.childId !== null) await mustBeOpen(hub, caller, { step, kind: input.kind });
  const decides = step.kind === "REFERRAL_DECIDED" && step.followsId;
  // Somebody decided faster than the job that routes: the referral gets its team first.
  if (decides) await routeReferral(hub, caller, step.followsId ?? "");
  try {
    const done = await hub.db.transaction("READ COMMITTED", async (db) => {
      await holdCourse(db, step);
      const known = await sameStep(db, step);
      if (known) return recordedAs(db, known);
      await db.insert(StatutoryStep, step);
      await record(hub, caller, { what: "step.recorded", subjects: [step.childId ?? step.id], ruling, db });
      if (decides) await noteDecision(hub, caller, { db, step });
      return { step, ...(await takeStep(hub, caller, { db, step })) };
    });
    void hub.wake.clocks(alarmsFor(done.opened));
    return shown(hub, caller, done);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return shown(hub, caller, await recordedBefore(hub, step));
  }
}

/** Refuses a step about a child whose story is not open to whoever records it, and one about a child of whom they may not know as one about
 *  nobody. */
async function mustBeOpen(
  hub: Hub,
  caller: Caller,
  { step, kind }: { readonly step: StatutoryStep; readonly kind: StatutoryStep["kind"] },
): Promise<void> {
  const { found, access } = await withAccess(hub, caller, step);
  if (!found) throw new Refusal("NOT_FOUND", "There is no such child");
  const ruling = mayRecordStepFor(caller.actor, kind, access);
  await permitOrRecord(hub, caller, { what: "step.recorded", subjects: [step.childId ?? step.id], ruling });
}

/** Of all that a step did, what the caller may read; and how much more there is. */
async function shown(hub: Hub, caller: Caller, did: StepDid): Promise<StepRecorded> {
  const { step, met, opened, ended, leftOwed } = did;
  const all = [...met, ...opened, ...ended, ...leftOwed];
  const may = new Set((await readable(hub, caller, all)).map(({ id }) => id));
  const only = (some: Obligation[]) => some.filter(({ id }) => may.has(id));
  const lists = { met: only(met), opened: only(opened), ended: only(ended), leftOwed: only(leftOwed) };
  return { step, ...lists, notShown: all.filter(({ id }) => !may.has(id)).length };
}

/** The step that this one is, where somebody else has recorded it already: two people who were at one conference. */
async function sameStep(db: EntityManager, step: StatutoryStep): Promise<StatutoryStep | null> {
  const { kind, childId, followsId, outcome, happenedAt } = step;
  const orNone = (value: string | null) => value ?? IsNull();
  const found = await db.findBy(StatutoryStep, {
    kind,
    childId: orNone(childId),
    followsId: orNone(followsId),
    outcome: (outcome ?? IsNull()) as StepOutcome,
    correctedAt: IsNull(),
  });
  // What follows nothing may happen twice in a day: a child may go missing again.
  const isSame = (other: Date) =>
    followsId === null
      ? other.getTime() === happenedAt.getTime() && childId !== null
      : dayInEngland(other) === dayInEngland(happenedAt);
  return found.find((other) => isSame(other.happenedAt)) ?? null;
}

/** What a step did when it was recorded, as it stands now. */
async function recordedAs(db: EntityManager, step: StatutoryStep): Promise<StepDid> {
  const settled = await db.findBy(Obligation, { settledById: step.id });
  return {
    step,
    met: settled.filter(({ metAt }) => metAt !== null),
    ended: settled.filter(({ metAt }) => metAt === null),
    opened: await db.findBy(Obligation, { subjectId: step.id }),
    leftOwed: [],
  };
}

/** The step that the input means. Refuses what cannot be. */
async function asStep(hub: Hub, { actor }: Caller, input: RecordStep): Promise<StatutoryStep> {
  const { kind, key, outcome = null, followsId = null, happenedAt } = input;
  const now = hub.now();
  if (happenedAt.getTime() > now.getTime() + SKEW_MS)
    throw new Refusal("BAD_INPUT", "happenedAt: lies ahead; record a step once it has been taken");
  const { from } = hub.national.holidays;
  if (happenedAt < new Date(`${from}T00:00:00Z`))
    throw new Refusal("BAD_INPUT", `happenedAt: lies before the years in which the hub counts, which begin on ${from}`);
  const outcomes = OUTCOMES_OF[kind] ?? [];
  if (outcomes.length > 0 && (outcome === null || !outcomes.includes(outcome)))
    throw new Refusal("BAD_INPUT", `outcome: say what it came to, one of ${outcomes.join(", ")}`);
  if (outcomes.length === 0 && outcome !== null) throw new Refusal("BAD_INPUT", `outcome: ${kind} has none`);
  const follows =
    followsId && (await hub.db.manager.findOneBy(StatutoryStep, { id: followsId, correctedAt: IsNull() }));
  if (followsId && !follows) throw new Refusal("NOT_FOUND", "followsId: there is no such step or referral");
  if (kind === "REFERRAL_DECIDED" && !follows)
    throw new Refusal("BAD_INPUT", "followsId: name the referral decided on");
  // A course of events goes on for the child for whom it began, by whichever of their ids somebody names them.
  const childId = follows ? follows.childId : (input.childId ?? null);
  if (follows && !(await isSameChild(hub, input.childId ?? childId, childId)))
    throw new Refusal("BAD_INPUT", "followsId: names a step of another child");
  if (follows && happenedAt < follows.happenedAt)
    throw new Refusal("BAD_INPUT", "happenedAt: lies before the step that it follows");
  if (childId === null && !WITHOUT_CHILD.has(kind)) throw new Refusal("BAD_INPUT", "childId: name the child");
  if (
    childId !== null &&
    !(await hub.db.manager.existsBy(PersonRow, { id: childId, kind: "CHILD", sealedAt: IsNull() }))
  )
    throw new Refusal("NOT_FOUND", "There is no such child");
  const id = hub.newId();
  return {
    id,
    key,
    kind,
    outcome,
    childId,
    followsId,
    courseId: follows ? follows.courseId : id,
    happenedAt,
    recordedAt: now,
    agencyId: actor.agencyId ?? "",
    byActorId: actor.id,
    correctedAt: null,
    correctedBecause: null,
    correctedByActorId: null,
  };
}

/** Whether both are ids of one child: each their own, or of somebody who turned out to be them. */
async function isSameChild({ db }: Hub, one: string | null, other: string | null): Promise<boolean> {
  if (one === other || one === null || other === null) return one === other;
  const now = await believedToBe(db, [one, other]);
  return now.has(one) && now.get(one) === now.get(other);
}

/** What the step first recorded under this key did. Refuses when the same key now names something else. */
async function recordedBefore(hub: Hub, again: StatutoryStep): Promise<StepDid> {
  const { agencyId, key } = again;
  const first = await hub.db.manager.findOneByOrFail(StatutoryStep, { agencyId, key });
  const said = ["kind", "outcome", "childId", "followsId"] as const;
  if (said.some((field) => first[field] !== again[field]) || first.happenedAt.getTime() !== again.happenedAt.getTime())
    throw new Refusal("CONFLICT", "key: already used for a different step; use a new key for a new step");
  return recordedAs(hub.db.manager, first);
}
