// Whether a record and a person the hub knows are one child. Simple and safe until the identity part replaces it: an
// identifier with the exact date of birth, or exact forename, surname, date of birth and postcode with nobody else in
// question. Everything else stays apart. Values come in as keys (keyed hashes), so nothing here ever sees a name.

/** Each kind is made from: the number its agency vouches for (NHS number or permanent UPN), or the number as copied with the
 *  forename, each with the exact date of birth; forename, surname, date of birth and postcode. The rest link nobody by
 *  themselves: a forename with a date of birth says that two records may be one child, two different numbers that they are not. */
export const KEY_KINDS = [
  "NHS_BORN",
  "UPN_BORN",
  "NHS_BORN_FORENAME",
  "UPN_BORN_FORENAME",
  "NAME_BORN_POSTCODE",
  "FORENAME_BORN",
  "NHS",
  "UPN",
] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

export interface MatchKey {
  readonly kind: KeyKind;
  readonly hash: string;
}

/** A person the hub knows, with the keys of each record linked to them. */
export interface KnownPerson {
  readonly personId: string;
  readonly records: readonly (readonly MatchKey[])[];
}

export interface LinkDecision {
  /** The person this record is linked to; null makes a new person. */
  readonly personId: string | null;
  readonly rule: string;
  readonly because: string;
}

const STRONG: readonly KeyKind[] = ["NHS_BORN", "UPN_BORN", "NHS_BORN_FORENAME", "UPN_BORN_FORENAME"];
const NAMED: readonly KeyKind[] = ["NAME_BORN_POSTCODE"];
const IDENTIFIERS: readonly KeyKind[] = ["NHS", "UPN"];

const hashesOf = (keys: readonly MatchKey[], kind: KeyKind) =>
  new Set(keys.filter((key) => key.kind === kind).map(({ hash }) => hash));

const shares = (a: readonly MatchKey[], b: readonly MatchKey[], kind: KeyKind) => {
  const theirs = hashesOf(b, kind);
  return [...hashesOf(a, kind)].some((hash) => theirs.has(hash));
};

/** A number that was only copied counts where the other record's agency vouches for it. */
const VOUCHES: Partial<Record<KeyKind, KeyKind>> = { NHS_BORN_FORENAME: "NHS_BORN", UPN_BORN_FORENAME: "UPN_BORN" };

function links(a: readonly MatchKey[], b: readonly MatchKey[], kind: KeyKind): boolean {
  const voucher = VOUCHES[kind];
  const vouched = !voucher || hashesOf(a, voucher).size > 0 || hashesOf(b, voucher).size > 0;
  return vouched && shares(a, b, kind);
}

/** Two different numbers of one kind are two children, whatever else agrees. */
const contradicts = (a: readonly MatchKey[], b: readonly MatchKey[]) =>
  IDENTIFIERS.some((kind) => hashesOf(a, kind).size > 0 && hashesOf(b, kind).size > 0 && !shares(a, b, kind));

/** Every record of a person must by itself be able to be this child: one record that holds two children (a twin's number
 *  beside the other's) must not be the bridge that joins them. */
const fitsBeside = (a: readonly MatchKey[], b: readonly MatchKey[]) =>
  [...STRONG, "FORENAME_BORN" as const].some((kind) => shares(a, b, kind));

const WORDS: Partial<Record<KeyKind, string>> = {
  NHS_BORN: "the same verified NHS number and date of birth",
  UPN_BORN: "the same UPN and date of birth",
  NHS_BORN_FORENAME: "the same NHS number, date of birth and forename",
  UPN_BORN_FORENAME: "the same UPN, date of birth and forename",
  NAME_BORN_POSTCODE: "the same forename, surname, date of birth and postcode, and nobody else in question",
};

/** The decision for one record. `known` holds everybody who shares a key with it that may link them. */
export function decideLink(record: readonly MatchKey[], known: readonly KnownPerson[]): LinkDecision {
  const apart = (rule: string, because: string): LinkDecision => ({ personId: null, rule, because });
  for (const kinds of [STRONG, NAMED]) {
    const kindFor = ({ records }: KnownPerson) =>
      kinds.find((kind) => records.some((keys) => links(record, keys, kind)));
    const matches = known.filter((person) => kindFor(person) !== undefined);
    if (matches.length > 1) return apart("SEVERAL_CANDIDATES", "more than one person fits, so it stays apart");
    const [match] = matches;
    if (!match) continue;
    if (match.records.some((keys) => contradicts(record, keys)))
      return apart("CONTRADICTION", "somebody fits but has a different NHS number or UPN, so it stays apart");
    if (!match.records.every((keys) => fitsBeside(record, keys)))
      return apart(
        "ONE_RECORD_DIFFERS",
        "somebody fits but one of their records cannot be this child, so it stays apart",
      );
    const rule = kindFor(match) ?? "";
    return { personId: match.personId, rule, because: `It has ${rule && WORDS[rule]}` };
  }
  return apart("NOBODY_FITS", "nobody known has the same identifier, or the same name, date of birth and postcode");
}

/** The kinds by which candidates are looked for; the others are only weighed once somebody is found. */
export const LINKING_KINDS: readonly KeyKind[] = [...STRONG, ...NAMED];

/** Whether a record that changed has become another child's: before and after have something to compare, and nothing agrees. */
export function becameAnother(before: readonly MatchKey[], after: readonly MatchKey[]): boolean {
  if (before.length === 0 || after.length === 0) return false;
  return !KEY_KINDS.some((kind) => shares(before, after, kind));
}
