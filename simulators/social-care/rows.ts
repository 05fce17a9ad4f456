// The council's part of the town as rows of the dataset, with the blemishes its real extracts have.

import type { AgencyRecord, RecordedTie, Town } from "../town/types.ts";
import { caseworkRows } from "./casework-rows.ts";
import { flag, midnight, teamId, utc, type Row, type Rows } from "./values.ts";

/** Every row the council's replica starts with. */
export function rowsOf(town: Town): Rows {
  const records = town.records.filter(({ agency }) => agency === "socialCare");
  const ties = town.recordedTies.filter(({ agency }) => agency === "socialCare");
  return {
    ...caseworkRows(town, records),
    ssd_person: [...records.map(personRow(ties)), { pers_person_id: "-1", pers_surname: "UNKNOWN" }],
    ssd_family: familyRows(records, ties),
    ssd_address: records.flatMap(addressRows),
    ssd_mother: ties.filter(({ role }) => role === "MOTHER").flatMap(motherRow(records)),
    ssd_ext_person_relation: ties.flatMap(relationRow(town.settings.until)),
    ssd_ext_restriction: records
      .filter(({ restricted }) => restricted)
      .map(({ localId, updatedAt }) => ({
        rst_person_id: localId,
        rst_restricted: "Y",
        rst_reason: "Address and contact details are not to be shared",
        updated_at: utc(updatedAt),
      })),
    ...staffRows(town),
  };
}

const personRow =
  (ties: readonly RecordedTie[]) =>
  (record: AgencyRecord, index: number): Row => ({
    pers_person_id: record.localId,
    pers_upn: record.upn,
    pers_forename: record.forenames.join(" ") || null,
    pers_surname: record.surname,
    pers_sex: sexWritten(record.sex, index),
    pers_gender: record.sex === null ? "00" : record.sex === "M" ? "01" : "02",
    // The slip CNHE for CHNE is in real extract scripts, so it is in every other row here.
    pers_ethnicity: record.ethnicity === "CHNE" && index % 2 === 1 ? "CNHE" : record.ethnicity,
    pers_dob: midnight(record.bornOn),
    pers_single_unique_id: record.nhsNumber,
    pers_expected_dob: midnight(record.expectedOn),
    pers_death_date: midnight(record.diedOn),
    pers_is_mother: flag(ties.some(({ role, otherLocalId }) => role === "MOTHER" && otherLocalId === record.localId)),
  });

/** Two generations of codes live side by side: `M`/`F`, and `1`/`2` in every third record. */
function sexWritten(sex: AgencyRecord["sex"], index: number): string {
  if (sex === null) return "U";
  if (index % 3 === 2) return sex === "M" ? "1" : "2";
  return sex;
}

function addressRows({ localId, address, formerAddress, updatedAt }: AgencyRecord): Row[] {
  const moved = updatedAt.slice(0, 10);
  const row = (home: NonNullable<AgencyRecord["address"]>, former: boolean): Row => ({
    addr_table_id: `A-${localId}-${former ? 0 : 1}`,
    addr_person_id: localId,
    addr_address_type: "Home",
    addr_address_start_date: former || !formerAddress ? null : midnight(moved),
    addr_address_end_date: former ? midnight(moved) : null,
    addr_address_postcode: home.postcode.replace(/\s/g, ""),
    addr_address_json: JSON.stringify({
      ROOM: "",
      FLOOR: "",
      FLAT: "",
      BUILDING: "",
      HOUSE: home.house,
      STREET: home.street,
      TOWN: home.town,
      UPRN: home.uprn,
      EASTING: "",
      NORTHING: "",
    }),
  });
  return [...(formerAddress ? [row(formerAddress, true)] : []), ...(address ? [row(address, false)] : [])];
}

/** Ties that do not make one family of two people: what is over, and carers the council found. */
const APART = new Set<RecordedTie["role"]>(["EX_PARTNER", "FOSTER_CARER"]);

/** People tied to each other, however far, share one family id. */
function familyRows(records: readonly AgencyRecord[], recorded: readonly RecordedTie[]): Row[] {
  const ties = recorded.filter(({ role }) => !APART.has(role));
  const head = new Map(records.map(({ localId }) => [localId, localId]));
  const headOf = (id: string): string => {
    const next = head.get(id) ?? id;
    return next === id ? id : headOf(next);
  };
  for (const { localId, otherLocalId } of ties)
    if (otherLocalId && head.has(otherLocalId)) head.set(headOf(otherLocalId), headOf(localId));
  const tied = new Set(ties.flatMap(({ localId, otherLocalId }) => [localId, otherLocalId]));
  return records
    .filter(({ localId }) => tied.has(localId))
    .map(({ localId }) => ({
      fami_table_id: `F-${localId}`,
      fami_family_id: `FAM-${headOf(localId)}`,
      fami_person_id: localId,
    }));
}

const motherRow =
  (records: readonly AgencyRecord[]) =>
  ({ localId, otherLocalId }: RecordedTie): Row[] => {
    if (!otherLocalId) return [];
    const child = records.find((record) => record.localId === localId);
    return [
      {
        moth_table_id: `M-${localId}`,
        moth_person_id: otherLocalId,
        moth_childs_person_id: localId,
        moth_childs_dob: midnight(child?.bornOn ?? null),
      },
    ];
  };

const relationRow =
  (until: string) =>
  (tie: RecordedTie, index: number): Row[] =>
    tie.otherLocalId
      ? [
          {
            rel_id: `R-${index + 1}`,
            rel_person_id: tie.localId,
            rel_related_person_id: tie.otherLocalId,
            rel_type_code: tie.role,
            rel_parental_responsibility: flag(tie.parentalResponsibility),
            rel_main_carer: flag(tie.mainCarer),
            rel_start_date: midnight(tie.from),
            rel_end_date: midnight(tie.until),
            updated_at: utc(`${until}T02:00:00Z`),
          },
        ]
      : [];

function staffRows(town: Town): Rows {
  const staff = town.professionals.filter(({ agency }) => agency === "socialCare");
  const referring = town.socialCare.flatMap((fact) => (fact.kind === "referral" ? [fact.team] : []));
  const teams = new Set([...staff.map(({ team }) => team), ...referring]);
  return {
    ssd_professionals: [
      ...staff.map((one) => ({
        prof_professional_id: one.id,
        prof_staff_id: one.id,
        prof_professional_name: one.name,
        prof_social_worker_registration_no: one.registration,
        prof_agency_worker_flag: "N",
        prof_professional_job_title: one.jobTitle,
        prof_professional_department: one.team,
      })),
      { prof_professional_id: "-1", prof_professional_name: "UNKNOWN" },
    ],
    ssd_department: [
      ...[...teams].map((name) => ({ dept_team_id: teamId(name), dept_team_name: name })),
      { dept_team_id: "-1", dept_team_name: "UNKNOWN" },
    ],
  };
}
