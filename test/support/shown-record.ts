// Records for tests about identity, as an agency's screen shows them. Nobody here is real; NHS numbers are of the test range.

import type { ComparedRecord } from "../../src/domain/identity.ts";
import { parsePlainDate, plainDate } from "../../src/domain/plain-date.ts";
import { comparedOf, isUnborn } from "../../src/domain/record-compared.ts";
import type { Demographics, StatedIdentifier } from "../../src/domain/statements.ts";
import { makeNameWords } from "../../src/store/name-words.ts";
import { demographics, livingAt } from "./statements.ts";

/** A tilde before a number means that it was copied from another agency, which alone vouches for it. */
export interface Shown {
  /** Forename, then surname; `Amelia Hartley / Millie Marsh` are two names. A surname alone: `- Hartley`. */
  readonly name?: string;
  /** A day, or a year alone. */
  readonly born?: string;
  readonly expected?: string;
  /** Postcodes, apart by a comma; the first is where the child lives. */
  readonly home?: string;
  readonly sex?: "f" | "m";
  readonly nhs?: string;
  readonly upn?: string;
  readonly phone?: string;
  readonly register?: string;
}

export const WORDS = makeNameWords();

const SEX = { f: "FEMALE", m: "MALE" } as const;

const identifier = (kind: StatedIdentifier["kind"], shown: string | undefined): StatedIdentifier[] =>
  shown ? [{ kind, value: shown.replace("~", ""), verified: !shown.startsWith("~") }] : [];

function nameOf(text: string): Demographics["names"][number] {
  const [forename = "", ...surname] = text.trim().split(" ");
  return {
    use: "OFFICIAL",
    forenames: forename === "-" ? [] : [forename.replaceAll("_", " ")],
    surname: surname.join(" ") || null,
  };
}

export const statedBy = ({ name, born = "", expected, home, sex, nhs, upn }: Shown): Demographics =>
  demographics({
    identifiers: [...identifier("NHS_NUMBER", nhs), ...identifier("UPN", upn)],
    names: name ? name.split(" / ").map(nameOf) : [],
    bornOn: parsePlainDate(born) ?? (born ? plainDate(`${born}-01-01`) : null),
    bornOnAccuracy: born.length === 4 ? "YEAR" : "DAY",
    expectedOn: expected ? plainDate(expected) : null,
    sex: sex ? SEX[sex] : "UNKNOWN",
    addresses: (home ?? "")
      .split(", ")
      .filter(Boolean)
      .map((postcode, at) => livingAt(postcode, at === 0 ? null : "2020-01-01")),
  });

export function shown(id: string, record: Shown): ComparedRecord {
  const stated = statedBy(record);
  const compared = comparedOf(stated, WORDS);
  return {
    id,
    register: record.register ?? null,
    compared: record.phone ? { ...compared, phone: [record.phone] } : compared,
    unborn: isUnborn(stated),
  };
}
