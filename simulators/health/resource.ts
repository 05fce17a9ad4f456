// What the FHIR resources of this simulator have in common.

/** A FHIR resource, as loosely as a server passes it on. */
export interface Resource {
  resourceType: string;
  id: string;
  [field: string]: unknown;
}

/** Every resource says that nobody in it exists. */
export const SYNTHETIC_TAG = {
  system: "https://example.org/CodeSystem/data-kind",
  code: "SYNTHETIC",
  display: "Synthetic data: nobody described here exists",
} as const;

/** Namespace of NHS numbers. */
export const NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number";
/** Namespace of the codes of health organisations. */
export const ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code";
/** The care record's own record numbers, by which a related person can be found among its patients. */
export const CARE_RECORD_ID = "https://care-record.example.org/Id/patient";
const UKCORE = "https://fhir.hl7.org.uk/StructureDefinition";

/** The canonical address of a UK Core profile or extension. */
export const ukCore = (name: string): string => `${UKCORE}/${name}`;

/** Confidentiality as PDS and UK Core mark it: `U` for everybody's, `R` where the address must not be known. */
export const security = (restricted: boolean): object[] => [
  {
    system: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
    code: restricted ? "R" : "U",
    display: restricted ? "restricted" : "unrestricted",
  },
];

/** The object without the fields that have nothing in them: FHIR allows neither null nor an empty array. */
export function filled<Fields extends Record<string, unknown>>(fields: Fields): Fields {
  const kept = Object.entries(fields).filter(
    ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept) as Fields;
}

/** A searchset as FHIR frames it. */
export const searchset = (entries: object[], more: Record<string, unknown> = {}): Record<string, unknown> => ({
  resourceType: "Bundle",
  type: "searchset",
  timestamp: new Date().toISOString(),
  meta: { tag: [SYNTHETIC_TAG] },
  total: entries.length,
  ...more,
  entry: entries,
});
