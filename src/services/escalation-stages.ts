// Stages of an escalation: what opens one, and what happens when nobody answers in its time.

import type { EntityManager } from "typeorm";
import { byWhen } from "../domain/by-when.ts";
import { nationalCalendar } from "../domain/calendar.ts";
import { stageAfter, stageOf } from "../domain/escalation.ts";
import { stageClock } from "../domain/escalation-clock.ts";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import type { Obligation } from "../schema/obligation.ts";
import { record } from "./audit.ts";
import { meetReplies } from "./escalation-reply.ts";
import {
  addStep,
  type Aftermath,
  answererAt,
  type Held,
  noteOf,
  ofStages,
  raiserBut,
  stageKey,
  stillInTime,
  thePartnerships,
} from "./escalation-steps.ts";
import type { Caller, ClockAlarm, Hub } from "./hub.ts";
import { alarmsFor, cancelObligations, openObligations } from "./obligations.ts";
import type { Note } from "./telling.ts";

type Opening = Held &
  Pick<EscalationStep, "words"> & {
    readonly what: "RAISED" | "MOVED_UP" | "RISK_DECLARED";
    readonly wanted?: string;
  };

/** Opens the stage that `escalation` now stands at: the step that opened it, the clock on its answer, who is told. Once for each
 *  stage, by the step's key. */
export async function openStage(hub: Hub, caller: Caller, { db, escalation, ...opening }: Opening): Promise<Aftermath> {
  const { area } = hub;
  const { stage, immediateRisk, childId } = escalation;
  const step = await addStep(hub, caller, { db, escalation, key: stageKey(stage), ...opening });
  const [obligation] = await openObligations(hub, caller, {
    db,
    owed: [
      {
        clock: stageClock(area.disagreement, stage, immediateRisk),
        // No office's closure holds up an answer about a child.
        calendar: nationalCalendar(hub),
        subjectId: step.id,
        childId,
        courseId: escalation.id,
        startedAt: step.at,
        owner: answererAt(hub, escalation),
      },
    ],
  });
  if (!obligation) throw new Error("A stage was opened without its clock");
  const { name, tellsBusinessManager } = stageOf(area.disagreement, stage);
  const risk = immediateRisk ? "Immediate risk. " : "";
  const notes = [
    noteOf(escalation, {
      step,
      says: `${risk}A professional challenge is at stage ${stage} (${name}) and awaits an answer by ${byWhen(obligation)}. Protective action never waits for it.`,
      to: [answererAt(hub, escalation)],
      obligation,
    }),
    noteOf(escalation, {
      step,
      says: `Your challenge is now at stage ${stage} (${name}).`,
      to: raiserBut(caller, escalation),
    }),
    ...(tellsBusinessManager ? await tellBusinessManager(hub, caller, { db, escalation }) : []),
  ];
  return { notes, alarms: alarmsFor([obligation]) };
}

/** Takes it up to a stage. The clock on an answer that is no longer waited for is cancelled; one that ran out stays late. What was
 *  owed to an answer is decided by going on. */
export async function climb(
  hub: Hub,
  caller: Caller,
  { clocks, to, ...opening }: Opening & { readonly clocks: readonly Obligation[]; readonly to: number },
): Promise<Aftermath> {
  const { db, escalation } = opening;
  const ids = stillInTime(hub, ofStages(clocks)).map(({ id }) => id);
  const because = `the challenge went on to stage ${to}`;
  await cancelObligations(hub, caller, { db, ids, because });
  await meetReplies(hub, caller, { db, clocks, because });
  await db.update(Escalation, escalation.id, { stage: to });
  return openStage(hub, caller, { ...opening, escalation: { ...escalation, stage: to } });
}

/** Tells the partnership's business manager of the stage reached, once for each. */
async function tellBusinessManager(hub: Hub, caller: Caller, { db, escalation }: Held): Promise<Note[]> {
  const { id: escalationId, stage } = escalation;
  const key = `business-manager-${stage}`;
  if (await db.existsBy(EscalationStep, { escalationId, key })) return [];
  const step = await addStep(hub, caller, { db, escalation, key, what: "BUSINESS_MANAGER_TOLD" });
  const { name } = stageOf(hub.area.disagreement, stage);
  const says = `A professional challenge between agencies has reached stage ${stage} (${name}).`;
  return [noteOf(escalation, { step, says, to: [thePartnerships(hub, escalation, "BUSINESS_MANAGER")] })];
}

/** The clock on a stage's answer ran out: the next stage opens by itself. At the last there is none, so the chair and the business
 *  manager are told. Nothing where it has ended or moved meanwhile. Call it in the transaction that marks the clock late, READ
 *  COMMITTED; tell the notes there, and wake the alarms after it. */
export async function stageWentLate(
  hub: Hub,
  caller: Caller,
  { db, obligation }: { readonly db: EntityManager; readonly obligation: Pick<Obligation, "subjectId"> },
): Promise<{ notes: Note[]; alarms: ClockAlarm[] }> {
  const opener = await db.findOneBy(EscalationStep, { id: obligation.subjectId });
  const found =
    opener &&
    (await db.findOne(Escalation, { where: { id: opener.escalationId }, lock: { mode: "pessimistic_write" } }));
  if (!found || found.state !== "OPEN" || found.stage !== opener.stage) return { notes: [], alarms: [] };
  const to = stageAfter(hub.area.disagreement, found.stage);
  const held = { db, escalation: found };
  const { notes, alarms } = await (to === null
    ? lastStageSilent(hub, caller, { ...held, opener })
    : moveUpBySilence(hub, caller, { ...held, to }));
  return { notes: [...notes], alarms: [...alarms] };
}

async function moveUpBySilence(hub: Hub, caller: Caller, { db, escalation, to }: Held & { readonly to: number }) {
  const ruling = { allowed: true, rule: "stage-unanswered", because: "nobody answered within the stage's time" };
  await record(hub, caller, { what: "escalation.moved-up", subjects: [escalation.id], ruling, db });
  const words = "Nobody answered within the stage's time: the next opened by itself.";
  return climb(hub, caller, { db, escalation, clocks: [], to, what: "MOVED_UP", words });
}

async function lastStageSilent(
  hub: Hub,
  caller: Caller,
  { db, escalation, opener }: Held & { opener: EscalationStep },
): Promise<Aftermath> {
  const told = await tellBusinessManager(hub, caller, { db, escalation });
  const says = `A professional challenge went unanswered at its last stage (${escalation.stage}): it needs a decision of the partnership's.`;
  const to = [thePartnerships(hub, escalation, "CHAIR"), thePartnerships(hub, escalation, "BUSINESS_MANAGER")];
  const silence = { ...noteOf(escalation, { step: opener, says, to }), key: `${opener.id} silent`, urgent: true };
  return { notes: [...told, silence], alarms: [] };
}
