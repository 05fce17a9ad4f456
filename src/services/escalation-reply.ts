// What the raising agency owes once it has its answer: a decision, so that an open challenge never rests without a clock.

import { nationalCalendar } from "../domain/calendar.ts";
import { replyClock } from "../domain/escalation-clock.ts";
import type { Escalation, EscalationStep } from "../schema/escalation.ts";
import type { Obligation } from "../schema/obligation.ts";
import { raisersLead } from "./escalation-posts.ts";
import { type Held, ofReplies } from "./escalation-steps.ts";
import type { Caller, Hub } from "./hub.ts";
import { meetObligations, openObligations } from "./obligations.ts";
import type { Note } from "./telling.ts";

/** Starts the clock on the raising agency's decision, at the step that left it to them. */
export function openReply(
  hub: Hub,
  caller: Caller,
  { db, escalation, step }: Held & { readonly step: EscalationStep },
): Promise<Obligation[]> {
  const owed = {
    clock: replyClock(hub.area.disagreement, escalation.immediateRisk),
    calendar: nationalCalendar(hub),
    subjectId: step.id,
    childId: escalation.childId,
    courseId: escalation.id,
    startedAt: step.at,
    owner: raisersLead(escalation),
  };
  return openObligations(hub, caller, { db, owed: [owed] });
}

/** Whoever raised it, as a person, and their agency's lead: the person may have no address, or be away. */
export const bothOfRaiser = (escalation: Escalation): Note["to"] => [
  { actorId: escalation.fromActorId },
  raisersLead(escalation),
];

/** They have decided: what they owed is met. */
export function meetReplies(
  hub: Hub,
  caller: Caller,
  { clocks, ...met }: Pick<Held, "db"> & { readonly clocks: readonly Obligation[]; readonly because: string },
): Promise<Obligation[]> {
  const ids = ofReplies(clocks).map(({ id }) => id);
  return meetObligations(hub, caller, { ...met, ids, at: hub.now() });
}
