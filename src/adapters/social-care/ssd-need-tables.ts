// The dataset's tables about what brought a child to the council, early help and children in need.

import { table } from "./table.ts";

export const CONTACT = table("ssd_contacts", {
  id: "cont_contact_id",
  personId: "cont_person_id",
  on: "cont_contact_date",
  source: "cont_contact_source_code",
  outcome: "cont_contact_outcome_json",
});

export const EARLY_HELP = table("ssd_early_help_episodes", {
  id: "earl_episode_id",
  personId: "earl_person_id",
  from: "earl_episode_start_date",
  until: "earl_episode_end_date",
  reason: "earl_episode_reason",
  organisation: "earl_episode_organisation",
  workerId: "earl_episode_worker_id",
});

/** A referral and the episode of need it opened are one row of the dataset. */
export const CIN_EPISODE = table("ssd_cin_episodes", {
  id: "cine_referral_id",
  personId: "cine_person_id",
  on: "cine_referral_date",
  need: "cine_cin_primary_need_code",
  source: "cine_referral_source_code",
  outcome: "cine_referral_outcome_json",
  noFurtherAction: "cine_referral_nfa",
  until: "cine_close_date",
});

export const ASSESSMENT = table("ssd_cin_assessments", {
  id: "cina_assessment_id",
  personId: "cina_person_id",
  from: "cina_assessment_start_date",
  seen: "cina_assessment_child_seen",
  authorisedOn: "cina_assessment_auth_date",
});

export const ASSESSMENT_FACTORS = table("ssd_assessment_factors", {
  id: "cinf_table_id",
  assessmentId: "cinf_assessment_id",
  factors: "cinf_assessment_factors_json",
});

export const CIN_PLAN = table("ssd_cin_plans", {
  id: "cinp_cin_plan_id",
  personId: "cinp_person_id",
  from: "cinp_cin_plan_start_date",
  until: "cinp_cin_plan_end_date",
});

export const CIN_VISIT = table("ssd_cin_visits", {
  id: "cinv_cin_visit_id",
  personId: "cinv_person_id",
  on: "cinv_cin_visit_date",
  seen: "cinv_cin_visit_seen",
  seenAlone: "cinv_cin_visit_seen_alone",
});

export const NEED_TABLES = [
  CONTACT,
  EARLY_HELP,
  CIN_EPISODE,
  ASSESSMENT,
  ASSESSMENT_FACTORS,
  CIN_PLAN,
  CIN_VISIT,
] as const;
