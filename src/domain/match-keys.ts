import {
  isPermanentUpn,
  isValidNhsNumber,
  normaliseNhsNumber,
  normalisePostcode,
  normaliseUpn,
} from "./identifiers.ts";
import type { KeyKind } from "./linking.ts";
import type { Demographics, IdentifierKind } from "./statements.ts";

/** A key before it is hashed. Personal data: it lives for as long as the hash is made, and is never stored or logged. */
export interface MatchText {
  readonly kind: KeyKind;
  readonly text: string;
}

/** A name as it is compared: case, accents, spaces, hyphens and apostrophes aside. Nothing cleverer, for now. */
export const plainName = (name: string): string =>
  name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

/** What is written before a child has a name, or instead of one. Newborn twins are both "Baby": it is no name to link by. */
const NO_NAME =
  /^((BABY|INFANT|TWIN|TRIPLET)(OF.*|BOY|GIRL|ONE|TWO|THREE|[1-3])?|TWIN[AB]|UNBORN.*|UNKNOWN|NONE|NOT(KNOWN|STATED|RECORDED))$/;

const ownName = (name: string | null | undefined): string => {
  const plain = plainName(name ?? "");
  return NO_NAME.test(plain) ? "" : plain;
};

/** A number by which children are told apart, as it is compared; null for one that cannot be. */
function comparable(kind: IdentifierKind, value: string): { prefix: "NHS" | "UPN"; text: string } | null {
  if (kind === "NHS_NUMBER" && isValidNhsNumber(value)) return { prefix: "NHS", text: normaliseNhsNumber(value) };
  if (kind === "UPN" && isPermanentUpn(value)) return { prefix: "UPN", text: normaliseUpn(value) };
  return null;
}

/** Everything by which two records may be found to be one child, or shown not to be. See `linking.ts` for the kinds. */
export function matchTextsOf(person: Demographics): readonly MatchText[] {
  const texts: MatchText[] = [];
  const born = person.bornOnAccuracy === "DAY" ? person.bornOn : null;
  const firstNames = person.names.map(({ forenames }) => ownName(forenames[0])).filter(Boolean);
  for (const { kind, value, verified } of person.identifiers) {
    const number = comparable(kind, value);
    if (!number) continue;
    const { prefix, text } = number;
    texts.push({ kind: prefix, text });
    if (born && verified) texts.push({ kind: `${prefix}_BORN`, text: `${text}|${born}` });
    if (born)
      for (const name of firstNames) texts.push({ kind: `${prefix}_BORN_FORENAME`, text: `${text}|${born}|${name}` });
  }
  if (born) for (const name of firstNames) texts.push({ kind: "FORENAME_BORN", text: `${name}|${born}` });
  const postcodes = person.addresses.filter(({ untilOn }) => untilOn === null).map(({ postcode }) => postcode);
  for (const name of person.names)
    for (const raw of postcodes) {
      const postcode = raw && normalisePostcode(raw);
      const first = ownName(name.forenames[0]);
      const last = ownName(name.surname);
      if (born && postcode && first && last)
        texts.push({ kind: "NAME_BORN_POSTCODE", text: `${first}|${last}|${born}|${postcode}` });
    }
  return texts;
}
