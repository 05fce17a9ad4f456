// Patient and RelatedPerson as the shared care record keeps them.

import type { AgencyRecord, RecordedTie } from "../town/types.ts";
import {
  addressOf,
  birthOf,
  deathOf,
  genderOf,
  namesOf,
  nhsIdentifier,
  practiceReference,
  telecomOf,
} from "./patient.ts";
import { CARE_RECORD_ID, filled, NHS_NUMBER, ukCore } from "./resource.ts";
import type { World } from "./world.ts";

/** A resource before the server adds type, id and meta. */
export type Body = Record<string, unknown>;

/** NHS letters for DfE ethnicity codes; the two Traveller codes have none of their own. */
const ETHNIC: Record<string, string> = {
  WBRI: "A",
  WIRI: "B",
  WIRT: "C",
  WROM: "C",
  WOTH: "C",
  MWBC: "D",
  MWBA: "E",
  MWAS: "F",
  MOTH: "G",
  AIND: "H",
  APKN: "J",
  ABAN: "K",
  AOTH: "L",
  BCRB: "M",
  BAFR: "N",
  BOTH: "P",
  CHNE: "R",
  OOTH: "S",
  REFU: "Z",
  NOBT: "99",
};

/** The care record keeps the address even where the record is marked restricted: it is the reader who must withhold it. */
export function careRecordPatient(record: AgencyRecord, world: World): Body {
  const { address, formerAddress } = record;
  const homes = [
    ...(address ? [{ ...addressOf(address, "home"), city: address.town }] : []),
    ...(formerAddress ? [{ ...addressOf(formerAddress, "old"), city: formerAddress.town }] : []),
  ];
  return filled({
    identifier: numbersOf(record, world),
    active: true,
    name: namesOf(record),
    telecom: telecomOf(record),
    gender: genderOf(record),
    ...birthOf(record),
    ...deathOf(record),
    address: homes,
    generalPractitioner: practiceReference(record, true),
    extension: ethnicityOf(record),
  });
}

function numbersOf(record: AgencyRecord, world: World): object[] {
  const { localId, nhsNumber, nhsNumberStatus, supersededNhsNumber } = record;
  const status = nhsNumberStatus ?? "03";
  const own = { system: CARE_RECORD_ID, value: localId };
  if (supersededNhsNumber && world.hasOldNumber(localId)) return [nhsIdentifier(supersededNhsNumber, status), own];
  return [
    ...(nhsNumber ? [nhsIdentifier(nhsNumber, status)] : []),
    ...(supersededNhsNumber ? [{ ...nhsIdentifier(supersededNhsNumber, "05"), use: "old" }] : []),
    own,
  ];
}

function ethnicityOf({ ethnicity }: AgencyRecord): object[] {
  const code = ethnicity ? ETHNIC[ethnicity] : undefined;
  if (!code) return [];
  const system = "https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland";
  return [{ url: ukCore("Extension-UKCore-EthnicCategory"), valueCodeableConcept: { coding: [{ system, code }] } }];
}

const ROLES: Partial<Record<RecordedTie["role"], string>> = {
  MOTHER: "MTH",
  FATHER: "FTH",
  STEP_MOTHER: "STPMTH",
  STEP_FATHER: "STPFTH",
  ADOPTIVE_PARENT: "ADOPTP",
  FOSTER_CARER: "PRNFOST",
  GRANDPARENT: "GRPRN",
  SIBLING: "SIB",
  HALF_SIBLING: "HSIB",
  STEP_SIBLING: "STPSIB",
  AUNT_UNCLE: "AUNT",
  PARTNER: "DOMPART",
  EX_PARTNER: "XPARTNER",
  OTHER_RELATIVE: "FAMMEMB",
};

/** Here `patient` is whose related person it is, as FHIR means it (PDS means the opposite). */
export function careRecordRelatedPerson(tie: RecordedTie, world: World): Body {
  const other = tie.otherLocalId ? world.held.get(tie.otherLocalId)?.record : undefined;
  const code = ROLES[tie.role];
  return filled({
    active: tie.until === null,
    patient: { reference: `Patient/${tie.localId}` },
    identifier: other
      ? [
          ...(other.nhsNumber ? [{ system: NHS_NUMBER, value: other.nhsNumber }] : []),
          { system: CARE_RECORD_ID, value: other.localId },
        ]
      : [],
    relationship: [
      code
        ? { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-RoleCode", code }] }
        : { text: "Relationship not known" },
    ],
    name: tie.otherSurname ? [{ use: "usual", given: tie.otherForenames, family: tie.otherSurname }] : [],
    telecom: tie.otherPhone ? [{ system: "phone", value: tie.otherPhone }] : [],
    birthDate: other?.bornOn ?? null,
    period: tie.from ? { start: tie.from, ...(tie.until && { end: tie.until }) } : null,
  });
}
