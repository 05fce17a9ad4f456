// RelatedPerson means two things. In the care record `patient` is whose relation it is, as FHIR says; at PDS it is the
// *related* person's own NHS number, and whose relation it is stands in the address.

import { z } from "zod";
import type { RelationshipRole, StatedIdentifier, StatedRelationship } from "../../domain/statements.ts";
import { concept, dayOf, humanName, identifier, idIn, instantOf, meta, NHS_NUMBER, period, reference } from "./fhir.ts";
import { nameOf } from "./patients.ts";

/** What the hub reads of a RelatedPerson, at either server. */
export const relatedPersonShape = z.object({
  resourceType: z.literal("RelatedPerson"),
  id: z.string().min(1),
  meta,
  patient: reference.optional(),
  identifier: z.array(identifier).default([]),
  relationship: z.array(concept).default([]),
  name: z.array(humanName).default([]),
  birthDate: z.string().optional(),
  period: period.optional(),
});
/** A RelatedPerson as read, before it is known which of the two meanings it has. */
export type RelatedPerson = z.infer<typeof relatedPersonShape>;

/** The care record's own record numbers on a related person. */
const CARE_RECORD_ID = "https://care-record.example.org/Id/patient";

/** v3-RoleCode and PDS's relationship types in one table; they agree wherever they meet. */
const ROLES: Record<string, RelationshipRole> = {
  MTH: "MOTHER",
  NMTH: "MOTHER",
  FTH: "FATHER",
  NFTH: "FATHER",
  PRN: "PARENT",
  STPMTH: "STEP_MOTHER",
  STPFTH: "STEP_FATHER",
  STPPRN: "STEP_PARENT",
  ADOPTP: "ADOPTIVE_PARENT",
  PRNFOST: "FOSTER_CARER",
  GUARD: "GUARDIAN",
  Guardian: "GUARDIAN",
  GRPRN: "GRANDPARENT",
  GRMTH: "GRANDPARENT",
  GRFTH: "GRANDPARENT",
  SIB: "SIBLING",
  BRO: "SIBLING",
  SIS: "SIBLING",
  HSIB: "HALF_SIBLING",
  STPSIB: "STEP_SIBLING",
  AUNT: "AUNT_UNCLE",
  UNCLE: "AUNT_UNCLE",
  COUSN: "COUSIN",
  SPS: "PARTNER",
  DOMPART: "PARTNER",
  PolygamousPartner: "PARTNER",
  XPARTNER: "EX_PARTNER",
  CHILD: "CHILD",
  Carer: "CARER",
  FAMMEMB: "OTHER_RELATIVE",
  FRND: "FRIEND_OR_NEIGHBOUR",
  NBOR: "FRIEND_OR_NEIGHBOUR",
  N: "NEXT_OF_KIN",
};

/** What PDS says of the kind of tie beside its type; it tells nothing when the type is known. */
const BESIDE_TYPE = new Set(["Personal", "Agent", "Guardian", "N"]);

const codesOf = ({ relationship }: RelatedPerson): string[] =>
  relationship.flatMap(({ coding }) => coding.flatMap(({ code }) => code ?? []));

function roleOf(related: RelatedPerson): RelationshipRole {
  const codes = codesOf(related);
  const type = codes.find((code) => !BESIDE_TYPE.has(code)) ?? codes.find((code) => ROLES[code]) ?? "";
  return ROLES[type] ?? "UNKNOWN";
}

interface Other {
  readonly otherRecordId: string | null;
  readonly otherIdentifiers: readonly StatedIdentifier[];
}

function relationship(related: RelatedPerson, system: string, other: Other): StatedRelationship {
  const { id, name, birthDate, period, meta, relationship: said } = related;
  const statedAs = codesOf(related).join(", ") || (said[0]?.text ?? null);
  return {
    role: roleOf(related),
    ...other,
    otherName: name[0] ? nameOf(name[0]) : null,
    otherBornOn: birthDate?.length === 10 ? dayOf(birthDate) : null,
    // Neither server says who has parental responsibility, and a "guardian" proxy at PDS is not it.
    parentalResponsibility: null,
    mainCarer: null,
    livesWithChild: null,
    fromOn: dayOf(period?.start),
    untilOn: dayOf(period?.end),
    provenance: { system, recordId: `RelatedPerson/${id}`, recordedAt: instantOf(meta.lastUpdated), statedAs },
  };
}

/** Whose relation the care record says this is. */
export const ownerOf = ({ patient }: RelatedPerson): string | null => idIn(patient, "Patient");

/** A related person in the care record. */
export function careRecordRelationship(related: RelatedPerson, system: string): StatedRelationship {
  const numbers = related.identifier.filter((one) => one.system === NHS_NUMBER);
  const otherRecordId = related.identifier.find((one) => one.system === CARE_RECORD_ID)?.value ?? null;
  const otherIdentifiers = numbers.flatMap(({ value }) =>
    value ? [{ kind: "NHS_NUMBER" as const, value, verified: false }] : [],
  );
  return relationship(related, system, { otherRecordId, otherIdentifiers });
}

/** A related person at PDS, or null where it says of itself that it is the person. */
export function pdsRelationship(related: RelatedPerson, system: string): StatedRelationship | null {
  if (codesOf(related).includes("ONESELF")) return null;
  const { identifier: referred } = related.patient ?? {};
  const number = referred?.system === NHS_NUMBER ? referred.value : undefined;
  const otherIdentifiers = number ? [{ kind: "NHS_NUMBER" as const, value: number, verified: true }] : [];
  return relationship(related, system, { otherRecordId: null, otherIdentifiers });
}
