// A record of the county in the words in which an adapter would report it, or as a line of a file.

import type { Demographics, StatedIdentifier, StatedName } from "../../src/domain/statements.ts";
import { parsePlainDate } from "../../src/domain/plain-date.ts";
import type { Written } from "./types.ts";

export function demographicsOf(record: Written): Demographics {
  const { forename, middle, knownAs, surname, otherSurname, born, bornAccuracy, sex, postcode, source, id } = record;
  const forenames = [forename, middle].filter((name) => name !== null);
  const names: StatedName[] = [{ use: "OFFICIAL", forenames, surname }];
  if (knownAs) names.push({ use: "KNOWN_AS", forenames: [knownAs], surname });
  if (otherSurname) names.push({ use: "FORMER", forenames, surname: otherSurname });
  const address = { use: "HOME", lines: [], town: null, postcode, uprn: null, fromOn: null, untilOn: null } as const;
  return {
    identifiers: identifiersOf(record),
    names,
    bornOn: born === null ? null : parsePlainDate(born),
    bornOnAccuracy: bornAccuracy,
    expectedOn: null,
    diedOn: null,
    sex: sex === null ? "UNKNOWN" : sex === "f" ? "FEMALE" : "MALE",
    gender: null,
    ethnicity: null,
    addresses: postcode ? [address] : [],
    heldBy: null,
    provenance: { system: source, recordId: id, recordedAt: null, statedAs: null },
  };
}

function identifiersOf({ source, nhs, nhsVerified, upn, la }: Written): StatedIdentifier[] {
  const out: StatedIdentifier[] = [];
  if (nhs) out.push({ kind: "NHS_NUMBER", value: nhs, verified: nhsVerified });
  // Social care copies it from school.
  if (upn) out.push({ kind: "UPN", value: upn, verified: source === "education" });
  if (la) out.push({ kind: "LA_CHILD_ID", value: la, verified: true });
  return out;
}

/** The register within which one record stands for one person. Police send notices: the same child may be in many. */
export const registerOf = ({ source }: Written): string | null => (source === "police" ? null : source);

export const COLUMNS = [
  "record_id",
  "source",
  "forename",
  "middle",
  "known_as",
  "surname",
  "former_surname",
  "date_of_birth",
  "sex",
  "postcode",
  "nhs_number",
  "upn",
] as const;

export const lineOf = (record: Written): readonly (string | null)[] => [
  record.id,
  record.source,
  record.forename,
  record.middle,
  record.knownAs,
  record.surname,
  record.otherSurname,
  record.born,
  record.sex,
  record.postcode,
  record.nhs,
  record.upn,
];
