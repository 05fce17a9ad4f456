// Professionals challenging each other about a child, stage by stage. Stages and their times are the area's, in its ladder file.

import type { ClockRule, Span } from "./clock-rule.ts";
import type { PlainDate } from "./plain-date.ts";
import type { Owner, PostRole } from "./post.ts";
import { Refusal } from "./refusal.ts";

/** What may be challenged, after Working Together's duty to have a policy and the reasons that areas count by. */
export const CHALLENGE_CATEGORIES = [
  "THRESHOLD",
  "ROLES",
  "ACTION_OR_INACTION",
  "PLAN_DRIFT",
  "INFORMATION_SHARING",
  "STEP_DOWN",
  "CLOSURE",
  "SERVICE_PROVISION",
  "CONFERENCE_DECISION",
  "REVIEWING_OFFICER_CONCERN",
] as const;
export type ChallengeCategory = (typeof CHALLENGE_CATEGORIES)[number];

export const ESCALATION_STATES = ["OPEN", "RESOLVED", "WITHDRAWN", "UNRESOLVED"] as const;
export type EscalationState = (typeof ESCALATION_STATES)[number];

/** A stage of the area's ladder for professional disagreement. */
export interface Stage {
  readonly name: string;
  /** Who of the receiving agency answers here. */
  readonly answers: PostRole;
  /** How long they have; at its end an unanswered challenge opens the next stage by itself. */
  readonly within: Span;
  /** The partnership's business manager is told when it opens. */
  readonly tellsBusinessManager: boolean;
  /** Where its time is laid down; a ladder may draw on several sources. */
  readonly source: string;
  readonly status: ClockRule["status"];
}

/** A category that has a route of its own. */
export interface Excluded {
  readonly category: ChallengeCategory;
  readonly because: string;
  /** The route to take instead. */
  readonly instead: string;
}

/** An area's way of resolving professional disagreement. */
export interface DisagreementLadder {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly guidanceVersion: string;
  readonly effectiveFrom: PlainDate;
  readonly status: ClockRule["status"];
  /** From the bottom; at least one. */
  readonly stages: readonly Stage[];
  /** Where a challenge about immediate risk begins (index of `stages`, from 1). */
  readonly immediateRiskOpensStage: number;
  readonly excludes: readonly Excluded[];
}

/** A rung that an obligation climbs while it is late: who is told, so long after it fell due. */
export interface SilenceRung {
  readonly after: Span;
  readonly tell: PostRole;
}

export const ESCALATION_STEPS = [
  "RAISED",
  "ANSWERED",
  "ACTION_AGREED",
  "ACTION_DONE",
  "MOVED_UP",
  "RISK_DECLARED",
  "BUSINESS_MANAGER_TOLD",
  "RESOLVED",
  "WITHDRAWN",
  "UNRESOLVED",
] as const;
export type EscalationStepKind = (typeof ESCALATION_STEPS)[number];

/** An escalation as far as its rules need to know it. */
export interface Challenge {
  readonly fromAgencyId: string;
  readonly toAgencyId: string;
  /** The team that is challenged, where one was named. */
  readonly toTeamId: string | null;
  readonly stage: number;
  readonly state: EscalationState;
}

/** The stage of this number, from 1. A number above the ladder's end is its last stage: a ladder may have lost stages since. */
export function stageOf({ stages }: DisagreementLadder, stage: number): Stage {
  const found = stages[Math.min(stage, stages.length) - 1];
  if (!found) throw new RangeError("A ladder's stages count from 1");
  return found;
}

/** Where a new challenge begins. */
export const firstStage = (ladder: DisagreementLadder, immediateRisk: boolean): number =>
  immediateRisk ? ladder.immediateRiskOpensStage : 1;

/** The stage above this one; null at the last. */
export const stageAfter = ({ stages }: DisagreementLadder, stage: number): number | null =>
  stage < stages.length ? stage + 1 : null;

/** Where a challenge goes when immediate risk is declared: up to the stage for that, and never down. */
export const stageAtRisk = (ladder: DisagreementLadder, stage: number): number =>
  Math.max(stage, ladder.immediateRiskOpensStage);

/** Refuses what has a route of its own, and names that route. */
export function refuseExcluded({ excludes, name }: DisagreementLadder, category: ChallengeCategory): void {
  const excluded = excludes.find((each) => each.category === category);
  if (excluded)
    throw new Refusal(
      "WRONG_STEP",
      `This has a route of its own, outside ${name}. ${excluded.instead}. ${excluded.because}`,
    );
}

const ENDS: Partial<Record<EscalationStepKind, EscalationState>> = {
  RESOLVED: "RESOLVED",
  WITHDRAWN: "WITHDRAWN",
  UNRESOLVED: "UNRESOLVED",
};

/** What an agreed action still owes outlasts the challenge, unless that was withdrawn and its actions with it. */
const AFTER_THE_END: Readonly<Record<Exclude<EscalationState, "OPEN">, readonly EscalationStepKind[]>> = {
  RESOLVED: ["ACTION_DONE"],
  UNRESOLVED: ["ACTION_DONE"],
  WITHDRAWN: [],
};

/** The state after this step. Refuses one that may not follow: the one place that says so. */
export function advanceEscalation(
  { state, stage }: Pick<Challenge, "state" | "stage">,
  step: EscalationStepKind,
  ladder: DisagreementLadder,
): EscalationState {
  if (state !== "OPEN") {
    if (AFTER_THE_END[state].includes(step)) return state;
    throw new Refusal(
      "WRONG_STEP",
      `This challenge has ended (${state.toLowerCase()}): raise a new one if it is needed`,
    );
  }
  const isLast = stageAfter(ladder, stage) === null;
  if (step === "MOVED_UP" && isLast)
    throw new Refusal(
      "WRONG_STEP",
      "This is the last stage: resolve it, or ask the partnership to end it as unresolved",
    );
  if (step === "UNRESOLVED" && !isLast)
    throw new Refusal("WRONG_STEP", "Only the last stage can end unresolved: move it up first");
  return ENDS[step] ?? "OPEN";
}

/** Posts that are the partnership's, not an agency's. */
export const isPartnershipPost = (role: PostRole): boolean => role === "CHAIR" || role === "BUSINESS_MANAGER";

/** Who answers at the stage it has reached: the post that the ladder names, in the agency challenged (for practitioners and
 *  managers in its team, where one was named), or the partnership's. */
export function answererOf(ladder: DisagreementLadder, challenge: Challenge, partnershipId: string | null): Owner {
  const { answers: role } = stageOf(ladder, challenge.stage);
  const { toAgencyId, toTeamId } = challenge;
  if (isPartnershipPost(role)) return { agencyId: partnershipId ?? toAgencyId, teamId: null, role };
  const ofTheTeam = role === "PRACTITIONER" || role === "MANAGER";
  return { agencyId: toAgencyId, teamId: ofTheTeam ? toTeamId : null, role };
}
