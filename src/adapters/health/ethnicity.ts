import type { Extensions } from "./fhir.ts";

/** DfE codes for the NHS's letters (UKCore-EthnicCategoryEngland). `C` also covers Traveller and Roma children: it is lossy. */
const DFE_CODES: Record<string, string> = {
  A: "WBRI",
  B: "WIRI",
  C: "WOTH",
  D: "MWBC",
  E: "MWBA",
  F: "MWAS",
  G: "MOTH",
  H: "AIND",
  J: "APKN",
  K: "ABAN",
  L: "AOTH",
  M: "BCRB",
  N: "BAFR",
  P: "BOTH",
  R: "CHNE",
  S: "OOTH",
  Z: "REFU",
  "99": "NOBT",
};

/** The DfE code of the ethnic category on a Patient, or null. PDS gives none. */
export function ethnicityOf(extensions: Extensions): string | null {
  const category = extensions.find(({ url }) => url.endsWith("EthnicCategory"));
  return DFE_CODES[category?.valueCodeableConcept?.coding[0]?.code ?? ""] ?? null;
}
