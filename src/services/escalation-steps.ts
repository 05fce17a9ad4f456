// What every act on an escalation shares: its ladder, its steps, its clocks, and whom to tell.

import { type EntityManager, IsNull } from "typeorm";
import type { Access } from "../domain/access.ts";
import { ACTION_RULE, REPLY_RULE } from "../domain/escalation-clock.ts";
import {
  advanceEscalation,
  answererOf,
  isPartnershipPost,
  stageOf,
  type EscalationStepKind,
} from "../domain/escalation.ts";
import type { MessageKind } from "../domain/message.ts";
import type { Owner } from "../domain/post.ts";
import type { Challenged } from "../domain/sharing-escalation.ts";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { Obligation } from "../schema/obligation.ts";
import type { Caller, ClockAlarm, Hub } from "./hub.ts";
import { stillOwed } from "./obligations.ts";
import type { Note } from "./telling.ts";

/** What is to be told and woken once something has happened. */
export interface Aftermath {
  readonly notes: readonly Note[];
  readonly alarms: readonly ClockAlarm[];
}

/** An escalation held by a transaction. */
export interface Held {
  readonly db: EntityManager;
  readonly escalation: Escalation;
}

/** Key of the step that opens a stage: each opens once. */
export const stageKey = (stage: number): string => `stage-${stage}`;

type Said = Pick<EscalationStep, "key" | "what"> &
  Partial<Pick<EscalationStep, "words" | "wanted" | "learning" | "byAt" | "stage">>;

/** Puts a step on record. Its key makes it happen once. */
export async function addStep(
  hub: Hub,
  { actor }: Caller,
  { db, escalation, ...said }: Held & Said,
): Promise<EscalationStep> {
  const step: EscalationStep = {
    id: hub.newId(),
    escalationId: escalation.id,
    stage: escalation.stage,
    words: null,
    wanted: null,
    learning: null,
    byAt: null,
    byActorId: actor.id,
    by: actor.role ?? actor.id,
    agencyId: actor.agencyId,
    at: hub.now(),
    ...said,
  };
  await db.insert(EscalationStep, step);
  return step;
}

/** Those of these clocks that are on answers. */
export const ofStages = (clocks: readonly Obligation[]): Obligation[] =>
  clocks.filter(({ rule }) => rule !== ACTION_RULE && rule !== REPLY_RULE);

/** Those of these clocks that are on what the raising agency makes of an answer. */
export const ofReplies = (clocks: readonly Obligation[]): Obligation[] =>
  clocks.filter(({ rule }) => rule === REPLY_RULE);

/** Those whose time is not over. The others ran out, and that stays on record. */
export const stillInTime = ({ now }: Hub, clocks: readonly Obligation[]): Obligation[] =>
  clocks.filter(({ dueAt }) => now() < dueAt);

/** The state after this step; refuses one that may not follow. */
export const stateAfter = ({ area }: Hub, escalation: Escalation, what: EscalationStepKind) =>
  advanceEscalation(escalation, what, area.disagreement);

const partnershipOf = ({ area }: Hub): string | null =>
  area.agencies.find(({ sector }) => sector === "PARTNERSHIP")?.id ?? null;

/** Who answers at the stage it has reached. */
export const answererAt = (hub: Hub, escalation: Escalation): Owner =>
  answererOf(hub.area.disagreement, escalation, partnershipOf(hub));

/** A post of the partnership's. */
export const thePartnerships = (hub: Hub, { toAgencyId }: Escalation, role: "BUSINESS_MANAGER" | "CHAIR"): Owner => ({
  agencyId: partnershipOf(hub) ?? toAgencyId,
  teamId: null,
  role,
});

/** As the rulings want to know it. */
export function challenged({ area }: Hub, escalation: Escalation, access: Access): Challenged {
  const { answers } = stageOf(area.disagreement, escalation.stage);
  return {
    fromAgencyId: escalation.fromAgencyId,
    toAgencyId: escalation.toAgencyId,
    fromActorId: escalation.fromActorId,
    access,
    isThePartnerships: isPartnershipPost(answers),
    isForAPost: answers !== "PRACTITIONER",
  };
}

interface Saying {
  readonly step: EscalationStep;
  readonly says: string;
  readonly to: Note["to"];
  readonly kind?: MessageKind;
  readonly obligation?: Obligation | undefined;
}

/** A message about an escalation: no name and no detail. Immediate risk makes it urgent. */
export const noteOf = ({ id, immediateRisk }: Escalation, { step, says, to, kind, obligation }: Saying): Note => ({
  key: step.id,
  kind: kind ?? "ESCALATION_STAGE",
  says,
  urgent: immediateRisk || (obligation?.urgent ?? false),
  to,
  escalationId: id,
  ...(obligation && { obligationId: obligation.id }),
});

/** Whoever raised it, unless they act themselves. */
export const raiserBut = ({ actor }: Caller, { fromActorId: actorId }: Escalation): Note["to"] =>
  actor.id === actorId ? [] : [{ actorId }];

/** The escalation's clocks that are still owed, those on actions among them, held until the transaction ends. Every act holds them
 *  before it holds the escalation: that is the order in which the clock's own work holds them. */
export async function holdClocks(db: EntityManager, escalationId: string): Promise<Obligation[]> {
  const clocks = await db.find(Obligation, {
    select: { id: true },
    where: { courseId: escalationId, metAt: IsNull() },
  });
  const ids = clocks.map(({ id }) => id);
  return stillOwed(db, ids);
}
