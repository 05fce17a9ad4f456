// What is compared and how: the levels of agreement of each kind of comparison, and which comparisons fit which fields. The best
// level over all values counts: a name in law that agrees agrees, whatever the name known as.

import type { Compared, ComparisonKind, ComparisonSpec, NameWords } from "./compared.ts";
import { HOUSEHOLD_LEVELS, householdLevel } from "./households.ts";
import { areSwapped, bestForename, bestLevel, surnameLevel, type Values } from "./levels-names.ts";
import * as values from "./levels-values.ts";
import { nth } from "./nth.ts";

/** The levels of each kind, best first; the last is disagreement. Those of `household` are of three groups (surname and
 *  postcode; surname alone; postcode alone), each best first. */
export const LEVELS: Readonly<Record<ComparisonKind, readonly string[]>> = {
  forename: ["EXACT", "VARIANT", "SWAPPED", "CLOSE", "NEAR", "LOOSE", "ELSE"],
  surname: ["EXACT", "PART", "CLOSE", "NEAR", "LOOSE", "ELSE"],
  household: HOUSEHOLD_LEVELS,
  born: ["EXACT", "SWAPPED", "ONE_EDIT", "NEAR", "TWO_PARTS", "PARTIAL", "YEAR", "DECADE", "ELSE"],
  sex: ["SAME", "ELSE"],
  postcode: ["EXACT", "ONE_EDIT", "SECTOR", "OUTWARD", "ELSE"],
  identifier: ["EXACT", "ONE_EDIT", "TWO_EDITS", "ELSE"],
  text: ["EXACT", "CLOSE", "SWAPPED", "NEAR", "LOOSE", "ELSE"],
  number: ["EXACT", "ONE_EDIT", "ELSE"],
  category: ["SAME", "ELSE"],
  email: ["EXACT", "LOCAL_SAME", "CLOSE", "ELSE"],
  phone: ["EXACT", "ELSE"],
};

/** What a comparison may need besides the two records. A `Matcher` is one. */
export interface Comparing {
  readonly words: NameWords;
  /** Postcodes where many families live or stay: left out, so that they say nothing about a household. */
  readonly sharedPostcodes?: ReadonlySet<string>;
}

/** Answers the place of the level in LEVELS; -1 where a side has nothing. Made once for a spec, called for every pair. */
export type Comparer = (a: Compared, b: Compared) => number;

const NONE: ReadonlySet<string> = new Set();

function forenames([forename = "", surname]: readonly string[], words: NameWords): Comparer {
  const SWAPPED = LEVELS.forename.indexOf("SWAPPED");
  return (a, b) => {
    const level = bestForename(a[forename], b[forename], words);
    if (surname === undefined || (level >= 0 && level < SWAPPED)) return level;
    const names = { forenames: a[forename], surnames: a[surname] };
    return areSwapped(names, { forenames: b[forename], surnames: b[surname] }) ? SWAPPED : level;
  };
}

/** A surname that the forename's comparison has already seen as written in the forename's place is not compared once more. */
const surnamesApart = (a: Compared, b: Compared, columns: readonly [string, string | undefined]): boolean =>
  columns[1] === undefined ||
  !areSwapped(
    { forenames: a[columns[1]], surnames: a[columns[0]] },
    { forenames: b[columns[1]], surnames: b[columns[0]] },
  );

function surnames([surname = "", forename]: readonly string[]): Comparer {
  return (a, b) => {
    const level = bestLevel(a[surname], b[surname], surnameLevel);
    return level <= 0 || surnamesApart(a, b, [surname, forename]) ? level : -1;
  };
}

function households([surname = "", postcode = "", forename]: readonly string[], shared: ReadonlySet<string>): Comparer {
  const own = (of: Values): Values => (shared.size > 0 && of ? of.filter((each) => !shared.has(each)) : of);
  return (a, b) => {
    const apart = surnamesApart(a, b, [surname, forename]);
    const both = [apart ? a[surname] : undefined, apart ? b[surname] : undefined] as const;
    return householdLevel(both, [own(a[postcode]), own(b[postcode])]);
  };
}

/** A second column may hold what belongs into the first: address lines are often written in each other's place. */
function texts([column = "", other]: readonly string[]): Comparer {
  const SWAPPED = LEVELS.text.indexOf("SWAPPED");
  return (a, b) => {
    const level = bestLevel(a[column], b[column], values.textLevel);
    if (other === undefined || (level >= 0 && level < SWAPPED)) return level;
    const across =
      bestLevel(a[column], b[other], values.sameLevel) === 0 || bestLevel(a[other], b[column], values.sameLevel) === 0;
    return across ? SWAPPED : level;
  };
}

const BY_VALUE = {
  born: values.bornLevel,
  sex: values.sameLevel,
  postcode: values.postcodeLevel,
  identifier: values.identifierLevel,
  number: values.numberLevel,
  category: values.sameLevel,
  email: values.emailLevel,
  phone: values.sameLevel,
} as const;

/** What a comparison looks at first; a session that chose its pairs by it teaches nothing about it. */
export const firstColumn = ({ columns, field }: ComparisonSpec): string => columns[0] ?? field;

/** The comparer of a spec. */
export function comparerOf(spec: ComparisonSpec, comparing: Comparing): Comparer {
  if (spec.kind === "forename") return forenames(spec.columns, comparing.words);
  if (spec.kind === "surname") return surnames(spec.columns);
  if (spec.kind === "household") return households(spec.columns, comparing.sharedPostcodes ?? NONE);
  if (spec.kind === "text") return texts(spec.columns);
  const [column = ""] = spec.columns;
  const level = BY_VALUE[spec.kind];
  return (a, b) => bestLevel(a[column], b[column], level);
}

/** The level that a pair reaches in one comparison; null where a side has nothing to compare. */
export function levelOf(spec: ComparisonSpec, pair: { a: Compared; b: Compared }, words: NameWords): string | null {
  const level = comparerOf(spec, { words })(pair.a, pair.b);
  return level < 0 ? null : nth(LEVELS[spec.kind], level);
}
