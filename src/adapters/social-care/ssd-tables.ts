// The dataset's tables about people, those around them and those who work with them. Read-only: nothing here is ever migrated.

import { table, type RowIn } from "./table.ts";

/** The same column has two names: one in the dataset's scripts, one in its specification. */
export const CHILD_ID_COLUMNS = ["pers_single_unique_id", "pers_common_child_id"] as const;
export type ChildIdColumn = (typeof CHILD_ID_COLUMNS)[number];

/** People, in a replica whose NHS number stands in this column. */
export const makePersonTable = (nhsNumber: ChildIdColumn) =>
  table("ssd_person", {
    personId: "pers_person_id",
    legacyId: "pers_legacy_id",
    upn: "pers_upn",
    forename: "pers_forename",
    surname: "pers_surname",
    sex: "pers_sex",
    gender: "pers_gender",
    ethnicity: "pers_ethnicity",
    bornOn: "pers_dob",
    nhsNumber,
    expectedOn: "pers_expected_dob",
    diedOn: "pers_death_date",
  });

export type PersonTable = ReturnType<typeof makePersonTable>;
export type Person = RowIn<PersonTable>;

export const FAMILY = table("ssd_family", {
  id: "fami_table_id",
  familyId: "fami_family_id",
  personId: "fami_person_id",
});

export const ADDRESS = table("ssd_address", {
  id: "addr_table_id",
  personId: "addr_person_id",
  type: "addr_address_type",
  from: "addr_address_start_date",
  until: "addr_address_end_date",
  postcode: "addr_address_postcode",
  json: "addr_address_json",
});

export const MOTHER = table("ssd_mother", {
  id: "moth_table_id",
  motherId: "moth_person_id",
  childId: "moth_childs_person_id",
});

export const LINKED_IDENTIFIER = table("ssd_linked_identifiers", {
  id: "link_table_id",
  personId: "link_person_id",
  type: "link_identifier_type",
  value: "link_identifier_value",
});

export const INVOLVEMENT = table("ssd_involvements", {
  id: "invo_involvements_id",
  professionalId: "invo_professional_id",
  role: "invo_professional_role_id",
  teamId: "invo_professional_team",
  personId: "invo_person_id",
  from: "invo_involvement_start_date",
  until: "invo_involvement_end_date",
});

export const PROFESSIONAL = table("ssd_professionals", {
  id: "prof_professional_id",
  name: "prof_professional_name",
  jobTitle: "prof_professional_job_title",
  department: "prof_professional_department",
});

export const DEPARTMENT = table("ssd_department", { id: "dept_team_id", name: "dept_team_name" });

/** Ours: `related` plays the part `type` in the life of `person`. */
export const RELATION = table("ssd_ext_person_relation", {
  id: "rel_id",
  personId: "rel_person_id",
  relatedId: "rel_related_person_id",
  type: "rel_type_code",
  parentalResponsibility: "rel_parental_responsibility",
  mainCarer: "rel_main_carer",
  from: "rel_start_date",
  until: "rel_end_date",
  updatedAt: "updated_at",
});

/** Ours: whose record is not to be shown. The reason is never read. */
export const RESTRICTION = table("ssd_ext_restriction", { personId: "rst_person_id", restricted: "rst_restricted" });

/** Ours: what the nightly refresh changed. A row without a person marks a finished refresh; the last row's time is the "as of". */
export const CHANGE_LOG = table("ssd_ext_change_log", {
  seq: "seq",
  tableName: "table_name",
  personId: "person_id",
  changedAt: "changed_at",
});

export const PEOPLE_TABLES = [
  FAMILY,
  ADDRESS,
  MOTHER,
  LINKED_IDENTIFIER,
  INVOLVEMENT,
  PROFESSIONAL,
  DEPARTMENT,
  RELATION,
  RESTRICTION,
  CHANGE_LOG,
] as const;
