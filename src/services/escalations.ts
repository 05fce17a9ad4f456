// What both sides do with a professional challenge once it is raised. Each is one act in `changeEscalation`'s frame.

import { byWhen } from "../domain/by-when.ts";
import { actionClock } from "../domain/escalation-clock.ts";
import { stageAfter } from "../domain/escalation.ts";
import { nationalCalendar } from "../domain/calendar.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayAgree, mayAnswer, mayPursue } from "../domain/sharing-escalation.ts";
import type { ActionDone, AgreeAction, AnswerEscalation, MoveEscalationUp } from "../schema/escalation-inputs.ts";
import { type Escalation, EscalationStep } from "../schema/escalation.ts";
import type { Obligation } from "../schema/obligation.ts";
import { changeEscalation } from "./escalation-change.ts";
import { bothOfRaiser, meetReplies, openReply } from "./escalation-reply.ts";
import { climb } from "./escalation-stages.ts";
import { addStep, noteOf, ofReplies, ofStages, raiserBut, stageKey } from "./escalation-steps.ts";
import type { Caller, Hub } from "./hub.ts";
import { alarmsFor, meetObligations, openObligations } from "./obligations.ts";

const idsOf = (clocks: readonly Obligation[]) => clocks.map(({ id }) => id);

/** Refuses an act meant for another stage than the one reached: somebody, or the clock, moved it meanwhile. */
const mustStandAt = (stage: number) => (escalation: Escalation) => {
  if (escalation.stage !== stage)
    throw new Refusal("CONFLICT", `stage: the challenge is at stage ${escalation.stage} now; read it again`);
};

const sameWords = (words: string) => (before: EscalationStep) => before.words === words;

/** Whoever is challenged answers: the clock is on this. An answer also ends what earlier stages, gone by in silence, still owed. From
 *  here a clock runs on what the raising agency decides. */
export function answerEscalation(
  hub: Hub,
  caller: Caller,
  { id, stage, answer }: AnswerEscalation,
): Promise<Escalation> {
  return changeEscalation(hub, caller, {
    id,
    what: "ANSWERED",
    at: stage,
    ruling: (challenge) => mayAnswer(caller.actor, challenge),
    key: () => `answer-${stage}`,
    isAgain: sameWords(answer),
    check: mustStandAt(stage),
    async carryOut({ db, escalation, clocks, key }) {
      const step = await addStep(hub, caller, { db, escalation, key, what: "ANSWERED", words: answer });
      const ids = idsOf([...ofStages(clocks), ...ofReplies(clocks)]);
      await meetObligations(hub, caller, { db, ids, at: step.at, because: `answered at stage ${stage}` });
      const opened = await openReply(hub, caller, { db, escalation, step });
      const by = opened[0] ? ` by ${byWhen(opened[0])}` : "";
      const says = `Your agency's challenge was answered at stage ${stage}: read the answer and decide${by}: agree on what is to be done, resolve it, withdraw it or move it up.`;
      const note = noteOf(escalation, { step, says, to: bothOfRaiser(escalation), obligation: opened[0] });
      return { notes: [note], alarms: alarmsFor(opened) };
    },
  });
}

/** Both sides agreed on something to be done by the end of a day. It stays owed when the challenge is resolved. */
export function agreeAction(
  hub: Hub,
  caller: Caller,
  { id, action, byOn, agencyId }: AgreeAction,
): Promise<Escalation> {
  return changeEscalation(hub, caller, {
    id,
    what: "ACTION_AGREED",
    ruling: (challenge) => mayAgree(caller.actor, challenge),
    key: (escalation) => {
      const { agencyId: owes } = ownerOfAction(escalation, agencyId ?? null);
      return `action-${hub.keyed(`${owes}|${byOn}|${action}`).slice(0, 40)}`;
    },
    isAgain: sameWords(action),
    async carryOut({ db, escalation, clocks, key }) {
      const owner = { ...ownerOfAction(escalation, agencyId ?? null), role: "MANAGER" as const };
      const clock = actionClock(hub.area.disagreement, hub.now(), byOn);
      const step = await addStep(hub, caller, { db, escalation, key, what: "ACTION_AGREED", words: action });
      const owed = {
        clock,
        calendar: nationalCalendar(hub),
        subjectId: step.id,
        childId: escalation.childId,
        courseId: id,
        startedAt: step.at,
        owner,
      };
      const opened = await openObligations(hub, caller, { db, owed: [owed] });
      await db.update(EscalationStep, step.id, { byAt: opened[0]?.dueAt ?? null });
      await meetReplies(hub, caller, { db, clocks, because: "both sides agreed on an action" });
      const says = `An action was agreed on after a professional challenge, by the end of ${byOn}.`;
      const to = [owner, ...raiserBut(caller, escalation)];
      return { notes: [noteOf(escalation, { step, says, to })], alarms: alarmsFor(opened) };
    },
  });
}

/** Whose the action is: the agency challenged, unless they agreed on the other. */
function ownerOfAction({ fromAgencyId, toAgencyId, toTeamId }: Escalation, agencyId: string | null) {
  if (agencyId !== null && agencyId !== fromAgencyId && agencyId !== toAgencyId)
    throw new Refusal("BAD_INPUT", `agencyId: use one of ${fromAgencyId}, ${toAgencyId}`);
  const owes = agencyId ?? toAgencyId;
  return { agencyId: owes, teamId: owes === toAgencyId ? toTeamId : null };
}

/** An agreed action was done; also after the challenge has ended, unless it was withdrawn. Where it goes on and nothing else is owed,
 *  what comes of it is the raising agency's to decide. */
export function actionDone(hub: Hub, caller: Caller, { id, stepId }: ActionDone): Promise<Escalation> {
  return changeEscalation(hub, caller, {
    id,
    what: "ACTION_DONE",
    ruling: (challenge) => mayAgree(caller.actor, challenge),
    key: () => `done-${stepId}`.slice(0, 60),
    isAgain: () => true,
    async carryOut({ db, escalation, clocks, key }) {
      const agreed = await db.existsBy(EscalationStep, { escalationId: id, id: stepId, what: "ACTION_AGREED" });
      if (!agreed) throw new Refusal("NOT_FOUND", "stepId: no such action was agreed on here");
      const step = await addStep(hub, caller, { db, escalation, key, what: "ACTION_DONE" });
      const ids = idsOf(clocks.filter(({ subjectId }) => subjectId === stepId));
      await meetObligations(hub, caller, { db, ids, at: step.at, because: "the agreed action was done" });
      const isLast = escalation.state === "OPEN" && clocks.every((clock) => ids.includes(clock.id));
      const opened = isLast ? await openReply(hub, caller, { db, escalation, step }) : [];
      const says = "An action agreed on after a challenge was done.";
      const to = isLast ? bothOfRaiser(escalation) : raiserBut(caller, escalation);
      return { notes: [noteOf(escalation, { step, says, to, obligation: opened[0] })], alarms: alarmsFor(opened) };
    },
  });
}

/** Whoever raised it takes it to the next stage: the answer does not satisfy, or cannot be waited for. */
export function moveEscalationUp(
  hub: Hub,
  caller: Caller,
  { id, stage, reason }: MoveEscalationUp,
): Promise<Escalation> {
  return changeEscalation(hub, caller, {
    id,
    what: "MOVED_UP",
    ruling: (challenge) => mayPursue(caller.actor, challenge),
    key: () => stageKey(stage + 1),
    // A colleague, or the clock, may have moved it first: it stands where it was to go.
    isAgain: () => true,
    check: mustStandAt(stage),
    carryOut: (work) =>
      climb(hub, caller, {
        ...work,
        to: stageAfter(hub.area.disagreement, stage) ?? stage,
        what: "MOVED_UP",
        words: reason,
      }),
  });
}
