// Names as they are compared. What a person wrote stays with their agency; this is for comparing only.

import type { NameWords } from "./compared.ts";

type Text = string | null | undefined;

/** Notes in brackets, as in `Amelia (Millie)`, and whatever else is no part of a name. */
const plain = (text: string, words: NameWords): string =>
  words
    .romanise(text.replaceAll(/\([^)]*\)|\[[^\]]*\]/g, " "))
    .replaceAll("'", "")
    .replaceAll(/\s*-[\s-]*/g, "-")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/^[-\s]+|[-\s]+$/g, "");

/** The words of a name apart, titles before it left out. */
function wordsOf(text: string, words: NameWords): readonly string[] {
  const all = plain(text, words).split(" ").filter(Boolean);
  const first = all.findIndex((word) => !words.isTitle(word));
  return first < 0 ? [] : all.slice(first);
}

/** `twin1` and `baby-boy` as words. */
const apart = (parts: readonly string[]): string =>
  parts
    .join(" ")
    .replaceAll("-", " ")
    .replaceAll(/(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/g, " ");

const letters = (word: string): string => word.replaceAll(/[^a-z]/g, "");

function forenamesOf(text: Text, words: NameWords): readonly string[] {
  const parts = wordsOf(text ?? "", words);
  if (parts.length === 0 || words.isNoForename(apart(parts))) return [];
  const [first = "", second = "", ...rest] = parts.map(letters).filter(Boolean);
  // "Servant of" is half a name: Abd al-Rahman is Abdalrahman.
  return (first === "abd" ? [first + second, ...rest] : [first, second, ...rest]).filter(Boolean);
}

/** The first forename: a to z, in any script, hyphens and apostrophes closed up (`Anne-Marie` is `annemarie`). Null for nothing,
 *  and for what is written in the place of a name (`Baby`, `Twin 1`). */
export const forenameOf = (text: Text, words: NameWords): string | null => forenamesOf(text, words)[0] ?? null;

/** The forenames after the first, apart by one space; null where there are none. */
export const middleOf = (text: Text, words: NameWords): string | null =>
  forenamesOf(text, words).slice(1).join(" ") || null;

const AFTER_A_SURNAME = new Set(["jr", "jnr", "sr", "snr"]);

/** The surname: a to z, its parts apart by one space (`Smith-Jones` is `smith jones`), apostrophes closed up (`O'Connor` is
 *  `oconnor`). Null for nothing, and for `unknown` and the like. */
export function surnameOf(text: Text, words: NameWords): string | null {
  const parts = wordsOf(text ?? "", words)
    .flatMap((part) => part.split("-"))
    .filter(Boolean);
  if (parts.length === 0 || words.isNoSurname(apart(parts))) return null;
  const last = parts.at(-1) ?? "";
  const kept = parts.length > 1 && AFTER_A_SURNAME.has(last) ? parts.slice(0, -1) : parts;
  return kept.map(letters).filter(Boolean).join(" ") || null;
}

/** Whether a forename is written in the place of one that is not known: newborn twins are both `Baby`, so it is no name to
 *  compare by. False where nothing is written. */
export function isPlaceholderName(text: Text, words: NameWords): boolean {
  const parts = wordsOf(text ?? "", words);
  return parts.length > 0 && words.isNoForename(apart(parts));
}
