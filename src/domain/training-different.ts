// How often different people agree, from pairs taken at random: within registers where there are any, else from the whole, where
// nearly all pairs are two people.

import type { ComparisonSpec } from "./compared.ts";
import type { Comparer } from "./comparisons.ts";
import { exactShares, type Register, withExact } from "./exact-shares.ts";
import { countLevels, type Shares, sharesOf } from "./expectation.ts";
import { withMargins } from "./households.ts";
import { type Pattern, PatternCounter } from "./level-patterns.ts";
import { randomPairs, type TrainingRecordInput } from "./training-pairs.ts";
import { nth } from "./nth.ts";

/** Where registers keep people apart, what is rare is counted besides: fewer pairs do. */
const RANDOM_PAIRS = { apart: 500_000, mixed: 1_000_000 } as const;

export interface Different {
  readonly patterns: readonly Pattern[];
  readonly pairs: number;
  readonly u: Shares;
}

export interface Sampling {
  readonly records: readonly TrainingRecordInput[];
  readonly registers: readonly Register[];
  readonly specs: readonly ComparisonSpec[];
  readonly comparers: readonly Comparer[];
  readonly random: () => number;
}

const pairsOf = (many: number): number => (many * (many - 1)) / 2;

/** How many pairs there are within these groups. */
export const pairsWithin = (groups: readonly (readonly unknown[])[]): number =>
  groups.reduce((sum, group) => sum + pairsOf(group.length), 0);

/** Takes pairs at random and counts what they agree on. */
export function sampleDifferent({ records, registers, specs, comparers, random }: Sampling): Different {
  const apart = registers.length > 0;
  const counter = new PatternCounter(comparers);
  const groups = apart ? registers : [records];
  const wanted = (apart ? RANDOM_PAIRS.apart : RANDOM_PAIRS.mixed) / Math.max(pairsWithin(groups), 1);
  for (const group of groups) {
    const most = Math.round(wanted * pairsOf(group.length));
    randomPairs(group.length, { most, random }, (one, other) =>
      counter.add(nth(group, one).compared, nth(group, other).compared),
    );
  }
  const patterns = counter.list();
  const counts = countLevels(specs, patterns, () => 1);
  const u = specs.map((spec, at) => {
    const shares = sharesOf(spec, spec.kind === "household" ? withMargins(nth(counts, at)) : nth(counts, at));
    if (!apart) return shares;
    return withExact(spec.kind, shares, exactShares(registers, { spec, compare: nth(comparers, at), random }));
  });
  return { patterns, pairs: counter.pairs, u };
}
