// How a professional challenge ends: resolved, withdrawn, or with the partnership saying that it could not be.

import { mayEndUnresolved, mayPursue } from "../domain/sharing-escalation.ts";
import type { EscalationReason, ResolveEscalation } from "../schema/escalation-inputs.ts";
import { type Escalation, EscalationStep } from "../schema/escalation.ts";
import { changeEscalation, type EscalationAct } from "./escalation-change.ts";
import { meetReplies } from "./escalation-reply.ts";
import {
  addStep,
  answererAt,
  type Held,
  noteOf,
  ofReplies,
  ofStages,
  raiserBut,
  stillInTime,
  thePartnerships,
} from "./escalation-steps.ts";
import type { Caller, Hub } from "./hub.ts";
import { cancelObligations, meetObligations } from "./obligations.ts";
import type { Obligation } from "../schema/obligation.ts";

/** Both sides agree; the agency that raised it says so. Actions that they agreed on stay owed. */
export const resolveEscalation = (hub: Hub, caller: Caller, { id, outcome, learning }: ResolveEscalation) =>
  end(hub, caller, {
    id,
    what: "RESOLVED",
    words: outcome,
    learning: learning ?? null,
    ruling: (challenge) => mayPursue(caller.actor, challenge),
  });

/** Whoever raised it no longer pursues it. Actions agreed on are no longer owed. */
export const withdrawEscalation = (hub: Hub, caller: Caller, { id, why }: EscalationReason) =>
  end(hub, caller, {
    id,
    what: "WITHDRAWN",
    words: why,
    learning: null,
    ruling: (challenge) => mayPursue(caller.actor, challenge),
  });

/** The last stage brought no agreement. Actions agreed on stay owed. */
export const endUnresolved = (hub: Hub, caller: Caller, { id, why }: EscalationReason) =>
  end(hub, caller, {
    id,
    what: "UNRESOLVED",
    words: why,
    learning: null,
    ruling: () => mayEndUnresolved(caller.actor),
  });

interface End extends Pick<EscalationAct, "id" | "ruling"> {
  readonly what: "RESOLVED" | "WITHDRAWN" | "UNRESOLVED";
  readonly words: string;
  readonly learning: string | null;
}

const IN_WORDS = { RESOLVED: "resolved", WITHDRAWN: "withdrawn", UNRESOLVED: "ended without agreement" } as const;

function end(hub: Hub, caller: Caller, { id, ruling, ...said }: End): Promise<Escalation> {
  const { what, words } = said;
  return changeEscalation(hub, caller, {
    id,
    what,
    ruling,
    key: () => "ended",
    isAgain: (before) => before.what === what && before.words === words,
    async carryOut({ db, escalation, clocks, key }) {
      const step = await addStep(hub, caller, { db, escalation, key, ...said });
      await stopClocks(hub, caller, { db, escalation, clocks, what });
      const says = `A professional challenge was ${IN_WORDS[what]} at stage ${escalation.stage}.`;
      const to = [
        ...raiserBut(caller, escalation),
        answererAt(hub, escalation),
        ...(await businessManagerIfTold(hub, { db, escalation })),
      ];
      return { notes: [noteOf(escalation, { step, says, to, kind: "ESCALATION_ENDED" })], alarms: [] };
    },
  });
}

/** Nothing is owed to a challenge that has ended, but for what was agreed on: the end is the decision that the raising agency owed.
 *  What ran out before stays on record as late. */
async function stopClocks(
  hub: Hub,
  caller: Caller,
  { db, clocks, what }: Held & Pick<End, "what"> & { readonly clocks: readonly Obligation[] },
): Promise<void> {
  const because = `the challenge was ${IN_WORDS[what]}`;
  await meetReplies(hub, caller, { db, clocks, because });
  const decided = new Set(ofReplies(clocks).map(({ id }) => id));
  const over = what === "WITHDRAWN" ? clocks.filter(({ id }) => !decided.has(id)) : ofStages(clocks);
  const inTime = new Set(stillInTime(hub, over).map(({ id }) => id));
  await cancelObligations(hub, caller, { db, ids: [...inTime], because });
  const late = over.map(({ id }) => id).filter((id) => !inTime.has(id));
  await meetObligations(hub, caller, { db, ids: late, at: hub.now(), because });
}

/** Whoever was told of a stage is told of the end. */
async function businessManagerIfTold(hub: Hub, { db, escalation }: Held) {
  const isTold = await db.existsBy(EscalationStep, { escalationId: escalation.id, what: "BUSINESS_MANAGER_TOLD" });
  return isTold ? [thePartnerships(hub, escalation, "BUSINESS_MANAGER")] : [];
}
