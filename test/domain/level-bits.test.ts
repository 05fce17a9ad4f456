import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMPARISON_KINDS, type ComparisonKind } from "../../src/domain/compared.ts";
import { LEVELS } from "../../src/domain/comparisons.ts";
import { levelWeights } from "../../src/domain/level-bits.ts";
import { aboveOf, groupsOf } from "../../src/domain/level-order.ts";

const CLAMP = { least: -14, most: 18 };
const spec = (kind: ComparisonKind) => ({ field: "x", kind, columns: ["x"] });
const share = fc.double({ min: 1e-9, max: 1, noNaN: true });

describe("what levels are worth", () => {
  it("a level is worth log2 of how much likelier it is in one person's records", () => {
    const [same, other] = levelWeights(spec("sex"), { m: [0.99, 0.01], u: [0.5, 0.5] }, CLAMP);
    expect(same).toEqual({ level: "SAME", m: 0.99, u: 0.5, bits: 0.986 });
    expect(other?.bits).toBe(-5.644);
  });

  it.each(COMPARISON_KINDS)("%s: a worse level never outweighs a better one, whatever was counted", (kind) => {
    const many = { minLength: LEVELS[kind].length, maxLength: LEVELS[kind].length };
    fc.assert(
      fc.property(fc.array(share, many), fc.array(share, many), (m, u) => {
        const bits = levelWeights(spec(kind), { m, u }, CLAMP).map((each) => each.bits);
        for (const group of groupsOf(kind)) {
          for (const [at, level] of group.entries()) {
            for (const better of aboveOf(kind, group, at))
              expect(bits[level]).toBeLessThanOrEqual(bits[better]! + 0.001);
          }
        }
        expect(Math.max(...bits)).toBeLessThanOrEqual(18);
        expect(Math.min(...bits)).toBeGreaterThanOrEqual(-14);
      }),
    );
  });

  it("a level hardly ever seen takes its neighbour's weight instead of pressing it down", () => {
    const m = [0.9, 0.000_001, 0.06, 0.039_999];
    const u = [0.000_001, 0.000_01, 0.001, 0.99];
    const bits = levelWeights(spec("identifier"), { m, u }, CLAMP).map((each) => each.bits);
    expect(bits[1]).toBe(bits[2]);
    expect(bits[2]).toBeGreaterThan(5);
  });

  it("what families share is worth one bit at most, for or against", () => {
    const levels = levelWeights({ ...spec("phone"), weak: true }, { m: [0.9, 0.1], u: [0.000_001, 0.999] }, CLAMP);
    expect(levels.map(({ bits }) => bits)).toEqual([1, -1]);
  });

  it("every level of a kind is in exactly one group", () => {
    for (const kind of COMPARISON_KINDS) {
      expect(
        groupsOf(kind)
          .flat()
          .toSorted((a, b) => a - b),
      ).toEqual(LEVELS[kind].map((_, at) => at));
    }
  });
});
