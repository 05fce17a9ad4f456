// The Standard Safeguarding Dataset's tables (script v1.4.5) and the hub's three ssd_ext_* extensions, described once.
// Each line is `column:kind`; a `*` marks an index, `key` the primary key. `ddl.ts` says it in MySQL's and PostgreSQL's words.

/** One table as text: `column:kind column:kind*`. */
type TableText = string;

/** The 31 tables, in the order in which they are created. */
export const TABLES = {
  ssd_person: `pers_person_id:key pers_legacy_id:id pers_upn:s13 pers_forename:s100 pers_surname:s255 pers_sex:s20
    pers_gender:s10 pers_ethnicity:id pers_dob:day pers_single_unique_id:id pers_upn_unknown:s6 pers_send_flag:s5
    pers_expected_dob:day pers_death_date:day pers_is_mother:yn pers_nationality:id`,
  ssd_family: `fami_table_id:key fami_family_id:id* fami_person_id:id*`,
  ssd_address: `addr_table_id:key addr_person_id:id* addr_address_type:id addr_address_start_date:day
    addr_address_end_date:day addr_address_postcode:s15* addr_address_json:json`,
  ssd_disability: `disa_table_id:key disa_person_id:id* disa_disability_code:id`,
  ssd_mother: `moth_table_id:key moth_person_id:id moth_childs_person_id:id moth_childs_dob:day`,
  ssd_immigration_status: `immi_immigration_status_id:key immi_person_id:id immi_immigration_status_start_date:day
    immi_immigration_status_end_date:day immi_immigration_status:s100`,
  ssd_linked_identifiers: `link_table_id:key link_person_id:id* link_identifier_type:s100 link_identifier_value:s100
    link_valid_from_date:day link_valid_to_date:day`,
  ssd_contacts: `cont_contact_id:key cont_person_id:id* cont_contact_date:day cont_contact_source_code:id
    cont_contact_source_desc:s255 cont_contact_outcome_json:json`,
  ssd_early_help_episodes: `earl_episode_id:key earl_person_id:id* earl_episode_start_date:day
    earl_episode_end_date:day earl_episode_reason:text earl_episode_end_reason:text earl_episode_organisation:text
    earl_episode_worker_id:s100`,
  ssd_cin_episodes: `cine_referral_id:key cine_person_id:id* cine_referral_date:day cine_cin_primary_need_code:s3
    cine_referral_source_code:id cine_referral_source_desc:s255 cine_referral_outcome_json:json cine_referral_nfa:yn
    cine_close_reason:s100 cine_close_date:day cine_referral_team:id cine_referral_worker_id:id`,
  ssd_cin_assessments: `cina_assessment_id:key cina_person_id:id* cina_referral_id:id cina_assessment_start_date:day
    cina_assessment_child_seen:yn cina_assessment_auth_date:day cina_assessment_outcome_json:json
    cina_assessment_outcome_nfa:yn cina_assessment_team:id cina_assessment_worker_id:s100`,
  ssd_assessment_factors: `cinf_table_id:key cinf_assessment_id:id* cinf_assessment_factors_json:json`,
  ssd_cin_plans: `cinp_cin_plan_id:key cinp_referral_id:id cinp_person_id:id* cinp_cin_plan_start_date:day
    cinp_cin_plan_end_date:day cinp_cin_plan_team:id cinp_cin_plan_worker_id:s100`,
  ssd_cin_visits: `cinv_cin_visit_id:key cinv_person_id:id* cinv_cin_visit_date:day cinv_cin_visit_seen:yn
    cinv_cin_visit_seen_alone:yn cinv_cin_visit_bedroom:yn`,
  ssd_s47_enquiry: `s47e_s47_enquiry_id:key s47e_referral_id:id s47e_person_id:id* s47e_s47_start_date:day
    s47e_s47_end_date:day s47e_s47_nfa:yn s47e_s47_outcome_json:json s47e_s47_completed_by_team:id
    s47e_s47_completed_by_worker_id:s100`,
  ssd_initial_cp_conference: `icpc_icpc_id:key icpc_icpc_meeting_id:id icpc_s47_enquiry_id:id icpc_person_id:id*
    icpc_cp_plan_id:id icpc_referral_id:id icpc_icpc_transfer_in:yn icpc_icpc_target_date:day icpc_icpc_date:day
    icpc_icpc_outcome_cp_flag:yn icpc_icpc_outcome_json:json icpc_icpc_team:id icpc_icpc_worker_id:s100`,
  ssd_cp_plans: `cppl_cp_plan_id:key cppl_referral_id:id cppl_icpc_id:id cppl_person_id:id*
    cppl_cp_plan_start_date:day cppl_cp_plan_end_date:day cppl_cp_plan_ola:yn cppl_cp_plan_initial_category:s100
    cppl_cp_plan_latest_category:s100`,
  ssd_cp_visits: `cppv_cp_visit_id:key cppv_person_id:id* cppv_cp_plan_id:id cppv_cp_visit_date:day
    cppv_cp_visit_seen:yn cppv_cp_visit_seen_alone:yn cppv_cp_visit_bedroom:yn`,
  ssd_cp_reviews: `cppr_cp_review_id:key cppr_person_id:id* cppr_cp_plan_id:id cppr_cp_review_due:day
    cppr_cp_review_date:day cppr_cp_review_meeting_id:id cppr_cp_review_outcome_continue_cp:yn
    cppr_cp_review_quorate:s100 cppr_cp_review_participation:s100`,
  ssd_legal_status: `lega_legal_status_id:key lega_person_id:id* lega_legal_status:s100
    lega_legal_status_start_date:day lega_legal_status_end_date:day`,
  ssd_cla_episodes: `clae_cla_episode_id:key clae_person_id:id* clae_cla_placement_id:id
    clae_cla_episode_start_date:day clae_cla_episode_start_reason:s100 clae_cla_primary_need_code:s3
    clae_cla_episode_ceased_date:day clae_cla_episode_ceased_reason:s255 clae_cla_id:id clae_referral_id:id
    clae_cla_last_iro_contact_date:day clae_entered_care_date:day`,
  ssd_cla_placement: `clap_cla_placement_id:key clap_cla_id:id clap_person_id:id* clap_cla_placement_start_date:day
    clap_cla_placement_type:s100 clap_cla_placement_urn:id clap_cla_placement_distance:float
    clap_cla_placement_provider:id clap_cla_placement_postcode:s8 clap_cla_placement_end_date:day
    clap_cla_placement_change_reason:s100`,
  ssd_missing: `miss_table_id:key miss_person_id:id* miss_missing_episode_start_date:day
    miss_missing_episode_type:s100 miss_missing_episode_end_date:day miss_missing_rhi_offered:s2
    miss_missing_rhi_accepted:s2`,
  ssd_sdq_scores: `csdq_table_id:key csdq_person_id:id* csdq_sdq_completed_date:day csdq_sdq_score:int
    csdq_sdq_reason:s100`,
  ssd_involvements: `invo_involvements_id:key invo_professional_id:id invo_professional_role_id:s200
    invo_professional_team:id invo_person_id:id* invo_involvement_start_date:day invo_involvement_end_date:day
    invo_worker_change_reason:s200 invo_referral_id:id`,
  ssd_professionals: `prof_professional_id:key prof_staff_id:id prof_professional_name:s300
    prof_social_worker_registration_no:id prof_agency_worker_flag:yn prof_professional_job_title:s500
    prof_professional_caseload:int prof_professional_department:s100 prof_full_time_equivalency:float`,
  ssd_department: `dept_team_id:key dept_team_name:s255 dept_team_parent_id:id dept_team_parent_name:s255`,
  ssd_api_data_staging: `id:seq person_id:id* previous_json_payload:json json_payload:json
    partial_json_payload:json row_state:s10 last_updated:day submission_status:s50 api_response:text
    submission_timestamp:day`,
  ssd_ext_person_relation: `rel_id:key rel_person_id:id* rel_related_person_id:id* rel_type_code:s32
    rel_parental_responsibility:yn rel_main_carer:yn rel_start_date:day rel_end_date:day rel_notes:s1000 updated_at:at`,
  ssd_ext_restriction: `rst_person_id:key rst_restricted:yn rst_reason:s255 updated_at:at`,
  ssd_ext_change_log: `seq:seq table_name:s64 row_pk:s100 person_id:id* op:yn changed_at:at`,
} satisfies Record<string, TableText>;

export type TableName = keyof typeof TABLES;

export interface Column {
  readonly name: string;
  readonly kind: string;
  readonly indexed: boolean;
}

/** The columns of a table, in order. */
export function columnsOf(table: TableName): Column[] {
  return TABLES[table].split(/\s+/).map((text) => {
    const [name = "", kind = ""] = text.split(":");
    return { name, kind: kind.replace("*", ""), indexed: kind.endsWith("*") };
  });
}

/** The column that holds a table's primary key. */
export const keyOf = (table: TableName): string => columnsOf(table)[0]?.name ?? "";

/** Whether this is one of the dataset's tables; guards what the control plane may touch. */
export const isTable = (name: unknown): name is TableName => typeof name === "string" && Object.hasOwn(TABLES, name);

/** The column that says whom a row is about; null for staff, teams and assessment factors. */
export const personColumnOf = (table: TableName): string | null =>
  columnsOf(table).find(({ name }) => /^(?!moth_person|rel_related)(\w+_)?person_id$/.test(name))?.name ??
  (table === "ssd_mother" ? "moth_childs_person_id" : null);
