// What agrees together. To add up the bits of two comparisons is right only where they have nothing to do with each other. A
// postcode that agrees makes the town agree; a forename that agrees makes the sex agree, among strangers too. What would be counted
// twice is measured among different people, and taken off.

import type { ComparisonSpec } from "./compared.ts";
import type { Pattern } from "./level-patterns.ts";
import type { Together } from "./match-model.ts";
import { nth } from "./nth.ts";

/** Fewer pairs of different people who agree on both say nothing. */
const FEWEST_PAIRS = 30;
/** Less than this is not worth a line. */
const LEAST_BITS = 0.3;

export interface Agreeing {
  readonly specs: readonly ComparisonSpec[];
  /** Pairs taken at random, and how likely each pattern is to be of different people. */
  readonly patterns: readonly Pattern[];
  readonly different: (pattern: Pattern) => number;
}

interface Counts {
  /** Pairs that have both comparisons, agree on the one, on the other, on both. */
  readonly pairs: number;
  readonly one: number;
  readonly other: number;
  readonly both: number;
}

/** A pattern, and how many of its pairs are of different people. */
interface Weighed {
  readonly levels: readonly number[];
  readonly weight: number;
}

function countOn(patterns: readonly Weighed[], one: number, other: number): Counts {
  const counts = { pairs: 0, one: 0, other: 0, both: 0 };
  for (const { levels, weight } of patterns) {
    const a = nth(levels, one);
    const b = nth(levels, other);
    if (a < 0 || b < 0) continue;
    counts.pairs += weight;
    if (a === 0) counts.one += weight;
    if (b === 0) counts.other += weight;
    if (a === 0 && b === 0) counts.both += weight;
  }
  return counts;
}

/** How many bits too many the two say together; 0 where that is chance. */
function tooMany({ pairs, one, other, both }: Counts): number {
  if (both < FEWEST_PAIRS || one === 0 || other === 0) return 0;
  // Two standard errors below what was seen: a few pairs more than expected may be luck.
  const sure = both - 2 * Math.sqrt(both);
  return Math.max(Math.log2((sure * pairs) / (one * other)), 0);
}

/** Household and birthday are not looked at here: brothers and sisters are counted in `twins.ts`. */
const isTwins = (a: ComparisonSpec, b: ComparisonSpec): boolean => a.kind === "household" && b.kind === "born";

/**
 * For each comparison, the one rarer than it that says most of it already. Only one, so that nothing is taken off twice; and never more
 * than `worth`, what the agreement brings.
 */
export function measureTogether(agreeing: Agreeing, worth: readonly number[]): readonly Together[] {
  const { specs, different } = agreeing;
  const patterns = agreeing.patterns.map((each) => ({ levels: each.levels, weight: each.count * different(each) }));
  return specs.flatMap((spec, at): readonly Together[] => {
    let [best, bits] = [-1, LEAST_BITS];
    specs.forEach((other, on) => {
      if (on === at || spec.weak || other.weak || isTwins(spec, other) || isTwins(other, spec)) return;
      const counts = countOn(patterns, on, at);
      const rarer = counts.one < counts.other || (counts.one === counts.other && on < at);
      const more = rarer ? tooMany(counts) : 0;
      if (more > bits) [best, bits] = [on, more];
    });
    const off = Math.min(bits, Math.max(nth(worth, at), 0));
    return best < 0 || off === 0
      ? []
      : [{ field: spec.field, with: nth(specs, best).field, bits: -Math.round(off * 1000) / 1000 }];
  });
}
