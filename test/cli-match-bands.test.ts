// From weights to bands: who is joined, and who waits for a person.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandsOf, isThin, type ScoredPair } from "../src/domain/match-bands.ts";

/** Weights by pair; what is not named is plainly two people. */
type Weights = Readonly<Record<string, number>>;

function bands(weights: Weights, options: { against?: readonly string[]; split?: number } = {}) {
  const { against = [], split } = options;
  const pairs = Object.entries(weights).map(([name, bits]): ScoredPair => {
    const [left = 0, right = 0] = name.split("-").map(Number);
    return { left, right, bits, guarded: against.includes(name), thin: false };
  });
  const weigh = (one: number, other: number) => {
    const name = `${Math.min(one, other)}-${Math.max(one, other)}`;
    return { bits: weights[name] ?? -20, against: against.includes(name) };
  };
  const isPair = (one: number, other: number): boolean => split === undefined || one < split !== other < split;
  const written = pairs.filter(({ left, right }) => isPair(left, right));
  return Object.fromEntries(
    bandsOf({ pairs: written, weigh, isPair }).map(({ left, right, band, reason }) => [
      `${left}-${right}`,
      reason === null ? band : `${band} ${reason}`,
    ]),
  );
}

describe("bands", () => {
  it.each<[string, Weights, Parameters<typeof bands>[1], Readonly<Record<string, string>>]>([
    [
      "from 100 to 1 on it is AUTO, below it REVIEW",
      { "0-1": 6.63, "2-3": 6.62 },
      {},
      { "0-1": "AUTO", "2-3": "REVIEW" },
    ],
    ["a guard keeps any weight out of AUTO", { "0-1": 40 }, { against: ["0-1"] }, { "0-1": "REVIEW GUARDED" }],
    [
      "three that all fit are one, the weakest pair through the third",
      { "0-1": 20, "1-2": 15, "0-2": 1 },
      {},
      { "0-1": "AUTO", "1-2": "AUTO", "0-2": "AUTO THROUGH_A_THIRD" },
    ],
    [
      "A is B, B is C, but A is not C: the doubtful end waits",
      { "0-1": 20, "1-2": 12 },
      {},
      { "0-1": "AUTO", "1-2": "REVIEW ONE_OF_TWO" },
    ],
    [
      "and where both ends are as good, both wait",
      { "0-1": 15, "1-2": 12 },
      {},
      { "0-1": "REVIEW ONE_OF_TWO", "1-2": "REVIEW ONE_OF_TWO" },
    ],
    [
      "a guard between A and C parts them as a weight does",
      { "0-1": 20, "1-2": 13, "0-2": 30 },
      { against: ["0-2"] },
      { "0-2": "REVIEW GUARDED", "0-1": "AUTO", "1-2": "REVIEW ONE_OF_TWO" },
    ],
    [
      "of two files, one record that fits two of the other who are not one",
      { "0-2": 15, "0-3": 12 },
      { split: 2 },
      { "0-2": "REVIEW ONE_OF_TWO", "0-3": "REVIEW ONE_OF_TWO" },
    ],
    ["and who are one: both", { "0-2": 15, "0-3": 12, "2-3": 18 }, { split: 2 }, { "0-2": "AUTO", "0-3": "AUTO" }],
    ["far behind is no rival", { "0-2": 25, "0-3": 12 }, { split: 2 }, { "0-2": "AUTO", "0-3": "REVIEW ONE_OF_TWO" }],
  ])("%s", (_, weights, options, expected) => {
    expect(bands(weights, options)).toEqual(expected);
  });

  it("never put two who are plainly two people into one group", () => {
    const weight = fc.constantFrom(-20, -10, 2, 7, 12, 20);
    fc.assert(
      fc.property(fc.array(weight, { minLength: 15, maxLength: 15 }), (bits) => {
        const names = [0, 1, 2, 3, 4].flatMap((one) =>
          [one + 1, 2, 3, 4, 5]
            .filter((other, at, all) => other > one && all.indexOf(other) === at)
            .map((other) => `${one}-${other}`),
        );
        const weights = Object.fromEntries(names.map((name, at) => [name, bits[at] ?? 0]));
        const found = bands(weights);
        const wrong = Object.entries(found).filter(
          ([name, band]) => band.startsWith("AUTO") && (weights[name] ?? 0) < -4,
        );
        expect(wrong).toEqual([]);
      }),
    );
  });
});

describe("a thin pair", () => {
  const exact = (field: string) => ({ field, level: "EXACT", bits: 8 });
  it.each([
    ["lives of likenesses", 8, [{ field: "forename", level: "NEAR", bits: 4 }, exact("born")], true],
    [
      "has another first name",
      8,
      [{ field: "forename", level: "ELSE", bits: -3 }, exact("surname"), exact("born")],
      true,
    ],
    [
      "has a first name that says next to nothing: Freya and Priya King may be twins",
      9.7,
      [{ field: "forename", level: "LOOSE", bits: 0.7 }, exact("surname"), exact("born")],
      true,
    ],
    [
      "has no first name on a side: not thin",
      8,
      [{ field: "forename", level: "MISSING", bits: 0 }, exact("surname"), exact("born")],
      false,
    ],
    [
      "has a common first name: not thin",
      8,
      [exact("forename"), { field: "forename", level: "FREQUENCY", bits: -7 }, exact("born")],
      false,
    ],
    ["has two things to the letter: not thin", 8, [exact("forename"), exact("born")], false],
    ["has a household, which is two: not thin", 8, [{ field: "household", level: "SAME_SAME", bits: 12 }], false],
    ["weighs a thousand to one: not thin", 10, [{ field: "forename", level: "NEAR", bits: 4 }], false],
  ])("%s", (_, bits, contributions, expected) => {
    expect(isThin({ bits, contributions })).toBe(expected);
  });
});
