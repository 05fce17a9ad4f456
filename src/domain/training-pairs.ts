// Which pairs a model learns from. Pairs of different people are taken at random, where it can be from within one register, which
// holds nobody twice. Pairs that may be one person are those that agree on something: one pass for each thing to agree on.

import type { Compared } from "./compared.ts";
import { nth } from "./nth.ts";

/** A record to learn from. `source` is the register or file that it came from. */
export interface TrainingRecordInput {
  readonly source: string;
  readonly compared: Compared;
}

/** Larger groups than this are left out: they say that a value is common, not who is who. */
export const LARGEST_BLOCK = 300;
/** No session looks at more pairs than this. */
const MOST_PAIRS = 1_500_000;

export interface Blocked {
  readonly blocks: readonly (readonly number[])[];
  /** What share of the pairs was kept, 1 where all were. */
  readonly kept: number;
  /** Groups left out for their size, and how many records the largest had. */
  readonly skipped: number;
  readonly largest: number;
}

const pairsIn = (block: readonly number[]): number => (block.length * (block.length - 1)) / 2;

/** Records that have the same first value in all `columns`; those without one are in no block. */
export function blocksOn(
  records: readonly TrainingRecordInput[],
  columns: readonly string[],
  random: () => number,
): Blocked {
  const byKey = new Map<string, number[]>();
  for (let at = 0; at < records.length; at += 1) {
    const { compared } = nth(records, at);
    let key = "";
    for (const column of columns) {
      const value = compared[column]?.[0];
      if (value === undefined) {
        key = "";
        break;
      }
      key += `|${value}`;
    }
    if (key === "") continue;
    const block = byKey.get(key);
    if (block) block.push(at);
    else byKey.set(key, [at]);
  }
  const many = [...byKey.values()].filter((block) => block.length > 1);
  const fit = many.filter((block) => block.length <= LARGEST_BLOCK);
  const pairs = fit.reduce((sum, block) => sum + pairsIn(block), 0);
  const kept = Math.min(1, MOST_PAIRS / Math.max(pairs, 1));
  return {
    blocks: kept === 1 ? fit : fit.filter(() => random() < kept),
    kept,
    skipped: many.length - fit.length,
    largest: many.reduce((most, block) => Math.max(most, block.length), 0),
  };
}

/** All pairs within the blocks. */
export function eachPair(blocks: readonly (readonly number[])[], use: (a: number, b: number) => void): void {
  for (const block of blocks) {
    for (let one = 0; one < block.length; one += 1) {
      for (let other = one + 1; other < block.length; other += 1) use(nth(block, one), nth(block, other));
    }
  }
}

/** `most` pairs taken at random from so many records, or all where there are not more. */
export function randomPairs(
  count: number,
  { most, random }: { most: number; random: () => number },
  use: (a: number, b: number) => void,
): void {
  if ((count * (count - 1)) / 2 <= most) {
    for (let one = 0; one < count; one += 1) for (let other = one + 1; other < count; other += 1) use(one, other);
    return;
  }
  for (let taken = 0; taken < most; taken += 1) {
    const one = Math.floor(random() * count);
    const other = Math.floor(random() * (count - 1));
    use(one, other >= one ? other + 1 : other);
  }
}
