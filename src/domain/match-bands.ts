// From the weights of pairs to who is joined. A join needs everybody's consent: a record comes to a group only where it fits every
// record there, and a record that fits two that are not one person waits for a person.

import type { Band } from "./identity.ts";
import type { Weighed } from "./match-model.ts";

/** Odds of a hundred to one. */
export const AUTO_FROM = 6.63;
/** Below this a pair is not worth a person's look. */
export const REVIEW_FROM = -4;
/** Odds of a thousand to one. Below them, likenesses alone are not enough. */
const PLENTY = 10;
/** What an agreement must be worth to count as somebody's own. */
const WORTH = 2;
/** Two records of one group must weigh this at least: no two of them may be plainly two people. */
const FITS_FROM = REVIEW_FROM;
/** The second-best must be this far behind. */
const MARGIN = 6;
/** A group of more records is no person, but a value that everybody has. */
const LARGEST_GROUP = 50;

/** Why a pair is in its band, besides its weight. */
export type BandReason = "THROUGH_A_THIRD" | "ONE_OF_TWO" | "THIN" | "GUARDED" | null;

/** A pair that was compared and is worth keeping. */
export interface ScoredPair {
  readonly left: number;
  readonly right: number;
  readonly bits: number;
  readonly guarded: boolean;
  /** Heavy enough, but made of likenesses: see `isThin`. */
  readonly thin: boolean;
}

/** Agreements that are somebody's own and exact, by level. Sex, a county or a house number are not. */
const OWN: Readonly<Record<string, number>> = {
  EXACT: 1,
  SAME_SAME: 2,
  SAME_NEAR: 1,
  SAME_OUTWARD: 1,
  SAME_OTHER: 1,
  SURNAME_SAME: 1,
  POSTCODE_SAME: 1,
  CLOSE_SAME: 1,
  OTHER_SAME: 1,
  LOCAL_SAME: 1,
};

const NO_LEVELS: ReadonlySet<string> = new Set(["MISSING", "FREQUENCY", "TOGETHER"]);
const isLevel = (level: string): boolean => !NO_LEVELS.has(level);

/** Whether a pair lives of likenesses: under odds of a thousand to one, and the first name says next to nothing for it, or fewer than
 *  two things agree to the letter. Ella Yani and Nell Ryan of one birthday are two people oftener than arithmetic says, and so are
 *  Freya and Priya King, who may be twins: a file without addresses cannot show that it holds families. */
export function isThin({ bits, contributions }: Weighed): boolean {
  if (bits >= PLENTY) return false;
  let own = 0;
  for (const { field, level, bits: each } of contributions) {
    if (field === "forename" && isLevel(level) && level !== "EXACT" && each < WORTH) return true;
    if (field !== "houseNumber" && each > WORTH) own += OWN[level] ?? 0;
  }
  return own < 2;
}

export interface BandedPair extends ScoredPair {
  readonly band: Band;
  readonly reason: BandReason;
}

/** Weighs a pair that may never have been looked at. `against` is a guard that says two people. */
export type Weighing = (left: number, right: number) => { readonly bits: number; readonly against: boolean };

export interface Banding {
  readonly pairs: readonly ScoredPair[];
  readonly weigh: Weighing;
  /** Whether two records can stand in one line of the output: not, in two files, two of the same. */
  readonly isPair: (one: number, other: number) => boolean;
}

/** The pairs with their bands; pairs that follow from others are added. Heaviest first. */
export function bandsOf({ pairs, weigh, isPair }: Banding): BandedPair[] {
  const sorted = pairs.toSorted((a, b) => b.bits - a.bits || a.left - b.left || a.right - b.right);
  const groups = new Groups(weigh);
  const refused: ScoredPair[] = [];
  for (const pair of sorted) {
    if (pair.bits < AUTO_FROM) break;
    if (!pair.guarded && !pair.thin && !groups.join(pair)) refused.push(pair);
  }
  const doubtful = closeBehind(sorted, refused);
  const banded = sorted.map((pair) => bandOf(pair, groups, doubtful));
  return [...banded, ...groups.others(pairs, isPair)].toSorted(
    (a, b) => b.bits - a.bits || a.left - b.left || a.right - b.right,
  );
}

function bandOf(pair: ScoredPair, groups: Groups, doubtful: ReadonlySet<ScoredPair>): BandedPair {
  const { bits, guarded, thin, left, right } = pair;
  const banded = (band: Band, reason: BandReason): BandedPair => ({ ...pair, band, reason });
  if (guarded) return banded("REVIEW", "GUARDED");
  if (doubtful.has(pair)) return banded("REVIEW", "ONE_OF_TWO");
  if (groups.together(left, right)) return banded("AUTO", bits < AUTO_FROM || thin ? "THROUGH_A_THIRD" : null);
  if (thin) return banded("REVIEW", "THIN");
  return banded("REVIEW", bits < AUTO_FROM ? null : "ONE_OF_TWO");
}

/** Joins that a refused one comes close to: who fits two people nearly as well may be either. */
function closeBehind(sorted: readonly ScoredPair[], refused: readonly ScoredPair[]): ReadonlySet<ScoredPair> {
  const best = new Map<number, number>();
  for (const { left, right, bits } of refused)
    for (const record of [left, right]) best.set(record, Math.max(best.get(record) ?? bits, bits));
  const isClose = (record: number, bits: number): boolean =>
    (best.get(record) ?? Number.NEGATIVE_INFINITY) > bits - MARGIN;
  return new Set(sorted.filter(({ left, right, bits }) => isClose(left, bits) || isClose(right, bits)));
}

/** Records that are one person so far. */
class Groups {
  readonly #weigh: Weighing;
  readonly #of = new Map<number, number[]>();

  constructor(weigh: Weighing) {
    this.#weigh = weigh;
  }

  together(one: number, other: number): boolean {
    const group = this.#of.get(one);
    return group !== undefined && group === this.#of.get(other);
  }

  /** Whether the two are together now. */
  join({ left, right }: ScoredPair): boolean {
    const [ones, others] = [this.#of.get(left) ?? [left], this.#of.get(right) ?? [right]];
    if (ones === others) return true;
    if (ones.length + others.length > LARGEST_GROUP) return false;
    for (const one of ones)
      for (const other of others) {
        if (one === left && other === right) continue;
        const { bits, against } = this.#weigh(one, other);
        if (against || bits < FITS_FROM) return false;
      }
    const all = [...ones, ...others];
    for (const record of all) this.#of.set(record, all);
    return true;
  }

  /** Pairs of one group that were never candidates. */
  others(known: readonly ScoredPair[], isPair: Banding["isPair"]): BandedPair[] {
    const named = new Set(known.map(({ left, right }) => nameOf(left, right)));
    const found: BandedPair[] = [];
    for (const group of new Set(this.#of.values())) {
      if (group.length < 3) continue;
      const inOrder = group.toSorted((a, b) => a - b);
      for (const [at, left] of inOrder.entries())
        for (const right of inOrder.slice(at + 1)) {
          if (!isPair(left, right) || named.has(nameOf(left, right))) continue;
          const { bits } = this.#weigh(left, right);
          found.push({ left, right, bits, guarded: false, thin: false, band: "AUTO", reason: "THROUGH_A_THIRD" });
        }
    }
    return found;
  }
}

const MOST_RECORDS = 2 ** 26;
const nameOf = (left: number, right: number): number => left * MOST_RECORDS + right;
