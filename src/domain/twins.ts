// Brothers and sisters born together agree on household and birthday. Each of the two is rare among strangers, so the two bits
// added say far too much. How much too much is counted within registers, where every pair is two people.

import type { ComparisonSpec } from "./compared.ts";
import { type Comparer, LEVELS } from "./comparisons.ts";
import type { Register } from "./exact-shares.ts";
import type { Shares } from "./expectation.ts";
import { SAME_HOUSEHOLD } from "./households.ts";
import type { MatchModel } from "./match-model.ts";
import { blocksOn, eachPair } from "./training-pairs.ts";
import { nth } from "./nth.ts";

const NOT_MEASURED: MatchModel["twins"] = { bits: 0, measured: null };

export interface TwinsIn {
  readonly specs: readonly ComparisonSpec[];
  readonly comparers: readonly Comparer[];
  readonly random: () => number;
  /** How often two different people have one birthday. */
  readonly sameBirthday: number;
}

/** What is to be taken off where household and birthday agree. */
export function measureTwins(
  registers: readonly Register[],
  { specs, comparers, random, sameBirthday }: TwinsIn,
): MatchModel["twins"] {
  const household = specs.findIndex((spec) => spec.kind === "household");
  const born = specs.findIndex((spec) => spec.kind === "born");
  if (household < 0 || born < 0) return NOT_MEASURED;
  const [surname = "", postcode = ""] = nth(specs, household).columns;
  let [sameHousehold, alsoSameBirthday] = [0, 0];
  for (const register of registers) {
    const { blocks } = blocksOn(register, [surname, postcode], random);
    eachPair(blocks, (one, other) => {
      const a = nth(register, one).compared;
      const b = nth(register, other).compared;
      const level = nth(comparers, household)(a, b);
      const birthdays = nth(comparers, born)(a, b);
      if (birthdays < 0 || level < 0 || !SAME_HOUSEHOLD.has(nth(LEVELS.household, level))) return;
      sameHousehold += 1;
      if (birthdays === 0) alsoSameBirthday += 1;
    });
  }
  if (alsoSameBirthday === 0) return NOT_MEASURED;
  const over = Math.log2(alsoSameBirthday / sameHousehold / sameBirthday);
  return { bits: -Math.round(Math.max(over, 0) * 1000) / 1000, measured: { sameHousehold, alsoSameBirthday } };
}

/** How often different people of one birthday agree on the household: more often than others, by what twins take off. */
export function withTwins(specs: readonly ComparisonSpec[], u: Shares, bits: number): Shares {
  return specs.map((spec, at) => {
    const row = [...nth(u, at)];
    if (spec.kind !== "household") return row;
    LEVELS.household.forEach((name, level) => {
      if (SAME_HOUSEHOLD.has(name)) row[level] = Math.min(nth(row, level) * 2 ** -bits, 0.5);
    });
    return row;
  });
}
