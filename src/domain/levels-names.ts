// How well two people's names agree, and whether two records speak of one household. Each function answers the place of a level
// in `comparisons.ts`'s list, best first; -1 says that a side has nothing to compare.

import type { NameWords } from "./compared.ts";
import { jaroWinkler } from "./text-distance.ts";
import { nth } from "./nth.ts";

/** The values of a field of one record; nothing and an empty list are the same. */
export type Values = readonly string[] | undefined;

/** As near as a mistyped letter or two in a name: Winkler's measure. */
export const CLOSE = 0.92;
/** As near as names that sound alike, or one that is cut short. */
export const NEAR = 0.82;
/** Something in common, as strangers' names have too: nearly no evidence either way. */
export const LOOSE = 0.7;

const share = (one: Values, other: Values): boolean => {
  if (!one || !other) return false;
  for (const value of one) if (other.includes(value)) return true;
  return false;
};

/** Forename and surname written in each other's place. A name that is both in one record says nothing of the kind. */
export const areSwapped = (names: { forenames: Values; surnames: Values }, others: typeof names): boolean =>
  share(names.forenames, others.surnames) && share(names.surnames, others.forenames);

/** One is the other's first letter. */
const isInitial = (a: string, b: string): boolean =>
  (a.length === 1 || b.length === 1) && a.charCodeAt(0) === b.charCodeAt(0);

/** EXACT, VARIANT, CLOSE, NEAR, LOOSE, ELSE of two forenames: 0, 1, 3, 4, 5, 6. (2 is SWAPPED, which needs the surnames.) */
function forenameLevel(a: string, b: string, words: NameWords): number {
  if (a === b) return 0;
  if (words.areVariants(a, b)) return 1;
  const likeness = jaroWinkler(a, b);
  return likeness >= CLOSE ? 3 : likeness >= NEAR || isInitial(a, b) ? 4 : likeness >= LOOSE ? 5 : 6;
}

/** Whether all parts of the one name are among the other's: `smith` in `smith jones`. */
function isPartOf(a: string, b: string): boolean {
  if (!a.includes(" ") && !b.includes(" ")) return false;
  const [few, many] = a.length < b.length ? [a.split(" "), b.split(" ")] : [b.split(" "), a.split(" ")];
  return few.every((part) => many.includes(part));
}

/** EXACT, PART, CLOSE, NEAR, LOOSE, ELSE of two surnames: 0 to 5. */
export function surnameLevel(a: string, b: string): number {
  if (a === b) return 0;
  if (isPartOf(a, b)) return 1;
  const likeness = jaroWinkler(a, b);
  return likeness >= CLOSE ? 2 : likeness >= NEAR ? 3 : likeness >= LOOSE ? 4 : 5;
}

/** The best level between any two values; -1 where a side has none. */
export function bestLevel(one: Values, other: Values, level: (a: string, b: string) => number): number {
  if (!one || !other || one.length === 0 || other.length === 0) return -1;
  if (one.length === 1 && other.length === 1) return level(nth(one, 0), nth(other, 0));
  let best = Number.MAX_SAFE_INTEGER;
  for (const a of one) {
    for (const b of other) {
      best = Math.min(best, level(a, b));
      if (best === 0) return 0;
    }
  }
  return best;
}

export const bestForename = (one: Values, other: Values, words: NameWords): number =>
  bestLevel(one, other, (a, b) => forenameLevel(a, b, words));
