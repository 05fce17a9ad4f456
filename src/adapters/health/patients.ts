// Patient, from PDS or the care record, as the hub's demographics.

import { z } from "zod";
import { plainDate, type PlainDate } from "../../domain/plain-date.ts";
import type {
  DateAccuracy,
  Demographics,
  NameUse,
  Sex,
  StatedIdentifier,
  StatedName,
} from "../../domain/statements.ts";
import { addressesOf, addressShape } from "./addresses.ts";
import { ethnicityOf } from "./ethnicity.ts";
import { dayOf, extensions, humanName, identifier, instantOf, meta, NHS_NUMBER, reference } from "./fhir.ts";

/** What the hub reads of a Patient. */
export const patientShape = z.object({
  resourceType: z.literal("Patient"),
  id: z.string().min(1),
  meta,
  identifier: z.array(identifier).default([]),
  name: z.array(humanName).default([]),
  gender: z.string().optional(),
  birthDate: z
    .string()
    .regex(/^\d{4}(-\d{2}){0,2}$/)
    .optional(),
  _birthDate: z.object({ extension: extensions }).optional(),
  deceasedDateTime: z.string().optional(),
  address: z.array(addressShape).default([]),
  generalPractitioner: z.array(reference).default([]),
  managingOrganization: reference.optional(),
  extension: extensions,
});
/** A Patient as read, from either server. */
export type Patient = z.infer<typeof patientShape>;

/** Restricted (`R`) or very restricted (`V`): nothing may be said that leads to where the person is. */
export const isRestricted = ({ meta }: Patient): boolean =>
  meta.security.some(({ code }) => code === "R" || code === "V");

/** The NHS numbers on the record, the present one first. */
export function nhsNumbersOf({ identifier }: Patient): readonly StatedIdentifier[] {
  return identifier
    .filter(({ system, value }) => system === NHS_NUMBER && value)
    .map(({ value = "", use, extension }) => ({
      kind: "NHS_NUMBER" as const,
      value,
      verified: use !== "old" && extension.some(isVerified),
    }))
    .sort((a, b) => Number(b.verified) - Number(a.verified));
}

/** The number PDS may be asked about: with any other it might answer about somebody else. */
export const verifiedNumberOf = (patient: Patient): string | undefined =>
  nhsNumbersOf(patient).find(({ verified }) => verified)?.value;

/** Status 01, present and verified: the only one that makes the number a strong key. */
const isVerified = ({ url, valueCodeableConcept }: Patient["extension"][number]): boolean =>
  url.endsWith("NHSNumberVerificationStatus") &&
  (valueCodeableConcept?.coding.some(({ code }) => code === "01") ?? false);

/** The whole of what the record says about who the person is. */
export function demographicsOf(patient: Patient, system: string): Demographics {
  const { id, meta, name, gender, address, extension, deceasedDateTime, generalPractitioner } = patient;
  const changedOn = dayOf(meta.lastUpdated);
  return {
    identifiers: nhsNumbersOf(patient),
    names: name.map(nameOf),
    ...bornOf(patient),
    expectedOn: null,
    diedOn: dayOf(deceasedDateTime),
    sex: sexOf(gender),
    gender: null,
    ethnicity: ethnicityOf(extension),
    addresses: addressesOf(address, changedOn),
    heldBy: generalPractitioner[0]?.display ?? patient.managingOrganization?.display ?? null,
    provenance: { system, recordId: id, recordedAt: instantOf(meta.lastUpdated), statedAs: null },
  };
}

/** What may be said of a restricted person: who they are, nothing about where. */
export const safely = (said: Demographics): Demographics => ({ ...said, addresses: [], heldBy: null });

const NAME_USES: Record<string, NameUse> = { nickname: "KNOWN_AS", old: "FORMER", maiden: "FORMER" };

/** The usual name in health is the name in law as far as the other agencies are concerned. */
export const nameOf = ({ use = "", given, family }: Patient["name"][number]): StatedName => ({
  use: NAME_USES[use] ?? "OFFICIAL",
  forenames: given,
  surname: family ?? null,
});

const SEXES: Record<string, Sex> = { female: "FEMALE", male: "MALE", other: "OTHER" };
const sexOf = (gender: string | undefined): Sex => SEXES[gender ?? ""] ?? "UNKNOWN";

/** Year, month and day in turn, `A` accurate or not (`AUU`: the year alone is known). */
const ACCURACIES: readonly (readonly [RegExp, DateAccuracy])[] = [
  [/^AA[^A]$/, "MONTH"],
  [/^(A[^A].|[^A]..)$/, "YEAR"],
];

/** A date of birth is as exact as its source marks it: by being partial (`1965`) or by an accuracy extension beside a full
 *  date. 1 January without a mark is a birthday like any other; the hub does not guess. */
function bornOf({ birthDate, _birthDate }: Patient): { bornOn: PlainDate | null; bornOnAccuracy: DateAccuracy } {
  if (birthDate === undefined) return { bornOn: null, bornOnAccuracy: "DAY" };
  const bornOn = dayOf(birthDate);
  if (birthDate.length === 4) return { bornOn, bornOnAccuracy: "YEAR" };
  if (birthDate.length === 7) return { bornOn: dayOf(`${birthDate}-01`), bornOnAccuracy: "MONTH" };
  const mark = _birthDate?.extension.find(({ url }) => url.endsWith("date-accuracy-indicator"));
  const code = mark?.valueCode ?? mark?.valueCoding?.code ?? "AAA";
  const bornOnAccuracy = ACCURACIES.find(([shape]) => shape.test(code))?.[1] ?? "DAY";
  return bornOn && bornOnAccuracy === "YEAR"
    ? { bornOn: plainDate(`${bornOn.slice(0, 4)}-01-01`), bornOnAccuracy }
    : { bornOn, bornOnAccuracy };
}
