// What the records did not show. A comparison that was never made is worth nothing, for or against, until a model is made from
// records in which it was.

import type { ComparisonSpec } from "./compared.ts";
import { countLevels, type Shares } from "./expectation.ts";
import { withMargins } from "./households.ts";
import { groupsOf } from "./level-order.ts";
import type { Pattern } from "./level-patterns.ts";
import { nth } from "./nth.ts";

const seenLevels = (specs: readonly ComparisonSpec[], patterns: readonly Pattern[]): Shares =>
  countLevels(specs, patterns, () => 1).map((counts, at) =>
    nth(specs, at).kind === "household" ? withMargins(counts) : counts,
  );

/** The same belief, with `m` as `u` where no two records of different people had anything to compare: no bits. */
export function silenced<T extends { readonly m: Shares; readonly u: Shares }>(
  specs: readonly ComparisonSpec[],
  belief: T,
  patterns: readonly Pattern[],
): T {
  const seen = seenLevels(specs, patterns);
  const m = specs.map((spec, at) => {
    const row = [...nth(belief.m, at)];
    for (const group of groupsOf(spec.kind)) {
      if (group.some((level) => nth(nth(seen, at), level) > 0)) continue;
      for (const level of group) row[level] = nth(nth(belief.u, at), level);
    }
    return row;
  });
  return { ...belief, m };
}

/** A note for each comparison that nothing is known about. */
export const neverCompared = (specs: readonly ComparisonSpec[], patterns: readonly Pattern[]): readonly string[] => {
  const seen = seenLevels(specs, patterns);
  return specs
    .filter((_, at) => nth(seen, at).every((count) => count === 0))
    .map(({ field }) => `no two records had ${field} to compare: it is worth nothing, for or against`);
};
