// How common each name or place is. To agree on a rare surname says more than to agree on Khan or Smith.

import type { Compared, ComparisonSpec } from "./compared.ts";
import { firstColumn } from "./comparisons.ts";
import { rounded } from "./level-bits.ts";
import type { FieldModel } from "./match-model.ts";

/** No value of fewer records than this is written into a model: it could point at somebody. */
const FEWEST = 5;
const MOST_VALUES = 5_000;

const LOOKED_AT: ReadonlySet<string> = new Set(["forename", "surname", "household", "text", "category"]);

type Frequencies = NonNullable<FieldModel["frequencies"]>;

/** How often each value of a comparison's first column stands among the records that have one. */
export function frequenciesOf(spec: ComparisonSpec, records: Iterable<Compared>): Frequencies | null {
  if (!LOOKED_AT.has(spec.kind) || spec.weak) return null;
  const counts = new Map<string, number>();
  const column = firstColumn(spec);
  let all = 0;
  for (const record of records) {
    for (const value of record[column] ?? []) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
      all += 1;
    }
  }
  if (all === 0) return null;
  const ranked = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const listed = ranked.slice(0, MOST_VALUES).filter(([, count]) => count >= FEWEST);
  const rest = ranked.slice(listed.length).map(([, count]) => count);
  const held = rest.reduce((sum, count) => sum + count, 0);
  return {
    values: Object.fromEntries(listed.map(([value, count]) => [value, rounded(count / all)])),
    otherwise: rounded(held === 0 ? 1 / all : rest.reduce((sum, count) => sum + count * count, 0) / held / all),
  };
}

/** A value this rare or rarer is taken to be this common: a count of few records is a guess. */
const LEAST = 0.0001;

/** How common a value is, as far as the model knows. */
export const frequencyOf = ({ values, otherwise }: Frequencies, value: string): number =>
  Math.max(Object.hasOwn(values, value) ? (values[value] ?? otherwise) : otherwise, LEAST);

/** How common the value is on which two records taken at random agree: what an agreement's bits already stand for. */
export function usualFrequency({ values, otherwise }: Frequencies): number {
  const listed = Object.values(values);
  const rest = 1 - listed.reduce((sum, each) => sum + each, 0);
  return Math.max(listed.reduce((sum, each) => sum + each * each, 0) + Math.max(rest, 0) * otherwise, LEAST);
}
