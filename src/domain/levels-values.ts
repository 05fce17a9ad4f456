// How well two values agree that are no names. Each function answers the place of a level in `comparisons.ts`'s list, best first.

import { datesAgree } from "./born.ts";
import { CLOSE, LOOSE, NEAR } from "./levels-names.ts";
import { outwardOf, sectorOf } from "./place.ts";
import { editDistance, jaroWinkler } from "./text-distance.ts";

const DAYS_IN_YEAR = 365.2425;
const DAYS_IN_MONTH = 30.44;

/** Days since the year nought, near enough to tell weeks from years. */
const dayNumber = (date: string): number => {
  const digit = (at: number): number => date.charCodeAt(at) - 48;
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  return year * DAYS_IN_YEAR + (digit(5) * 10 + digit(6)) * DAYS_IN_MONTH + digit(8) * 10 + digit(9);
};

/** NEAR, YEAR, DECADE or ELSE of two days. */
function daysApart(a: string, b: string): number {
  const days = Math.abs(dayNumber(a) - dayNumber(b));
  return days <= 31 ? 3 : days <= 366 ? 6 : days <= 3653 ? 7 : 8;
}

/** How many characters of the day and month, or of the whole, are not the same. */
function differing(a: string, b: string, from: number): number {
  let count = 0;
  for (let at = from; at < 10; at += 1) if (a.charCodeAt(at) !== b.charCodeAt(at)) count += 1;
  return count;
}

/** EXACT, SWAPPED, ONE_EDIT, NEAR (within a month), TWO_PARTS, PARTIAL, YEAR, DECADE (so far apart at most), ELSE. */
export function bornLevel(a: string, b: string): number {
  if (a.length !== 10 || b.length !== 10) return datesAgree(a, b) === "PARTIAL" ? 5 : 8;
  if (a === b) return 0;
  const year = a.charCodeAt(3) === b.charCodeAt(3) && a.startsWith(b.slice(0, 4));
  // Most pairs have nothing in common: told without the slower comparison of the parts.
  if (!year && differing(a, b, 0) > 2 && differing(a, b, 5) > 0) return daysApart(a, b);
  const agree = datesAgree(a, b);
  if (agree === "SWAPPED") return 1;
  if (agree === "ONE_EDIT") return 2;
  const apart = daysApart(a, b);
  return agree === "TWO_PARTS" && apart !== 3 ? 4 : apart;
}

/** SAME, ELSE. */
export const sameLevel = (a: string, b: string): number => (a === b ? 0 : 1);

/** EXACT, ONE_EDIT, SECTOR, OUTWARD, ELSE. */
export function postcodeLevel(a: string, b: string): number {
  if (a === b) return 0;
  if (editDistance(a, b, 1) <= 1) return 1;
  const outward = outwardOf(a);
  if (outward === null || outward !== outwardOf(b)) return 4;
  const sector = sectorOf(a);
  return sector !== null && sector === sectorOf(b) ? 2 : 3;
}

/** EXACT, ONE_EDIT, TWO_EDITS, ELSE. */
export const identifierLevel = (a: string, b: string): number => (a === b ? 0 : editDistance(a, b, 2));

/** EXACT, ONE_EDIT, ELSE. */
export const numberLevel = (a: string, b: string): number => (a === b ? 0 : editDistance(a, b, 1));

/** EXACT, CLOSE, NEAR, LOOSE, ELSE: 0, 1, 3, 4, 5. (2 is SWAPPED, which needs another column.) */
export function textLevel(a: string, b: string): number {
  if (a === b) return 0;
  const likeness = jaroWinkler(a, b);
  return likeness >= CLOSE ? 1 : likeness >= NEAR ? 3 : likeness >= LOOSE ? 4 : 5;
}

const localOf = (email: string): string => {
  const at = email.indexOf("@");
  return at < 0 ? email : email.slice(0, at);
};

/** EXACT, LOCAL_SAME (what stands before the @), CLOSE, ELSE. No level for less: mailboxes are
 *  made of names, so those of people with like names are alike. */
export function emailLevel(a: string, b: string): number {
  if (a === b) return 0;
  if (localOf(a) === localOf(b)) return 1;
  return jaroWinkler(a, b) >= CLOSE ? 2 : 3;
}
