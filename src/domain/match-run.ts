// Records of one file or two compared: candidates, weights, guards, bands. Pure, so that a test and the tool do the same.

import type { Compared, NameWords } from "./compared.ts";
import { AUTO_FROM, type BandedPair, bandsOf, isThin, REVIEW_FROM, type ScoredPair } from "./match-bands.ts";
import { keysFor, partsOf } from "./match-blocks.ts";
import { type Guarded, type Guarding, guardsOf } from "./match-guards.ts";
import { CandidateIndex, type KindUse } from "./match-index.ts";
import type { MatchModel } from "./match-model.ts";
import { bitsOf, weigh } from "./weighing.ts";

/** The records: of one file, or of two one after the other. */
export interface Compareds {
  readonly count: number;
  /** The first record of the second file; null where a file is compared with itself. */
  readonly split: number | null;
  readonly fields: readonly string[];
  readonly at: (row: number) => Compared;
}

export interface Running {
  readonly records: Compareds;
  readonly model: MatchModel;
  readonly guarding: Guarding;
  readonly onProgress: (share: number, doing: string) => void;
}

export interface Ran {
  readonly pairs: readonly BandedPair[];
  /** How many pairs were compared. */
  readonly compared: number;
  /** Null where every pair was compared. */
  readonly keys: readonly KindUse[] | null;
}

/** Up to so many pairs, all are compared, and keys are not needed. */
const ALL_PAIRS = 2_000_000;
/** Kinds of key that are made in one pass over the records: more take more memory, fewer more time. */
const KINDS_AT_ONCE = 5;
/** Where keys are made, and where pairs are compared: shares of the work. */
const KEYS_SHARE = 0.2;

const pairCount = ({ count, split }: Compareds): number =>
  split === null ? (count * (count - 1)) / 2 : split * (count - split);

/** Compares. Pairs below -4 bits are forgotten at once. */
export function compareAll(running: Running): Ran {
  const { records, model, guarding, onProgress } = running;
  const index = pairCount(records) <= ALL_PAIRS ? null : indexOf(records, guarding.words, onProgress);
  const last = records.split ?? records.count;
  const pairs: ScoredPair[] = [];
  let compared = 0;
  const began = index ? KEYS_SHARE : 0;
  for (let left = 0; left < last; left += 1) {
    if (left % 1_000 === 0) onProgress(began + ((1 - began) * left) / last, "comparing");
    const a = records.at(left);
    const look = (right: number): void => {
      compared += 1;
      const pair = { a, b: records.at(right) };
      const bits = bitsOf(model, pair, guarding);
      if (bits < REVIEW_FROM) return;
      const guarded = guardsOf(pair, guarding).codes.length > 0;
      pairs.push({ left, right, bits, guarded, thin: bits >= AUTO_FROM && isThin(weigh(model, pair, guarding)) });
    };
    if (index) index.candidates(left, look);
    else for (let right = records.split ?? left + 1; right < records.count; right += 1) look(right);
  }
  onProgress(1, "deciding");
  const weighAgain = (one: number, other: number): { bits: number; against: boolean } => {
    const pair = { a: records.at(one), b: records.at(other) };
    return { bits: bitsOf(model, pair, guarding), against: guardsOf(pair, guarding).against };
  };
  const { split } = records;
  const isPair = (one: number, other: number): boolean => split === null || one < split !== other < split;
  return { pairs: bandsOf({ pairs, weigh: weighAgain, isPair }), compared, keys: index?.uses ?? null };
}

/** What guards say about a pair, once more: for the few pairs that are explained. */
export const guardsFor = (running: Running, { left, right }: ScoredPair): Guarded =>
  guardsOf({ a: running.records.at(left), b: running.records.at(right) }, running.guarding);

function indexOf(records: Compareds, words: NameWords, onProgress: Running["onProgress"]): CandidateIndex {
  const index = new CandidateIndex({ records: records.count, split: records.split });
  const kinds = keysFor(records.fields);
  for (let from = 0; from < kinds.length; from += KINDS_AT_ONCE) {
    onProgress((KEYS_SHARE * from) / kinds.length, "making keys");
    index.add(kinds.slice(from, from + KINDS_AT_ONCE), (row) => partsOf(records.at(row), words));
  }
  return index;
}
