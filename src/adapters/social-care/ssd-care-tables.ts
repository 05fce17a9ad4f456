// The dataset's tables about looked after and missing children, and about their health.

import { table } from "./table.ts";

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

export const CARE_TABLES = [LEGAL_STATUS, CARE_EPISODE, PLACEMENT, MISSING, SDQ, DISABILITY] as const;
