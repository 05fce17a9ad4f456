// One person's details as FHIR writes them; PDS and the care record each make their Patient from these pieces.

import type { Address, AgencyRecord } from "../town/types.ts";
import { filled, NHS_NUMBER, ODS_CODE, ukCore } from "./resource.ts";
import { practiceOf } from "./practices.ts";

const STATUS_SYSTEM = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus";
const STATUSES: Record<string, string> = {
  "01": "Number present and verified",
  "02": "Number present but not traced",
  "03": "Trace required",
  "04": "Trace attempted - No match or multiple match found",
  "05": "Trace needs to be resolved - (NHS Number or PATIENT detail conflict)",
  "06": "Trace in progress",
  "07": "Number not present and trace not required",
  "08": "Trace postponed (baby under six weeks old)",
};

/** An NHS number with how far it has been checked; only `01` makes it a strong key. */
export const nhsIdentifier = (value: string, status: string): Record<string, unknown> => ({
  system: NHS_NUMBER,
  value,
  extension: [
    {
      url: ukCore("Extension-UKCore-NHSNumberVerificationStatus"),
      valueCodeableConcept: {
        coding: [{ system: STATUS_SYSTEM, version: "1.0.0", code: status, display: STATUSES[status] ?? "Unknown" }],
      },
    },
  ],
});

const GENDERS = { F: "female", M: "male" } as const;
/** Administrative gender, `unknown` where the record says nothing. */
export const genderOf = ({ sex }: AgencyRecord): string => (sex ? GENDERS[sex] : "unknown");

/** Usual name first; what the child answers to and a former surname are names of their own. */
export function namesOf(record: AgencyRecord): object[] {
  const { forenames, surname, knownAs, formerSurname } = record;
  const names: object[] = [filled({ id: "n1", use: "usual", given: forenames, family: surname })];
  if (knownAs) names.push(filled({ id: "n2", use: "nickname", given: [knownAs], family: surname }));
  if (formerSurname) names.push(filled({ id: "n3", use: "old", given: forenames, family: formerSurname }));
  return names;
}

/** A date of birth of which only the year is known is written as 1 January and marked so: year accurate, month and day not. */
export function birthOf({ bornOn, bornOnAccuracy }: AgencyRecord): Record<string, unknown> {
  if (!bornOn) return {};
  const accuracy = { url: "https://example.org/StructureDefinition/date-accuracy-indicator", valueCode: "AUU" };
  return { birthDate: bornOn, ...(bornOnAccuracy === "YEAR" && { _birthDate: { extension: [accuracy] } }) };
}

/** The day of death, on records of people who have died. */
export const deathOf = ({ diedOn }: AgencyRecord): Record<string, unknown> =>
  diedOn ? { deceasedDateTime: diedOn } : {};

/** Up to five lines in PDS's convention; blank ones are left out, so that positions mean nothing. */
export function addressOf(address: Address, use: "home" | "old"): Record<string, unknown> {
  const { id, house, street, town, county, postcode, uprn } = address;
  const lines = [`${house} ${street}`.trim(), town.toUpperCase(), county.toUpperCase()].filter((line) => line !== "");
  return {
    id,
    use,
    line: lines,
    postalCode: postcode,
    extension: [
      {
        url: ukCore("Extension-UKCore-AddressKey"),
        extension: [
          {
            url: "type",
            valueCoding: { system: "https://fhir.hl7.org.uk/CodeSystem/UKCore-AddressKeyType", code: "UPRN" },
          },
          { url: "value", valueString: uprn },
        ],
      },
    ],
  };
}

/** The ways to reach somebody that are on the record, none where there are none. */
export function telecomOf({ phone, email }: AgencyRecord): object[] {
  const telecom: object[] = [];
  if (phone) telecom.push({ id: "t1", system: "phone", use: "mobile", value: phone });
  if (email) telecom.push({ id: "t2", system: "email", use: "home", value: email });
  return telecom;
}

/** The registered practice; PDS gives its code alone, the care record its name too. */
export function practiceReference(record: AgencyRecord, named: boolean): object[] {
  const practice = practiceOf(record);
  if (!practice) return [];
  const { ods, name } = practice;
  const reference = { id: "gp1", type: "Organization", identifier: { system: ODS_CODE, value: ods } };
  return [named ? { ...reference, reference: `Organization/org-${ods.toLowerCase()}`, display: name } : reference];
}
