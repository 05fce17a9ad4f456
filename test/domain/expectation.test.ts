import { describe, expect, it } from "vitest";
import type { ComparisonSpec } from "../../src/domain/compared.ts";
import { type Belief, estimateMatches, firstGuess, likelihoodOf, sharesOf } from "../../src/domain/expectation.ts";
import type { Pattern } from "../../src/domain/level-patterns.ts";
import { seeded } from "../../src/domain/seeded.ts";

const SPECS: readonly ComparisonSpec[] = ["a", "b", "c"].map((field) => ({
  field,
  kind: "category",
  columns: [field],
}));
const TRUE_M = [0.95, 0.9, 0.8];
const TRUE_U = [0.01, 0.02, 0.05];
const U = TRUE_U.map((same) => [same, 1 - same]);

/** Pairs made by known shares, so that what is found can be compared with what was put in. A tenth is missing. */
function pairsOf(count: number, share: number): readonly Pattern[] {
  const random = seeded(7);
  return Array.from({ length: count }, () => {
    const agree = random() < share ? TRUE_M : TRUE_U;
    return { levels: agree.map((same) => (random() < 0.1 ? -1 : random() < same ? 0 : 1)), count: 1 };
  });
}

const start: Belief = { m: firstGuess(SPECS), u: U, share: 0.1 };

describe("learning without labels", () => {
  it("finds how often one person's records agree, and how many pairs are one person", () => {
    const found = estimateMatches({ specs: SPECS, patterns: pairsOf(40_000, 0.05), used: [0, 1, 2] }, start);
    found.m.forEach((row, at) => expect(row[0]).toBeCloseTo(TRUE_M[at]!, 1));
    expect(found.share).toBeGreaterThan(0.045);
    expect(found.share).toBeLessThan(0.055);
    expect(found.matches).toBeCloseTo(found.share * 40_000, 0);
  });

  it("does not touch what the pairs were chosen by, nor how often strangers agree", () => {
    const found = estimateMatches({ specs: SPECS, patterns: pairsOf(5_000, 0.05), used: [1, 2] }, start);
    expect(found.m[0]).toBe(start.m[0]);
    expect(found.u).toBe(U);
  });

  it("no pairs at all leave the first guess nearly as it was, and break nothing", () => {
    const found = estimateMatches({ specs: SPECS, patterns: [], used: [0, 1, 2] }, start);
    expect(found.matches).toBe(0);
    expect(found.m.flat().every((each) => each > 0 && each < 1)).toBe(true);
  });

  it("what was never seen is rare, not impossible", () => {
    expect(sharesOf(SPECS[0]!, [100, 0])[1]).toBeCloseTo(0.5 / 101, 9);
  });

  it("a side without a value leaves the likelihood where it was", () => {
    const belief = { ...start, share: 0.3 };
    expect(likelihoodOf([-1, -1, -1], belief, [0, 1, 2])).toBeCloseTo(0.3, 9);
    expect(likelihoodOf([0, 0, -1], belief, [0, 1, 2])).toBeGreaterThan(0.99);
    expect(likelihoodOf([1, 1, -1], belief, [0, 1, 2])).toBeLessThan(0.01);
  });
});
