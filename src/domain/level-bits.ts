// From how often records agree to what the agreement is worth.

import type { ComparisonSpec } from "./compared.ts";
import { LEVELS } from "./comparisons.ts";
import { aboveOf, groupsOf } from "./level-order.ts";
import type { LevelWeight, MatchModel } from "./match-model.ts";
import { nth } from "./nth.ts";

/** What families share is worth one bit at most, for or against. */
const WEAK = { least: -1, most: 1 } as const;

/** Six places are more than is known. */
export const rounded = (value: number): number => Number(value.toPrecision(6));

/** Levels that are taken for one, because the worse would otherwise outweigh the better. */
interface Pool {
  m: number;
  u: number;
  readonly levels: number[];
}

const bitsOfPool = ({ m, u }: Pool): number => Math.log2(m / u);

/** No level above a better one: two that stand in the wrong order are counted as one, until none do. A level hardly ever seen
 *  so takes the weight of its neighbour, instead of pressing the neighbour down to its own. */
function inOrder(spec: ComparisonSpec, m: readonly number[], u: readonly number[]): readonly number[] {
  const pools = m.map((each, level): Pool => ({ m: each, u: nth(u, level), levels: [level] }));
  const edges = groupsOf(spec.kind).flatMap((group) =>
    group.flatMap((level, at) => aboveOf(spec.kind, group, at).map((better) => ({ better, level }))),
  );
  const wrong = (): (typeof edges)[number] | undefined =>
    edges.find(({ better, level }) => bitsOfPool(nth(pools, level)) > bitsOfPool(nth(pools, better)) + 1e-9);
  for (let edge = wrong(); edge; edge = wrong()) {
    const [into, from] = [nth(pools, edge.better), nth(pools, edge.level)];
    into.m += from.m;
    into.u += from.u;
    into.levels.push(...from.levels);
    for (const level of from.levels) pools[level] = into;
  }
  return pools.map(bitsOfPool);
}

/** The levels of a comparison with their bits: within the clamp, and no level above a better one. */
export function levelWeights(
  spec: ComparisonSpec,
  { m, u }: { m: readonly number[]; u: readonly number[] },
  clamp: MatchModel["clamp"],
): readonly LevelWeight[] {
  const { least, most } = spec.weak ? WEAK : clamp;
  const bits = inOrder(spec, m, u);
  return LEVELS[spec.kind].map((level, at) => ({
    level,
    m: rounded(nth(m, at)),
    u: rounded(nth(u, at)),
    bits: Math.round(Math.min(Math.max(nth(bits, at), least), most) * 1000) / 1000,
  }));
}
