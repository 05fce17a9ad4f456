// Whether a record and a person the hub knows are one child. Simple and safe until the identity part replaces it: an
// identifier with the exact date of birth, or exact forename, surname, date of birth and postcode with nobody else in
// question. Everything else stays apart. Values come in as keys (keyed hashes), so nothing here ever sees a name.

/** Each kind is made from: the verified NHS number / the NHS number as copied, with forename / the permanent UPN, each with
 *  the exact date of birth; and forename, surname, date of birth and postcode. The last two kinds alone say "another child". */
export const KEY_KINDS = ["NHS_BORN", "NHS_BORN_FORENAME", "UPN_BORN", "NAME_BORN_POSTCODE", "NHS", "UPN"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export interface MatchKey {
  readonly kind: KeyKind;
  readonly hash: string;
}

/** A person the hub knows, with the keys of all records linked to them. */
export interface KnownPerson {
  readonly personId: string;
  readonly keys: readonly MatchKey[];
}

export interface LinkDecision {
  /** The person this record is linked to; null makes a new person. */
  readonly personId: string | null;
  readonly rule: string;
  readonly because: string;
}

const STRONG: readonly KeyKind[] = ["NHS_BORN", "UPN_BORN", "NHS_BORN_FORENAME"];
const IDENTIFIERS: readonly KeyKind[] = ["NHS", "UPN"];

const hashesOf = (keys: readonly MatchKey[], kind: KeyKind) =>
  new Set(keys.filter((key) => key.kind === kind).map(({ hash }) => hash));

const shares = (a: readonly MatchKey[], b: readonly MatchKey[], kind: KeyKind) => {
  const theirs = hashesOf(b, kind);
  return [...hashesOf(a, kind)].some((hash) => theirs.has(hash));
};

/** Two different vouched-for numbers of one kind are two children, whatever else agrees. */
const contradicts = (a: readonly MatchKey[], b: readonly MatchKey[]) =>
  IDENTIFIERS.some((kind) => hashesOf(a, kind).size > 0 && hashesOf(b, kind).size > 0 && !shares(a, b, kind));

const WORDS: Record<string, string> = {
  NHS_BORN: "the same verified NHS number and date of birth",
  UPN_BORN: "the same UPN and date of birth",
  NHS_BORN_FORENAME: "the same NHS number, date of birth and forename",
  NAME_BORN_POSTCODE: "the same forename, surname, date of birth and postcode, and nobody else in question",
};

/** The decision for one record. `known` holds everybody who shares any key with it. */
export function decideLink(record: readonly MatchKey[], known: readonly KnownPerson[]): LinkDecision {
  const apart = (rule: string, because: string): LinkDecision => ({ personId: null, rule, because });
  for (const kinds of [STRONG, ["NAME_BORN_POSTCODE"] as const]) {
    const matches = known.filter(({ keys }) => kinds.some((kind) => shares(record, keys, kind)));
    if (matches.length > 1) return apart("SEVERAL_CANDIDATES", "more than one person fits, so it stays apart");
    const [match] = matches;
    if (!match) continue;
    if (contradicts(record, match.keys))
      return apart("CONTRADICTION", "somebody fits but has a different NHS number or UPN, so it stays apart");
    const kind = kinds.find((kind) => shares(record, match.keys, kind)) ?? "";
    return { personId: match.personId, rule: kind, because: `It has ${WORDS[kind]}` };
  }
  return apart("NOBODY_FITS", "nobody known has the same identifier, or the same name, date of birth and postcode");
}
