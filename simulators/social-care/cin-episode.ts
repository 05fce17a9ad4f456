import { addWorkingDays } from "../town/days.ts";
import type { Day, SocialCareFact } from "../town/types.ts";
import type { CinEpisode } from "./cin-census-shape.ts";
import { factsOf, type Fact, type Year } from "./cin-facts.ts";

/** Working days from the strategy discussion within which the conference is to be held (Working Together 2023). */
const CONFERENCE_WITHIN = 15;

const CATEGORIES: Readonly<Record<Fact<"cpPlan">["category"], string>> = {
  Neglect: "NEG",
  "Physical abuse": "PHY",
  "Sexual abuse": "SAB",
  "Emotional abuse": "EMO",
};

/** One referral and what followed from it in the year. After a referral without further action nothing may follow. */
export function makeCinEpisode(referral: Fact<"referral">, all: readonly SocialCareFact[], year: Year): CinEpisode {
  const facts = referral.nfa ? [] : all.filter((fact) => belongs(fact, referral, all));
  const inYear = <T extends { until: Day | null }>(spans: readonly T[]): T[] =>
    spans.filter(({ until }) => until === null || until >= year.from);
  const conferences = factsOf(facts, "conference").filter(({ on }) => on >= year.from);
  const enquiries = factsOf(facts, "section47").filter(
    ({ id, from, until }) =>
      from >= year.from || until === null || conferences.some(({ section47Id }) => section47Id === id),
  );
  const plans = inYear(factsOf(facts, "cpPlan")).filter(({ otherAuthority }) => !otherAuthority);
  return {
    CINreferralDate: referral.on,
    ReferralSource: referral.source,
    PrimaryNeedCode: referral.primaryNeed,
    CINclosureDate: referral.closedOn ?? undefined,
    ReasonForClosure: referral.closedOn ? (referral.closeReason ?? "RC7") : undefined,
    DateOfInitialCPC: conferences[0]?.on,
    Assessments: inYear(factsOf(facts, "assessment").map((one) => ({ ...one, until: one.authorisedOn }))).map(
      toAssessment,
    ),
    CINPlanDates: inYear(factsOf(facts, "cinPlan")).map(({ from, until }) => ({
      CINPlanStartDate: from,
      CINPlanEndDate: until ?? undefined,
    })),
    Section47: enquiries.map((one) =>
      toSection47(one, conferences.find(({ section47Id }) => section47Id === one.id) ?? null),
    ),
    ReferralNFA: referral.nfa,
    ChildProtectionPlans: plans.map((plan) => toPlan(plan, all, year)),
    PreProceedingsandFGDM: [],
  };
}

/** A conference belongs to its enquiry's referral; whatever else the census asks for names its own. */
function belongs(fact: SocialCareFact, { id }: Fact<"referral">, all: readonly SocialCareFact[]): boolean {
  if (fact.kind === "conference")
    return factsOf(all, "section47").some((one) => one.id === fact.section47Id && one.referralId === id);
  return "referralId" in fact && fact.referralId === id;
}

function toAssessment(one: Fact<"assessment">): CinEpisode["Assessments"][number] {
  return {
    AssessmentActualStartDate: one.from,
    AssessmentInternalReviewDate: undefined,
    AssessmentAuthorisationDate: one.authorisedOn ?? undefined,
    // What was found is only known once the assessment is done; "21" says that nothing was.
    FactorsIdentifiedAtAssessment: one.authorisedOn
      ? { AssessmentFactors: one.factors.length > 0 ? [...one.factors] : ["21"] }
      : undefined,
  };
}

function toSection47(one: Fact<"section47">, held: Fact<"conference"> | null): CinEpisode["Section47"][number] {
  const notRequired = !held && one.outcome === "NFA";
  return {
    S47ActualStartDate: one.from,
    InitialCPCtarget: notRequired ? undefined : addWorkingDays(one.from, CONFERENCE_WITHIN),
    DateOfInitialCPC: held?.on,
    ICPCnotRequired: notRequired,
  };
}

function toPlan(
  plan: Fact<"cpPlan">,
  all: readonly SocialCareFact[],
  year: Year,
): CinEpisode["ChildProtectionPlans"][number] {
  const before = factsOf(all, "cpPlan").filter(({ from }) => from < plan.from);
  const reviews = factsOf(all, "cpReview").flatMap(({ cpPlanId, heldOn }) =>
    cpPlanId === plan.id && heldOn && heldOn >= year.from ? [heldOn] : [],
  );
  return {
    CPPstartDate: plan.from,
    CPPendDate: plan.until ?? undefined,
    InitialCategoryOfAbuse: CATEGORIES[plan.category],
    LatestCategoryOfAbuse: CATEGORIES[plan.category],
    NumberOfPreviousCPP: before.length,
    Reviews: reviews.length > 0 ? { CPPreviewDate: reviews } : undefined,
  };
}
