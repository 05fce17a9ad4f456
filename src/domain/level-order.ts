// Which levels are alternatives to each other, and which is better than which. In all kinds but `household` that is the list from
// best to last; there, surname and postcode are better or worse each for itself.

import type { ComparisonKind } from "./compared.ts";
import { LEVELS } from "./comparisons.ts";
import { HOUSEHOLD_LEVELS } from "./households.ts";
import { nth } from "./nth.ts";

const POSTCODES = 4;

const run = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

function householdGroups(): readonly (readonly number[])[] {
  const surnameOnly = HOUSEHOLD_LEVELS.indexOf("SURNAME_SAME");
  const postcodeOnly = HOUSEHOLD_LEVELS.indexOf("POSTCODE_SAME");
  const last = HOUSEHOLD_LEVELS.length - 1;
  return [[...run(0, surnameOnly), last], run(surnameOnly, postcodeOnly), run(postcodeOnly, last)];
}

const HOUSEHOLD_GROUPS = householdGroups();

/** Names in each other's place are evidence of both of them, so they may weigh more than the forename alone.
 *  A variant and a slip are both less than the same name, and neither is better than the other. */
const FORENAME_ABOVE: readonly (readonly number[])[] = [[], [0], [], [0], [3], [4], [1, 2, 5]];

/** A birthday known less exactly is neither better nor worse than one that is a slip away: only less than the very same, and more
 *  than one that does not agree. */
const BORN_ABOVE: readonly (readonly number[])[] = [[], [0], [1], [2], [3], [0], [4], [6], [5, 7]];

/** Levels by what both sides have; within a group the shares add up to one. */
export const groupsOf = (kind: ComparisonKind): readonly (readonly number[])[] =>
  kind === "household" ? HOUSEHOLD_GROUPS : [run(0, LEVELS[kind].length)];

/** The levels just above a level of a group, by its place in the group: none of them may weigh less. */
export function aboveOf(kind: ComparisonKind, group: readonly number[], at: number): readonly number[] {
  if (kind === "forename") return FORENAME_ABOVE[at] ?? [];
  if (kind === "born") return BORN_ABOVE[at] ?? [];
  if (kind !== "household" || group !== HOUSEHOLD_GROUPS[0]) return at === 0 ? [] : [nth(group, at - 1)];
  const above = [];
  if (at >= POSTCODES) above.push(nth(group, at - POSTCODES));
  if (at % POSTCODES > 0) above.push(nth(group, at - 1));
  return above;
}
