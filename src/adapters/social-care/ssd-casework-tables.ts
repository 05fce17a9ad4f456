// The dataset's tables about what the council did and decided.

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

export const SECTION_47 = table("ssd_s47_enquiry", {
  id: "s47e_s47_enquiry_id",
  personId: "s47e_person_id",
  from: "s47e_s47_start_date",
  until: "s47e_s47_end_date",
  outcome: "s47e_s47_outcome_json",
});

export const CONFERENCE = table("ssd_initial_cp_conference", {
  id: "icpc_icpc_id",
  personId: "icpc_person_id",
  on: "icpc_icpc_date",
  plan: "icpc_icpc_outcome_cp_flag",
});

export const CP_PLAN = table("ssd_cp_plans", {
  id: "cppl_cp_plan_id",
  personId: "cppl_person_id",
  from: "cppl_cp_plan_start_date",
  until: "cppl_cp_plan_end_date",
  otherAuthority: "cppl_cp_plan_ola",
  initialCategory: "cppl_cp_plan_initial_category",
  latestCategory: "cppl_cp_plan_latest_category",
});

export const CP_VISIT = table("ssd_cp_visits", {
  id: "cppv_cp_visit_id",
  personId: "cppv_person_id",
  on: "cppv_cp_visit_date",
  seen: "cppv_cp_visit_seen",
  seenAlone: "cppv_cp_visit_seen_alone",
});

export const CP_REVIEW = table("ssd_cp_reviews", {
  id: "cppr_cp_review_id",
  personId: "cppr_person_id",
  on: "cppr_cp_review_date",
  participation: "cppr_cp_review_participation",
});

export const LEGAL_STATUS = table("ssd_legal_status", {
  id: "lega_legal_status_id",
  personId: "lega_person_id",
  status: "lega_legal_status",
  from: "lega_legal_status_start_date",
  until: "lega_legal_status_end_date",
});

export const CARE_EPISODE = table("ssd_cla_episodes", {
  id: "clae_cla_episode_id",
  personId: "clae_person_id",
  from: "clae_cla_episode_start_date",
  until: "clae_cla_episode_ceased_date",
  enteredOn: "clae_entered_care_date",
});

export const PLACEMENT = table("ssd_cla_placement", {
  id: "clap_cla_placement_id",
  personId: "clap_person_id",
  from: "clap_cla_placement_start_date",
  type: "clap_cla_placement_type",
});

export const MISSING = table("ssd_missing", {
  id: "miss_table_id",
  personId: "miss_person_id",
  from: "miss_missing_episode_start_date",
  type: "miss_missing_episode_type",
  until: "miss_missing_episode_end_date",
  interviewOffered: "miss_missing_rhi_offered",
  interviewAccepted: "miss_missing_rhi_accepted",
});

export const SDQ = table("ssd_sdq_scores", {
  id: "csdq_table_id",
  personId: "csdq_person_id",
  on: "csdq_sdq_completed_date",
  score: "csdq_sdq_score",
});

export const DISABILITY = table("ssd_disability", {
  id: "disa_table_id",
  personId: "disa_person_id",
  code: "disa_disability_code",
});

export const CASEWORK_TABLES = [
  CONTACT,
  EARLY_HELP,
  CIN_EPISODE,
  ASSESSMENT,
  ASSESSMENT_FACTORS,
  CIN_PLAN,
  CIN_VISIT,
  SECTION_47,
  CONFERENCE,
  CP_PLAN,
  CP_VISIT,
  CP_REVIEW,
  LEGAL_STATUS,
  CARE_EPISODE,
  PLACEMENT,
  MISSING,
  SDQ,
  DISABILITY,
] as const;
