// Immediate risk declared in a challenge: it goes up at once, and nothing that protects the child waits for it.

import { stageAtRisk } from "../domain/escalation.ts";
import { mayDeclareRisk } from "../domain/sharing-escalation.ts";
import type { EscalationReason } from "../schema/escalation-inputs.ts";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { Obligation } from "../schema/obligation.ts";
import { changeEscalation } from "./escalation-change.ts";
import { climb } from "./escalation-stages.ts";
import { addStep, answererAt, type Held, noteOf, ofReplies, ofStages, raiserBut } from "./escalation-steps.ts";
import type { Caller, Hub } from "./hub.ts";

/** The child is at immediate risk: the challenge goes at once to the stage for that, from wherever it stands below. Whatever
 *  protects the child has been done before; this waits for nobody and holds nobody up. Declared again in other words, or by another,
 *  it is put on record and told again. */
export function declareImmediateRisk(hub: Hub, caller: Caller, { id, why }: EscalationReason): Promise<Escalation> {
  const ladder = hub.area.disagreement;
  const what = "RISK_DECLARED";
  return changeEscalation(hub, caller, {
    id,
    what,
    ruling: (challenge) => mayDeclareRisk(caller.actor, challenge),
    key: () => riskKey(hub, caller, why),
    isAgain: () => true,
    // The declaration that opened a stage bears that stage's key.
    isDone: async ({ db }) => {
      const said = await db.findBy(EscalationStep, { escalationId: id, what, byActorId: caller.actor.id });
      return said.some(({ words }) => words === why);
    },
    async carryOut(work) {
      const { db, clocks } = work;
      await db.update(Escalation, id, { immediateRisk: true });
      const escalation = { ...work.escalation, immediateRisk: true };
      const to = stageAtRisk(ladder, escalation.stage);
      if (to > escalation.stage) return climb(hub, caller, { ...work, escalation, to, what, words: why });
      return riskWhereItStands(hub, caller, { db, clocks, escalation, why });
    },
  });
}

/** One person's declaration in these words is made once. */
const riskKey = (hub: Hub, { actor }: Caller, why: string) => `risk-${hub.keyed(`${actor.id}|${why}`).slice(0, 40)}`;

/** Declared at or above the stage for it: nothing moves, everybody is told, and its clock is urgent from here. */
async function riskWhereItStands(
  hub: Hub,
  caller: Caller,
  { db, escalation, clocks, why }: Held & { readonly clocks: readonly Obligation[]; readonly why: string },
) {
  const key = riskKey(hub, caller, why);
  const step = await addStep(hub, caller, { db, escalation, key, what: "RISK_DECLARED", words: why });
  for (const { id } of [...ofStages(clocks), ...ofReplies(clocks)]) await db.update(Obligation, id, { urgent: true });
  const says = `Immediate risk was declared in a professional challenge at stage ${escalation.stage}. Protective action never waits for it.`;
  const to = [answererAt(hub, escalation), ...raiserBut(caller, escalation)];
  return { notes: [noteOf(escalation, { step, says, to })], alarms: [] };
}
