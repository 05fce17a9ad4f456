// The dataset's tables about child protection: enquiries, conferences, plans, their reviews and visits.

import { table } from "./table.ts";

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

export const PROTECTION_TABLES = [SECTION_47, CONFERENCE, CP_PLAN, CP_VISIT, CP_REVIEW] as const;
