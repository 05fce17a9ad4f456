// After a correction: of everything made while two children were one, its owner says whose it is. What belongs to the other moves
// with the whole course of events it began, clocks and all.

import { type EntityManager, In } from "typeorm";
import type { CheckState } from "../domain/blast-radius.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayCheckCorrection } from "../domain/sharing-identity.ts";
import type { Ruling } from "../domain/sharing.ts";
import { Escalation } from "../schema/escalation.ts";
import type { IdentityCheck } from "../schema/identity-correction.ts";
import type { CheckCorrection } from "../schema/identity-inputs.ts";
import { Obligation } from "../schema/obligation.ts";
import { Referral, ReferralStep } from "../schema/referral.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import { again } from "../store/again.ts";
import { alsoKnownAs } from "../store/people.ts";
import { IdentityCheckRow, IdentityCorrectionRow } from "../store/rows-identity.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { holdPeople } from "./identity-ledger.ts";

const CHECKED = "identity.correction.checked";
const MOST_SHOWN = 500;

/** What waits for this caller to say whose it is, oldest first: all of it for social care, else what their agency made or owes. */
export async function correctionChecks(hub: Hub, caller: Caller): Promise<IdentityCheck[]> {
  const { agencyId } = caller.actor;
  const all = mayCheckCorrection(caller.actor, { agencyId: null });
  const ruling = all.allowed ? all : mayCheckCorrection(caller.actor, { agencyId });
  const act = { what: "identity.checks.read", subjects: [], ruling };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
  return hub.db.manager.find(IdentityCheckRow, {
    where: { state: "WAITING", ...(all.allowed ? {} : { agencyId: agencyId ?? "" }) },
    order: { id: "ASC" },
    take: MOST_SHOWN,
  });
}

/** Says whose something is. What belongs to the other child goes there with everything of its course. Sent twice it is one. */
export async function checkCorrection(hub: Hub, caller: Caller, input: CheckCorrection): Promise<IdentityCheck> {
  const found = await hub.db.manager.findOneBy(IdentityCheckRow, { id: input.checkId });
  const ruling = mayCheckCorrection(caller.actor, { agencyId: found?.agencyId ?? null });
  await permitOrRecord(hub, caller, { what: CHECKED, subjects: [], ruling });
  if (!found) throw new Refusal("NOT_FOUND", "There is no such question");
  return again(() =>
    hub.db.transaction("READ COMMITTED", (db) =>
      check(hub, caller, { db, ruling, input, correctionId: found.correctionId }),
    ),
  );
}

interface Checking {
  readonly db: EntityManager;
  readonly ruling: Ruling;
  readonly input: CheckCorrection;
  readonly correctionId: string;
}

async function check(hub: Hub, caller: Caller, { db, ruling, input, correctionId }: Checking): Promise<IdentityCheck> {
  const { checkId, decision, because } = input;
  const correction = await db.findOneByOrFail(IdentityCorrectionRow, { id: correctionId });
  await holdPeople(db, [correction.fromPersonId, correction.toPersonId]);
  const row = await db.findOneOrFail(IdentityCheckRow, { where: { id: checkId }, lock: { mode: "pessimistic_write" } });
  const state: CheckState = decision === "MOVE" ? "MOVED" : "KEPT";
  if (row.state === state) return row;
  if (row.state !== "WAITING") throw new Refusal("CONFLICT", "Somebody has said meanwhile whose it is");
  const ids = decision === "MOVE" ? await moveCourse(hub, caller, { db, row, correction }) : [row.id];
  const said = { state, checkedBy: caller.actor.id, because, checkedAt: hub.now() };
  await db.update(IdentityCheckRow, { id: In(ids) }, said);
  const subjects = [row.subjectId, correction.fromPersonId, correction.toPersonId];
  await record(hub, caller, { what: CHECKED, subjects, ruling, db });
  return { ...row, ...said };
}

interface Moving {
  readonly db: EntityManager;
  readonly row: IdentityCheckRow;
  readonly correction: IdentityCorrectionRow;
}

/** Gives the other child everything of a course of events. Returns the questions that this answers. Refuses a course that began before
 *  the two were joined: part of it is the first child's. */
async function moveCourse(hub: Hub, caller: Caller, { db, row, correction }: Moving): Promise<string[]> {
  const courseId = row.courseId ?? row.subjectId;
  const [referral, escalation] = await Promise.all([
    db.findOneBy(Referral, { id: courseId }),
    db.findOneBy(Escalation, { id: courseId }),
  ]);
  const steps = await db.find(StatutoryStep, { where: { courseId }, order: { recordedAt: "ASC", id: "ASC" } });
  const obligations = await db.find(Obligation, { where: [{ courseId }, { id: row.subjectId }] });
  const began = [referral?.submittedAt, escalation?.raisedAt, ...steps.map(({ recordedAt }) => recordedAt)];
  if (began.some((at) => at && at < correction.joinedAt))
    throw new Refusal(
      "WRONG_STEP",
      "It belongs to a course of events that began before the two were joined: correct the step, and record it for the other child",
    );
  const childId = [referral, escalation, ...steps, ...obligations].find((each) => each?.childId)?.childId ?? null;
  const to = { childId: await otherOf(db, correction, childId) };
  if (referral) await moveReferral(hub, caller, { db, referral, to });
  if (escalation) await db.update(Escalation, escalation.id, to);
  if (steps.length > 0) await db.update(StatutoryStep, { id: In(steps.map(({ id }) => id)) }, to);
  if (obligations.length > 0) await db.update(Obligation, { id: In(obligations.map(({ id }) => id)) }, to);
  const moved = [courseId, row.subjectId, ...[...steps, ...obligations].map(({ id }) => id)];
  const answered = await db.findBy(IdentityCheckRow, {
    correctionId: row.correctionId,
    subjectId: In(moved),
    state: "WAITING",
  });
  return answered.map(({ id }) => id);
}

/** The other of the two children: what was made under either's id goes to the one it was not made for. */
async function otherOf(db: EntityManager, correction: IdentityCorrectionRow, childId: string | null): Promise<string> {
  const { fromPersonId, toPersonId } = correction;
  const known = await alsoKnownAs(db, [toPersonId]);
  return childId !== null && known.get(toPersonId)?.includes(childId) ? fromPersonId : toPersonId;
}

interface Readdressed {
  readonly db: EntityManager;
  readonly referral: Referral;
  readonly to: { readonly childId: string };
}

async function moveReferral(hub: Hub, { actor }: Caller, { db, referral, to }: Readdressed): Promise<void> {
  await db.update(Referral, referral.id, to);
  await db.insert(ReferralStep, {
    id: hub.newId(),
    referralId: referral.id,
    what: "referral.moved",
    because: "two children had been shown as one; it is about the other",
    by: actor.role ?? actor.kind,
    at: hub.now(),
  });
}
