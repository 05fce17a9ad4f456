// Which clocks a step starts, meets and ends, after the policy files.

import type { ClockRule, EndedBy, StartedBy } from "./clock-rule.ts";
import type { StepKind, StepOutcome } from "./statutory-step.ts";

/** A step as clocks look at it. */
export interface StepTaken {
  readonly kind: StepKind;
  readonly outcome: StepOutcome | null;
  /** Rules of the clocks that it met. */
  readonly met: readonly string[];
}

type Came = Pick<StepTaken, "kind" | "outcome">;

const cameTo = ({ step, outcomes }: EndedBy, { kind, outcome }: Came): boolean =>
  step === kind && (!outcomes || (outcome !== null && outcomes.includes(outcome)));

function fits(start: StartedBy, taken: StepTaken): boolean {
  const { whenItMet } = start;
  if (!cameTo(start, taken)) return false;
  return (
    !whenItMet ||
    (taken.met.length === 0 ? whenItMet.includes("none") : taken.met.some((rule) => whenItMet.includes(rule)))
  );
}

/** How a step starts this clock; null where it does not. */
export const startOf = ({ startedBy = [] }: ClockRule, taken: StepTaken): StartedBy | null =>
  startedBy.find((start) => fits(start, taken)) ?? null;

/** Rules whose clocks this kind of step meets. */
export const metBy = (rules: readonly ClockRule[], kind: StepKind): string[] =>
  rules.flatMap(({ rule, metBy: steps }) => (steps?.includes(kind) ? [rule] : []));

/** Rules whose clocks are no longer owed after this step. */
export const endedBy = (rules: readonly ClockRule[], came: Came): string[] =>
  rules.flatMap(({ rule, endedBy: ends }) => (ends?.some((end) => cameTo(end, came)) ? [rule] : []));

/** What a step can come to; a kind that is not here has no outcome. */
export const OUTCOMES_OF: Partial<Record<StepKind, readonly StepOutcome[]>> = {
  REFERRAL_DECIDED: ["NO_FURTHER_ACTION", "EARLY_HELP", "ASSESSMENT", "SECTION_47_ENQUIRY"],
  STRATEGY_DISCUSSION_HELD: ["NO_FURTHER_ACTION", "ASSESSMENT", "SECTION_47_ENQUIRY"],
  INITIAL_CONFERENCE_HELD: ["PLAN_MADE", "NO_PLAN"],
  REVIEW_CONFERENCE_HELD: ["PLAN_CONTINUES", "PLAN_ENDED"],
  SECTION_47_ENQUIRY_ENDED: ["CONFERENCE_NEEDED", "NO_CONFERENCE"],
  EMERGENCY_PROTECTION_ORDER_MADE: ["ON_POLICE_APPLICATION", "ON_OTHER_APPLICATION"],
};

/** Steps that may be about no child: an adult's conduct, an incident, a review. */
export const WITHOUT_CHILD: ReadonlySet<StepKind> = new Set([
  "ALLEGATION_KNOWN",
  "DESIGNATED_OFFICER_TOLD",
  "SERIOUS_INCIDENT_KNOWN",
  "SERIOUS_INCIDENT_NOTIFIED",
  "RAPID_REVIEW_COMPLETED",
  "SAFEGUARDING_REVIEW_DECIDED",
  "SAFEGUARDING_REVIEW_PUBLISHED",
]);
