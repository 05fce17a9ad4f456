// Names of every script in the letters a to z, to be compared; what a person wrote is kept as it is by their agency.

import anyAscii from "any-ascii";

/** Marks for vowels in Arabic and Hebrew, written in a prayer book and left out on a form; and the stroke that lengthens a word. */
const VOWEL_MARKS =
  /[\u{591}-\u{5BD}\u{5BF}\u{5C1}\u{5C2}\u{5C4}\u{5C5}\u{5C7}]|[\u{610}-\u{61A}\u{64B}-\u{65F}\u{670}]|\u{640}/gu;

/** Letters that Arabic, Persian and Urdu keyboards write differently, in one form. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/[أإآٱ]/g, "ا"],
  [/[ىیئے]/g, "ي"],
  [/ؤ/g, "و"],
  [/[ةہھۀە]/g, "ه"],
  [/[کڪ]/g, "ك"],
  [/ء/g, ""],
];
/** A vowel or a catch in the throat that begins a word: romanised, it would be lost, and `عمر` would be read as "Mr". */
const OPENS_A_WORD = /(?<![\p{L}\p{M}])[اعאע]/gu;
/** The one long vowel that would be lost within a word: without it, Ammar and Omar, who may be brothers, are written alike. Twice, so
 *  that `ريان` is not read as the English Ryan. The one of "servant of the" is never heard. */
const LONG_A = /(?<![عa]بد)ا/g;

const hasSemiticLetters = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** "Servant of the ...", with a space or without: one name. */
const SERVANT_OF = /(?<=(?<![\p{L}\p{M}])عبد)\s+(?=ال)/gu;

function withoutVowels(text: string): string {
  let one = text.replaceAll(VOWEL_MARKS, "");
  for (const [letters, letter] of ALIKE) one = one.replaceAll(letters, letter);
  return one.replaceAll(SERVANT_OF, "").replaceAll(OPENS_A_WORD, "a").replaceAll(LONG_A, "aa");
}

const clean = (ascii: string): string =>
  ascii
    .toLowerCase()
    .replaceAll("`", "'")
    .replaceAll(/[^a-z\d' -]+/g, " ")
    .trim();

const MOST_REMEMBERED = 20_000;
const known = new Map<string, string>();

/** The text in lower-case a to z and digits, with its spaces, hyphens and apostrophes. Arabic and Hebrew write no vowels, so none
 *  come out (`محمد` is `mhmd`): policies/names.json says which names those are. Nothing is left of what no table knows. */
export function romanise(text: string): string {
  const lower = text.toLowerCase();
  if (/^\p{ASCII}*$/u.test(lower)) return clean(lower);
  const before = known.get(lower);
  if (before !== undefined) return before;
  const composed = lower.normalize("NFC");
  const made = clean(anyAscii(hasSemiticLetters.test(composed) ? withoutVowels(composed) : composed));
  // Forgotten all at once: names are many, and their memory must end somewhere.
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(lower, made);
  return made;
}
