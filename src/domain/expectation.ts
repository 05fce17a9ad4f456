// How often records of one person agree at each level, found without anybody telling which pairs are one person: guess, say how
// likely each pair then is to be one person, count again by those likelihoods, until nothing moves (expectation and maximisation).

import type { ComparisonSpec } from "./compared.ts";
import { LEVELS } from "./comparisons.ts";
import { groupsOf } from "./level-order.ts";
import type { Pattern } from "./level-patterns.ts";
import { addTo, nth } from "./nth.ts";

/** For each comparison, for each level, how often a pair reaches it. */
export type Shares = readonly (readonly number[])[];

/** What is believed of pairs of one person (`m`), of different people (`u`), and how many are one (`share`). */
export interface Belief {
  readonly m: Shares;
  readonly u: Shares;
  readonly share: number;
}

const MOST_ITERATIONS = 200;
/** Comparisons of patterns that one estimate looks at, at most, so that it ends in seconds: with many comparisons hardly two pairs are
 *  alike, and there are as many patterns as pairs. By then it is near. */
const MOST_LOOKED_AT = 100_000_000;
const FEWEST_ITERATIONS = 10;
const STILL = 1e-5;
const HALF = 0.5;

/** A nought for each level. */
export const noCounts = (spec: ComparisonSpec): number[] => LEVELS[spec.kind].map(() => 0);

/** What is taken for granted before anything was counted: nine in ten agree wholly, the rest share what is left. */
export function firstGuess(specs: readonly ComparisonSpec[]): Shares {
  return specs.map((spec) => {
    const guess = noCounts(spec);
    for (const group of groupsOf(spec.kind)) {
      group.forEach((level, at) => (guess[level] = at === 0 && group.length > 1 ? 0.9 : 0.1 / (group.length - 1)));
    }
    return guess;
  });
}

/** How likely a pair of this pattern is one person, from 0 to 1. Only `used` comparisons count. */
export function likelihoodOf(levels: readonly number[], { m, u, share }: Belief, used: readonly number[]): number {
  let odds = share / (1 - share);
  for (const at of used) {
    const level = nth(levels, at);
    if (level >= 0) odds *= nth(nth(m, at), level) / nth(nth(u, at), level);
  }
  return odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds);
}

/** Counts of levels by a weight for each pattern. */
export function countLevels(
  specs: readonly ComparisonSpec[],
  patterns: readonly Pattern[],
  weightOf: (pattern: Pattern) => number,
): number[][] {
  const counts = specs.map((spec) => noCounts(spec));
  for (const pattern of patterns) {
    const weight = weightOf(pattern) * pattern.count;
    for (let at = 0; at < counts.length; at += 1) {
      const level = nth(pattern.levels, at);
      if (level >= 0) addTo(nth(counts, at), level, weight);
    }
  }
  return counts;
}

/** Counts as shares of their group, half a pair added to each: what was never seen is rare, not impossible. */
export function sharesOf(spec: ComparisonSpec, counts: readonly number[]): number[] {
  const shares = noCounts(spec);
  for (const group of groupsOf(spec.kind)) {
    const all = group.reduce((sum, level) => sum + nth(counts, level) + HALF, 0);
    for (const level of group) shares[level] = (nth(counts, level) + HALF) / all;
  }
  return shares;
}

const furthest = (a: Shares, b: Shares): number =>
  a.reduce(
    (most, row, at) => row.reduce((sofar, each, on) => Math.max(sofar, Math.abs(each - nth(nth(b, at), on))), most),
    0,
  );

export interface Expectation extends Belief {
  readonly iterations: number;
  /** For each comparison, how many of them are expected to be at each level. */
  readonly counts: Shares;
  /** How many of the pairs are expected to be one person. */
  readonly matches: number;
}

export interface Estimating {
  readonly specs: readonly ComparisonSpec[];
  readonly patterns: readonly Pattern[];
  /** The comparisons that may be estimated: those that the pairs were not chosen by. */
  readonly used: readonly number[];
}

/** Estimates `m` and the share from `start`; `u` stays as it is. */
export function estimateMatches({ specs, patterns, used }: Estimating, start: Belief): Expectation {
  const pairs = patterns.reduce((sum, pattern) => sum + pattern.count, 0);
  const affordable = Math.floor(MOST_LOOKED_AT / Math.max(patterns.length * specs.length, 1));
  const most = Math.min(Math.max(affordable, FEWEST_ITERATIONS), MOST_ITERATIONS);
  let belief = start;
  let matches = 0;
  let iterations = 0;
  let counts: Shares = [];
  for (let moved = 1; moved > STILL && iterations < most; iterations += 1) {
    const before = belief;
    matches = 0;
    counts = countLevels(specs, patterns, (pattern) => {
      const likelihood = likelihoodOf(pattern.levels, before, used);
      matches += likelihood * pattern.count;
      return likelihood;
    });
    const now = counts;
    const m = specs.map((spec, at) => (used.includes(at) ? sharesOf(spec, nth(now, at)) : nth(before.m, at)));
    belief = { m, u: before.u, share: Math.min(Math.max(matches / Math.max(pairs, 1), 1e-9), 1 - 1e-9) };
    moved = furthest(m, before.m);
  }
  return { ...belief, iterations, matches, counts };
}
