// Taking other people out of words that are handed to a family. It finds what can be found by its shape or by a list of names; a person
// reads the rest: nothing here says that a passage is safe.

export const LEFT_OUT = "[left out]";

/** What leads to somebody: an email address, a telephone number, a postcode, a number of ten digits. */
const LEADS: readonly RegExp[] = [
  /[^\s<>()[\]"'@,;:]+@[^\s<>()[\]"'@,;:]+\.[a-z]{2,}/giu,
  /(?<![\d+])(?:\+44\s?|0)\d(?:[\s-]?\d){8,9}(?!\d)/gu,
  /\b[a-z]{1,2}\d[a-z\d]?\s?\d[abd-hjlnp-uw-z]{2}\b/giu,
  /(?<!\d)\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)/gu,
];

/** Names of one or two letters stand in too many words. */
const LEAST = 3;

export interface Redaction {
  /** Names of other people, as they are written. */
  readonly names: readonly string[];
  /** What is the child's own, and stays: names, numbers, postcodes. */
  readonly own: readonly string[];
}

/** Takes other people out of a passage; `taken` is how often. */
export type Redact = (words: string) => { readonly words: string; readonly taken: number };

const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s-]/gu, "");

export function makeRedact({ names, own }: Redaction): Redact {
  const mine = new Set(own.flatMap((each) => [plain(each), ...each.split(/\s+/u).map(plain)]));
  const parts = names.flatMap((name) => [name.trim(), ...name.trim().split(/\s+/u)]);
  const others = [...new Set(parts)]
    .filter((name) => name.length >= LEAST && !mine.has(plain(name)))
    // The whole name before its parts.
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll(/\s+/gu, String.raw`\s+`));
  const named =
    others.length > 0 ? new RegExp(String.raw`(?<![\p{L}\d])(?:${others.join("|")})(?![\p{L}\d])`, "giu") : null;
  return (words) => {
    let taken = 0;
    const take = (found: string) => {
      if (mine.has(plain(found))) return found;
      taken += 1;
      return LEFT_OUT;
    };
    // Addresses first: a name within one must not be all that is taken of it.
    let left = words;
    for (const lead of LEADS) left = left.replaceAll(lead, take);
    if (named) left = left.replaceAll(named, take);
    return { words: left, taken };
  };
}
