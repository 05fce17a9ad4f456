// What the hub itself keeps of a child: a referral, its clock and somebody's wish to move it, a challenge, a belief, and the ledger.

import { plainDate } from "../../../src/domain/plain-date.ts";
import { Escalation, EscalationStep } from "../../../src/schema/escalation.ts";
import { Obligation, ObligationChange, ObligationEvent } from "../../../src/schema/obligation.ts";
import { Referral, ReferralStep } from "../../../src/schema/referral.ts";
import { SharingDecision } from "../../../src/schema/sharing-decision.ts";
import type { Hub } from "../../../src/services/hub.ts";
import { ASKERS } from "./actors.ts";
import type { Canaries, Telling } from "./canaries.ts";
import type { KindOfChild } from "./children.ts";

/** Ids of what was made. */
export interface Work {
  readonly referralId: string;
  readonly obligationId: string;
  readonly escalationId: string;
}

const AT = new Date("2026-04-01T09:00:00Z");
const DUE = new Date("2026-04-02T23:00:00Z");
const OTHER = "walker|somebody-else";

interface Wanted {
  readonly canaries: Canaries;
  readonly kind: KindOfChild;
  readonly childId: string;
}

/** The posts by which some of those who ask answer for something of every child. */
export const POSTS = {
  SOCIAL_WORKER: { agencyId: "social-care", teamId: "assessment", role: "PRACTITIONER" },
  CONFERENCE_CHAIR: { agencyId: "social-care", teamId: "conferences", role: "CHAIR" },
  MASH_MANAGER: { agencyId: "social-care", teamId: "early-help", role: "MANAGER" },
  TEACHER: { agencyId: "larch-hill-primary", teamId: null, role: "ESCALATION_LEAD" },
  HEALTH_VISITOR: { agencyId: "community-health", teamId: null, role: "ESCALATION_LEAD" },
  POLICE_OFFICER: { agencyId: "police", teamId: null, role: "ESCALATION_LEAD" },
} as const;

export async function makeWork(hub: Hub, { canaries, kind, childId }: Wanted): Promise<Work> {
  const db = hub.db.manager;
  const word = (tells: Telling) => canaries.word({ child: kind, tells });
  const refer = async (fromAgencyId: string, fromActorId: string, concern: string) => {
    const id = hub.newId();
    await db.insert(Referral, {
      id,
      key: id,
      childId,
      fromAgencyId,
      fromActorId,
      status: "SUBMITTED",
      concern,
      level: "level-3",
      immediateDanger: false,
      submittedAt: AT,
      teamId: null,
    });
    return id;
  };
  const owe = async (subjectId: string, rule: string, owner: Pick<Obligation, "agencyId" | "teamId" | "ownerRole">) => {
    const id = hub.newId();
    await db.insert(Obligation, {
      ...owner,
      id,
      subjectId,
      childId,
      courseId: subjectId,
      rule,
      owes: "something happens",
      state: "OPEN",
      urgent: false,
      startedAt: AT,
      dueOn: plainDate("2026-04-02"),
      dueAt: DUE,
      explanation: "made for the walker",
      metAt: null,
      settledById: null,
      pausedAt: null,
      nextAct: null,
      nextNumber: 0,
      nextAt: null,
      schedule: null,
      version: 0,
    });
    return id;
  };
  const referralId = await refer("education", OTHER, word("CONCERN"));
  await db.insert(ReferralStep, {
    id: hub.newId(),
    referralId,
    what: "referral.submitted",
    because: word("CONCERN"),
    by: "TEACHER",
    at: AT,
  });
  const obligationId = await owe(referralId, "referral-decision", {
    agencyId: "social-care",
    teamId: "mash",
    ownerRole: "MANAGER",
  });
  await db.insert(ObligationEvent, {
    id: hub.newId(),
    obligationId,
    key: "paused-1-v0",
    what: "PAUSED",
    because: word("CLOCK"),
    byActorId: OTHER,
    by: "MASH_MANAGER",
    dueAt: DUE,
    at: AT,
  });
  await db.insert(ObligationChange, {
    id: hub.newId(),
    key: hub.newId(),
    obligationId,
    kind: "EXTEND",
    reason: word("WISH"),
    untilOn: plainDate("2026-04-20"),
    state: "REQUESTED",
    requestedByActorId: OTHER,
    requestedBy: "SOCIAL_WORKER",
    requestedAt: AT,
    decidedByActorId: null,
    decidedBy: null,
    decidedBecause: null,
    decidedAt: null,
  });
  const escalationId = hub.newId();
  await db.insert(Escalation, {
    id: escalationId,
    key: escalationId,
    childId,
    category: "THRESHOLD",
    fromAgencyId: "education",
    fromActorId: OTHER,
    toAgencyId: "health",
    toTeamId: null,
    immediateRisk: false,
    familyTold: false,
    state: "OPEN",
    stage: 1,
    ladderId: hub.area.disagreement.id,
    raisedAt: AT,
    endedAt: null,
  });
  await db.insert(EscalationStep, {
    id: hub.newId(),
    escalationId,
    key: "stage-1",
    what: "RAISED",
    stage: 1,
    words: word("CHALLENGE"),
    wanted: word("CHALLENGE"),
    learning: null,
    byAt: null,
    byActorId: OTHER,
    by: "TEACHER",
    agencyId: "education",
    at: AT,
  });
  await owe(escalationId, "escalation-stage-1", { agencyId: "health", teamId: null, ownerRole: "PRACTITIONER" });
  await db.insert(SharingDecision, {
    id: canaries.plant(hub.newId(), { child: kind, tells: "LEDGER_LINE" }),
    key: hub.newId(),
    childId,
    decided: "SHARED",
    kinds: "IDENTITY",
    what: word("LEDGER_WHAT"),
    toAgencyId: null,
    toWhom: word("LEDGER_TO"),
    fromAgencyId: "education",
    power: "CHILDREN_ACT_1989_S17",
    purpose: "children-act-1989-s17",
    necessity: word("LEDGER_WHY"),
    because: word("LEDGER_WHY"),
    moreDetrimental: false,
    consent: "NOT_NEEDED",
    byActorId: OTHER,
    role: "TEACHER",
    at: AT,
    reviewOn: null,
    correctsId: null,
    subjectId: null,
  });
  for (const { way, role, actor } of ASKERS) {
    if (way === "REFERRED") {
      const own = await refer(actor.agencyId ?? "", actor.id, "worried");
      await owe(own, "referral-decision", {
        agencyId: "partnership",
        teamId: "partnership-office",
        ownerRole: "MANAGER",
      });
    }
    if (way === "ANSWERS") {
      const { role: ownerRole, ...post } = POSTS[role as keyof typeof POSTS];
      await owe(hub.newId(), "walker-visit", { ...post, ownerRole });
    }
  }
  return { referralId, obligationId, escalationId };
}
