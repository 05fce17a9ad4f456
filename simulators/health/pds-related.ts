// Related persons as PDS keeps them: few, mostly parents, and named by the *related* person's number.

import { createHash } from "node:crypto";
import type { RecordedTie } from "../town/types.ts";
import { addressOf, telecomOf } from "./patient.ts";
import { NHS_NUMBER, SYNTHETIC_TAG, type Resource } from "./resource.ts";
import type { Held, World } from "./world.ts";

const TYPE_SYSTEM = "http://hl7.org/fhir/ValueSet/relatedperson-relationshiptype";
const ROLE_SYSTEM = "https://fhir.nhs.uk/R4/CodeSystem/UKCore-AdditionalRelatedPersonRole";

/** Only those whom PDS tends to know of; for the others it has no record of a relationship. */
const TYPES: Partial<Record<RecordedTie["role"], readonly [string, string]>> = {
  MOTHER: ["MTH", "mother"],
  FATHER: ["FTH", "father"],
  STEP_MOTHER: ["STPPRN", "step parent"],
  STEP_FATHER: ["STPPRN", "step parent"],
  ADOPTIVE_PARENT: ["PRN", "parent"],
  FOSTER_CARER: ["PRNFOST", "foster parent"],
  GRANDPARENT: ["FAMMEMB", "family member"],
  PARTNER: ["DOMPART", "domestic partner"],
};

/** The related persons of one record; none for a restricted one. */
export function pdsRelatedPersons(world: World, { record }: Held): Resource[] {
  if (record.restricted) return [];
  return world.tiesOf(record.localId).flatMap((tie, at) => {
    const type = TYPES[tie.role];
    const other = tie.otherLocalId ? world.held.get(tie.otherLocalId) : undefined;
    const number = other?.record.invalidated ? null : (other?.record.nhsNumber ?? null);
    // Somebody without a number is kept by name and address, and not at all without them.
    if (!type || (!number && (!tie.otherSurname || !other?.record.address))) return [];
    const id = createHash("sha1").update(`${record.localId}/${at}`).digest("hex").slice(0, 8).toUpperCase();
    return [
      {
        resourceType: "RelatedPerson",
        id,
        meta: { tag: [SYNTHETIC_TAG] },
        active: tie.until === null,
        ...(number && { patient: { type: "Patient", identifier: { system: NHS_NUMBER, value: number } } }),
        relationship: [{ coding: codings(type, tie.parentalResponsibility) }],
        ...nameOf(tie),
        ...(!number && other?.record.address && { address: [addressOf(other.record.address, "home")] }),
        ...(!number && other && { telecom: telecomOf(other.record) }),
        ...periodOf(tie),
      },
    ];
  });
}

function codings([code, display]: readonly [string, string], guardian: boolean | null): object[] {
  const role = guardian ? "Guardian" : "Personal";
  return [
    { system: TYPE_SYSTEM, code, display },
    { system: ROLE_SYSTEM, code: role, display: role },
  ];
}

const nameOf = ({ otherForenames, otherSurname }: RecordedTie): Record<string, unknown> =>
  otherSurname ? { name: [{ use: "usual", given: otherForenames, family: otherSurname }] } : {};

const periodOf = ({ from, until }: RecordedTie): Record<string, unknown> =>
  from ? { period: { start: from, ...(until && { end: until }) } } : {};
