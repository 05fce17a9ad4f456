// How often different people agree on something rare, counted rather than guessed from a sample: within a register, every two
// records that share a value are two people who agree.

import type { Compared, ComparisonKind, ComparisonSpec } from "./compared.ts";
import { type Comparer, firstColumn, LEVELS } from "./comparisons.ts";
import { groupsOf } from "./level-order.ts";
import { outwardOf } from "./place.ts";
import { blocksOn, eachPair, type TrainingRecordInput } from "./training-pairs.ts";
import { nth } from "./nth.ts";

const pairsOf = (many: number): number => (many * (many - 1)) / 2;

/** A register's records. */
export type Register = readonly TrainingRecordInput[];

function shareOnColumn(registers: readonly Register[], column: string): number {
  let agree = 0;
  let all = 0;
  for (const register of registers) {
    const counts = new Map<string, number>();
    let present = 0;
    for (const { compared } of register) {
      const value = compared[column]?.[0];
      if (value === undefined) continue;
      present += 1;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    all += pairsOf(present);
    for (const count of counts.values()) agree += pairsOf(count);
  }
  return (agree + 0.5) / (all + 1);
}

const withOutward = ({ source, compared }: TrainingRecordInput, postcode: string): TrainingRecordInput => {
  const first = compared[postcode]?.[0];
  const outward = first === undefined ? null : outwardOf(first);
  return { source, compared: { ...compared, outward: outward === null ? undefined : [outward] } };
};

const COUNTED_BY_POSTCODE = ["SAME_SAME", "CLOSE_SAME", "OTHER_SAME"];
const COUNTED_BY_SURNAME = ["SAME_NEAR", "SAME_OUTWARD"];

/** Household levels by their exact shares among pairs that have both surname and postcode. */
function householdShares(
  registers: readonly Register[],
  { spec, compare, random }: { spec: ComparisonSpec; compare: Comparer; random: () => number },
): ReadonlyMap<number, number> {
  const [surname = "", postcode = ""] = spec.columns;
  const counts = new Map<number, number>();
  let all = 0;
  const count = (records: Register, columns: readonly string[], levels: readonly string[]): void => {
    const { blocks, kept } = blocksOn(records, columns, random);
    eachPair(blocks, (one, other) => {
      const level = compare(nth(records, one).compared, nth(records, other).compared);
      if (level >= 0 && levels.includes(nth(LEVELS.household, level))) {
        counts.set(level, (counts.get(level) ?? 0) + 1 / kept);
      }
    });
  };
  const hasBoth = ({ compared }: { compared: Compared }): boolean =>
    compared[surname]?.[0] !== undefined && compared[postcode]?.[0] !== undefined;
  for (const register of registers) {
    const records = register.filter(hasBoth).map((record) => withOutward(record, postcode));
    all += pairsOf(records.length);
    count(records, [postcode], COUNTED_BY_POSTCODE);
    count(records, [surname, "outward"], COUNTED_BY_SURNAME);
  }
  const shares = new Map([...counts].map(([level, pairs]) => [level, pairs / Math.max(all, 1)]));
  shares.set(LEVELS.household.indexOf("SURNAME_SAME"), shareOnColumn(registers, surname));
  return shares.set(LEVELS.household.indexOf("POSTCODE_SAME"), shareOnColumn(registers, postcode));
}

/** For one comparison, the levels whose share among different people was counted, and those shares. */
export function exactShares(
  registers: readonly Register[],
  about: { spec: ComparisonSpec; compare: Comparer; random: () => number },
): ReadonlyMap<number, number> {
  if (about.spec.kind === "household") return householdShares(registers, about);
  return new Map([[0, shareOnColumn(registers, firstColumn(about.spec))]]);
}

/** Puts the counted shares in the place of the sampled ones; the rest of a group keep their proportions in what is left. */
export function withExact(
  kind: ComparisonKind,
  shares: readonly number[],
  exact: ReadonlyMap<number, number>,
): number[] {
  const merged = [...shares];
  for (const group of groupsOf(kind)) mergeGroup(merged, exact, group);
  return merged;
}

function mergeGroup(merged: number[], exact: ReadonlyMap<number, number>, group: readonly number[]): void {
  const counted = group.filter((level) => exact.has(level));
  if (counted.length === 0) return;
  const known = counted.reduce((sum, level) => sum + (exact.get(level) ?? 0), 0);
  const sampled = group.reduce((sum, level) => sum + (exact.has(level) ? 0 : nth(merged, level)), 0);
  for (const level of group) {
    merged[level] = exact.get(level) ?? (nth(merged, level) / Math.max(sampled, 1e-12)) * Math.max(1 - known, 1e-9);
  }
}
