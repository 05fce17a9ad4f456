// What the council did, as rows: one fact of the town gives one row, or a row and what belongs to it.

import type { AgencyRecord, SocialCareFact, Town } from "../town/types.ts";
import { outcome } from "./outcomes.ts";
import type { TableName } from "./schema.ts";
import { flag, midnight, teamId, type Row, type Rows } from "./values.ts";

type Fact<Kind extends SocialCareFact["kind"]> = Extract<SocialCareFact, { kind: Kind }>;
type Written = readonly (readonly [TableName, Row])[];
type Writers = { readonly [Kind in SocialCareFact["kind"]]: (fact: Fact<Kind>, all: Context) => Written };

/** What a fact's row may need beside the fact: the child's other facts, and the team somebody works in. */
interface Context {
  readonly facts: readonly SocialCareFact[];
  readonly teamOf: ReadonlyMap<string, string>;
}

const CONTACT = { NFA: "NFA", ADVICE: "ADVICE", EARLY_HELP: "OTHER_OUTCOMES_EXIST", REFERRAL: "NEW_REFERRAL" };

// One row of the dataset a line, so that a column can be found by eye.
// prettier-ignore
const WRITERS: Writers = {
  contact: (f) => [["ssd_contacts", { cont_contact_id: f.id, cont_person_id: f.localId, cont_contact_date: midnight(f.on), cont_contact_source_code: f.source, cont_contact_outcome_json: outcome("contact", [CONTACT[f.outcome]]) }]],
  earlyHelp: (f) => [["ssd_early_help_episodes", { earl_episode_id: f.id, earl_person_id: f.localId, earl_episode_start_date: midnight(f.from), earl_episode_end_date: midnight(f.until), earl_episode_reason: f.reason, earl_episode_organisation: f.organisation, earl_episode_worker_id: f.professionalId }]],
  referral: (f) => [["ssd_cin_episodes", { cine_referral_id: f.id, cine_person_id: f.localId, cine_referral_date: midnight(f.on), cine_cin_primary_need_code: f.primaryNeed, cine_referral_source_code: f.source, cine_referral_outcome_json: outcome("referral", [f.nfa ? "NFA" : "SINGLE_ASSESSMENT"]), cine_referral_nfa: flag(f.nfa), cine_close_reason: f.closeReason, cine_close_date: midnight(f.closedOn), cine_referral_team: teamId(f.team), cine_referral_worker_id: f.professionalId }]],
  assessment: (f) => [
    ["ssd_cin_assessments", { cina_assessment_id: f.id, cina_person_id: f.localId, cina_referral_id: f.referralId, cina_assessment_start_date: midnight(f.from), cina_assessment_child_seen: flag(f.childSeen), cina_assessment_auth_date: midnight(f.authorisedOn), cina_assessment_outcome_json: outcome("assessment", []), cina_assessment_worker_id: f.professionalId }],
    ["ssd_assessment_factors", { cinf_table_id: `AF-${f.id}`, cinf_assessment_id: f.id, cinf_assessment_factors_json: JSON.stringify(f.factors) }],
  ],
  cinPlan: (f) => [["ssd_cin_plans", { cinp_cin_plan_id: f.id, cinp_referral_id: f.referralId, cinp_person_id: f.localId, cinp_cin_plan_start_date: midnight(f.from), cinp_cin_plan_end_date: midnight(f.until), cinp_cin_plan_worker_id: f.professionalId }]],
  section47: (f) => [["ssd_s47_enquiry", { s47e_s47_enquiry_id: f.id, s47e_referral_id: f.referralId, s47e_person_id: f.localId, s47e_s47_start_date: midnight(f.from), s47e_s47_end_date: midnight(f.until), s47e_s47_nfa: flag(f.outcome === "NFA"), s47e_s47_outcome_json: f.outcome && outcome("section47", [f.outcome]), s47e_s47_completed_by_worker_id: f.professionalId }]],
  conference: (f, { facts }) => [["ssd_initial_cp_conference", { icpc_icpc_id: f.id, icpc_icpc_meeting_id: f.id, icpc_s47_enquiry_id: f.section47Id, icpc_person_id: f.localId, icpc_cp_plan_id: planOf(f, facts), icpc_icpc_transfer_in: "N", icpc_icpc_date: midnight(f.on), icpc_icpc_outcome_cp_flag: flag(f.cpPlan), icpc_icpc_outcome_json: outcome("conference", [f.cpPlan ? "CP" : "PROV_OF_SERVICES"]) }]],
  cpPlan: (f) => [["ssd_cp_plans", { cppl_cp_plan_id: f.id, cppl_referral_id: f.referralId, cppl_icpc_id: f.conferenceId, cppl_person_id: f.localId, cppl_cp_plan_start_date: midnight(f.from), cppl_cp_plan_end_date: midnight(f.until), cppl_cp_plan_ola: flag(f.otherAuthority), cppl_cp_plan_initial_category: f.category, cppl_cp_plan_latest_category: f.category }]],
  cpReview: (f) => [["ssd_cp_reviews", { cppr_cp_review_id: f.id, cppr_person_id: f.localId, cppr_cp_plan_id: f.cpPlanId, cppr_cp_review_due: midnight(f.dueOn), cppr_cp_review_date: midnight(f.heldOn), cppr_cp_review_participation: f.participation }]],
  visit: (f) => [f.plan === "CP"
    ? ["ssd_cp_visits", { cppv_cp_visit_id: f.id, cppv_person_id: f.localId, cppv_cp_plan_id: f.planId, cppv_cp_visit_date: midnight(f.on), cppv_cp_visit_seen: flag(f.seen), cppv_cp_visit_seen_alone: flag(f.seenAlone) }]
    : ["ssd_cin_visits", { cinv_cin_visit_id: f.id, cinv_person_id: f.localId, cinv_cin_visit_date: midnight(f.on), cinv_cin_visit_seen: flag(f.seen), cinv_cin_visit_seen_alone: flag(f.seenAlone) }]],
  legalStatus: (f) => [["ssd_legal_status", { lega_legal_status_id: f.id, lega_person_id: f.localId, lega_legal_status: f.code, lega_legal_status_start_date: midnight(f.from), lega_legal_status_end_date: midnight(f.until) }]],
  careEpisode: (f, { facts }) => [
    ["ssd_cla_episodes", { clae_cla_episode_id: f.id, clae_person_id: f.localId, clae_cla_placement_id: f.placementId, clae_cla_episode_start_date: midnight(f.from), clae_cla_episode_ceased_date: midnight(f.until), clae_referral_id: f.referralId, clae_entered_care_date: midnight(enteredCare(f, facts)) }],
    ["ssd_cla_placement", { clap_cla_placement_id: f.placementId, clap_person_id: f.localId, clap_cla_placement_start_date: midnight(f.from), clap_cla_placement_type: f.placement, clap_cla_placement_provider: f.provider, clap_cla_placement_postcode: f.postcode?.replace(/\s/g, "") ?? null, clap_cla_placement_end_date: midnight(f.until) }],
  ],
  missing: (f) => [["ssd_missing", { miss_table_id: f.id, miss_person_id: f.localId, miss_missing_episode_start_date: midnight(f.from), miss_missing_episode_type: "M", miss_missing_episode_end_date: midnight(f.until), miss_missing_rhi_offered: flag(f.interviewOffered), miss_missing_rhi_accepted: flag(f.interviewAccepted) }]],
  sdq: (f) => [["ssd_sdq_scores", { csdq_table_id: f.id, csdq_person_id: f.localId, csdq_sdq_completed_date: midnight(f.on), csdq_sdq_score: f.score }]],
  disability: (f) => [["ssd_disability", { disa_table_id: f.id, disa_person_id: f.localId, disa_disability_code: f.code }]],
  involvement: (f, { teamOf }) => [["ssd_involvements", { invo_involvements_id: f.id, invo_professional_id: f.professionalId, invo_professional_role_id: f.role, invo_professional_team: teamOf.get(f.professionalId) ?? null, invo_person_id: f.localId, invo_involvement_start_date: midnight(f.from), invo_involvement_end_date: midnight(f.until), invo_referral_id: f.referralId }]],
  linkedIdentifier: (f) => [["ssd_linked_identifiers", { link_table_id: f.id, link_person_id: f.localId, link_identifier_type: f.type, link_identifier_value: f.value }]],
};

/** Rows of every casework table. A placement shared by two episodes is written once, from its first start. */
export function caseworkRows(town: Town, records: readonly AgencyRecord[]): Rows {
  const teamOf = new Map(town.professionals.map(({ id, team }) => [id, teamId(team)]));
  const byPerson = new Map<string, SocialCareFact[]>(records.map(({ localId }) => [localId, []]));
  for (const fact of town.socialCare) byPerson.get(fact.localId)?.push(fact);

  const tables = new Map<TableName, Map<string, Row>>();
  for (const facts of byPerson.values())
    for (const [table, row] of facts.flatMap((fact) => write(fact, { facts, teamOf }))) {
      const rows = tables.get(table) ?? new Map<string, Row>();
      const key = String(Object.values(row)[0]);
      const start = rows.get(key)?.["clap_cla_placement_start_date"];
      rows.set(key, start ? { ...row, clap_cla_placement_start_date: start } : row);
      tables.set(table, rows);
    }
  return Object.fromEntries([...tables].map(([table, rows]) => [table, [...rows.values()]]));
}

/** The fact's kind picks the writer of that kind; TypeScript cannot see that they agree, hence the one cast. */
const write = (fact: SocialCareFact, context: Context): Written =>
  (WRITERS[fact.kind] as (fact: SocialCareFact, context: Context) => Written)(fact, context);

function planOf({ id }: Fact<"conference">, facts: readonly SocialCareFact[]): string | null {
  return facts.find((fact): fact is Fact<"cpPlan"> => fact.kind === "cpPlan" && fact.conferenceId === id)?.id ?? null;
}

/** The day the unbroken run of episodes that leads to this one began. */
function enteredCare(episode: Fact<"careEpisode">, facts: readonly SocialCareFact[]): string {
  const before = facts.find(
    (fact) => fact.kind === "careEpisode" && fact.until === episode.from && fact.from < episode.from,
  );
  return before?.kind === "careEpisode" ? enteredCare(before, facts) : episode.from;
}
