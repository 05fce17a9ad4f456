// An agency's record as it is compared with others: what it says, written one way, and only what may be evidence.

import { bornValue } from "./born.ts";
import type { Compared, NameWords } from "./compared.ts";
import { type ComparedIdentifier, identifierValue } from "./identifiers.ts";
import { forenameOf, middleOf, surnameOf } from "./name-words.ts";
import { factsOf, type FactsNeed } from "./pair-facts.ts";
import { postcodeValue } from "./place.ts";
import type { Demographics, StatedIdentifier } from "./statements.ts";

/** The numberings that children are compared by. `LOCAL_ID` is none: it means nothing outside its own register. */
const FIELD_OF: Readonly<Record<string, ComparedIdentifier | undefined>> = {
  NHS_NUMBER: "nhs",
  UPN: "upn",
  ULN: "uln",
  LA_CHILD_ID: "la",
  PNC: "pnc",
};

/** The field in which a numbering is compared; null for one that is not. `kind` is an `IdentifierKind`. */
export const comparedFieldOf = (kind: string): ComparedIdentifier | null => FIELD_OF[kind] ?? null;

export interface ComparedOptions {
  /** For a running system with real children: NHS numbers of the test range are no evidence there. */
  readonly refuseTest?: boolean;
}

const unique = (values: readonly (string | null)[]): readonly string[] => [
  ...new Set(values.filter((value): value is string => value !== null && value !== "")),
];

/** An unborn child has the day it is expected and no birthday. Joined to nobody but by a person. */
export const isUnborn = ({ bornOn, expectedOn }: Pick<Demographics, "bornOn" | "expectedOn">): boolean =>
  expectedOn !== null && bornOn === null;

/** No more exact than it is known. The first of January is what is typed for "some day that year", and counts as the year. */
function bornOf({ bornOn, bornOnAccuracy }: Demographics): string | null {
  const day = bornOn === null ? null : bornValue(bornOn);
  if (bornOn === null || day === null || bornOnAccuracy === "DAY") return day;
  return bornValue(bornOn.slice(0, bornOnAccuracy === "YEAR" ? 4 : 7));
}

function numbersOf(identifiers: readonly StatedIdentifier[], options: ComparedOptions) {
  return identifiers.flatMap(({ kind, value, verified }) => {
    const field = comparedFieldOf(kind);
    const text = field && identifierValue(field, value, options);
    return field && text ? [{ field, text, verified }] : [];
  });
}

/** Where the child lives comes first, then where it lived: a record elsewhere may still hold the old address. */
const postcodesOf = ({ addresses }: Demographics) =>
  addresses
    .toSorted((a, b) => Number(a.untilOn !== null) - Number(b.untilOn !== null))
    .map(({ postcode }) => postcode && postcodeValue(postcode));

/** What a record is compared by. Left out are: placeholders for a name ("Baby", "Twin 1"), numbers whose check digit is wrong,
 *  temporary UPNs, what is no postcode, and a sex that is not known. All names count, in law, in use and former, and all
 *  addresses. What is left out is evidence of nothing, neither for nor against. */
export function comparedOf(demographics: Demographics, words: NameWords, options: ComparedOptions = {}): Compared {
  const { names, sex } = demographics;
  const numbers = numbersOf(demographics.identifiers, options);
  const ofField = (field: ComparedIdentifier) => numbers.filter((number) => number.field === field);
  const textsOf = (field: ComparedIdentifier) => unique(ofField(field).map(({ text }) => text));
  const vouchedFor = (field: ComparedIdentifier) =>
    unique(ofField(field).flatMap(({ text, verified }) => (verified ? [text] : [])));
  const fields = {
    forename: unique(names.map(({ forenames }) => forenameOf(forenames.join(" "), words))),
    middle: unique(names.map(({ forenames }) => middleOf(forenames.join(" "), words))),
    surname: unique(names.map(({ surname }) => surnameOf(surname, words))),
    born: unique([bornOf(demographics)]),
    sex: sex === "FEMALE" ? ["f"] : sex === "MALE" ? ["m"] : [],
    postcode: unique(postcodesOf(demographics)),
    nhs: textsOf("nhs"),
    nhsVerified: vouchedFor("nhs"),
    upn: textsOf("upn"),
    upnVerified: vouchedFor("upn"),
    uln: textsOf("uln"),
    la: textsOf("la"),
    pnc: textsOf("pnc"),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, values]) => values.length > 0));
}

const never = (): boolean => false;
const AS_WRITTEN: FactsNeed["words"] = { areVariants: never, areSurnameVariants: never };

/** Whether a record that changed has become another person's: before and after have something to compare, and it does not agree. A
 *  number that stays keeps it the same child's, whatever else was corrected. Else the forename decides, which alone tells
 *  twins apart; and where that is the same, a wholly different birthday with another home. A name given after birth, and a
 *  birthday first known, change nobody. Without `words` a nickname is another name, unless it is spelt alike. */
export function becameAnother(before: Compared, after: Compared, words: FactsNeed["words"] = AS_WRITTEN): boolean {
  const { shared, differing, forename, born, surnameAgrees, postcodeAgrees } = factsOf(before, after, { words });
  const la = (before["la"] ?? []).some((value) => after["la"]?.includes(value));
  if (shared.length > 0 || la) return false;
  if (forename === "OTHER") return true;
  if (forename !== null) return born === "ELSE" && !(surnameAgrees && postcodeAgrees);
  return born === null ? differing.length > 0 : born === "ELSE";
}
