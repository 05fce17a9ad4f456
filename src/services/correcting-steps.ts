// A step that was recorded by mistake. It stays on record, marked as one; what it met is owed again, what it started is not. Whoever
// recorded it and whoever owes what changes are told.

import { type EntityManager, In, IsNull } from "typeorm";
import { dayInEngland } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayCorrectStep } from "../domain/sharing-clocks.ts";
import { Obligation } from "../schema/obligation.ts";
import { type CorrectStep, StatutoryStep, type StepCorrected } from "../schema/statutory-step.ts";
import { withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import type { Caller, Hub } from "./hub.ts";
import { readable } from "./obligation-reads.ts";
import { alarmsFor, cancelObligations, reopenObligations } from "./obligations.ts";
import { holdCourse } from "./taking-steps.ts";
import { type Note, tell } from "./telling.ts";

const NOBODYS = { kind: "REFERRAL_DECIDED", agencyId: "", byActorId: "" } as const;

/** Says that a step was recorded by mistake; said again in the same words, it is said once. Refuses one that another step follows:
 *  correct that first. */
export async function correctStep(hub: Hub, caller: Caller, input: CorrectStep): Promise<StepCorrected> {
  const { stepId, because } = input;
  const named = isUuid(stepId) ? await hub.db.manager.findOneBy(StatutoryStep, { id: stepId }) : null;
  const { found, access } = await withAccess(hub, caller, named);
  const startedFixed = found !== null && (await hasStartedFixed(hub, found));
  const ruling = mayCorrectStep(caller.actor, { ...(found ?? NOBODYS), access, startedFixed });
  const act = { what: "step.corrected", subjects: found ? [found.childId ?? found.id] : [], ruling };
  await permitOrRecord(hub, caller, act);
  if (!found) throw new Refusal("NOT_FOUND", "There is no such step");
  const done = await hub.db.transaction("READ COMMITTED", async (db) => {
    await holdCourse(db, found);
    const step = await db.findOneByOrFail(StatutoryStep, { id: stepId });
    const started = await db.findBy(Obligation, { subjectId: stepId });
    if (step.correctedAt) {
      if (step.correctedBecause !== because || step.correctedByActorId !== caller.actor.id)
        throw new Refusal("CONFLICT", "It was said to be a mistake already");
      return { step, reopened: [], ended: started, tellAt: [] };
    }
    if (await db.existsBy(StatutoryStep, { followsId: stepId, correctedAt: IsNull() }))
      throw new Refusal("WRONG_STEP", "Another step follows it: correct that one first");
    const marked = { correctedAt: hub.now(), correctedBecause: because, correctedByActorId: caller.actor.id };
    await db.update(StatutoryStep, stepId, marked);
    await record(hub, caller, { ...act, db });
    const mistake = `${found.kind.toLowerCase().replaceAll("_", " ")} on ${dayInEngland(found.happenedAt)} was recorded by mistake`;
    const ended = await cancelObligations(hub, caller, { db, ids: started.map(({ id }) => id), because: mistake });
    const reopened = await reopenObligations(hub, caller, { db, settledById: stepId, because: mistake });
    const tellAt = await tellOf(hub, db, { step, changed: [...ended, ...reopened] });
    const reread = await db.findBy(Obligation, { id: In(ended.map(({ id }) => id)) });
    return { step: { ...step, ...marked }, reopened, ended: reread, tellAt };
  });
  void hub.wake.clocks(alarmsFor(done.reopened));
  void hub.wake.telling(done.tellAt);
  const may = new Set((await readable(hub, caller, [...done.reopened, ...done.ended])).map(({ id }) => id));
  const only = (some: Obligation[]) => some.filter(({ id }) => may.has(id));
  return { step: done.step, reopened: only(done.reopened), ended: only(done.ended) };
}

/** Whether a limit that law fixes hangs on this step. */
async function hasStartedFixed(hub: Hub, { id }: StatutoryStep): Promise<boolean> {
  const started = await hub.db.manager.findBy(Obligation, { subjectId: id });
  const rules = [...hub.national.clocks, ...hub.area.clocks];
  return started.some(({ rule }) => rules.some((each) => each.rule === rule && each.fixed));
}

/** Nobody's clock stops or starts again behind their back. */
function tellOf(
  hub: Hub,
  db: EntityManager,
  { step, changed }: { readonly step: StatutoryStep; readonly changed: readonly Obligation[] },
): Promise<Date[]> {
  const about = (obligation: Obligation, to: Note["to"], key: string): Note => ({
    key: `${obligation.id} ${key} ${step.id}`,
    kind: "CHANGE_DECIDED",
    says: `A step was recorded by mistake, and a clock has changed: ${obligation.owes}.`,
    urgent: obligation.urgent,
    to,
    obligationId: obligation.id,
  });
  const notes = changed.map((obligation) => {
    const { agencyId, teamId, ownerRole: role } = obligation;
    return about(obligation, [{ agencyId, teamId, role }, { actorId: step.byActorId }], "corrected");
  });
  return notes.length > 0 ? tell(hub, { db, notes }) : Promise.resolve([]);
}
