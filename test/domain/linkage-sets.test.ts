// What the model finds in sets whose truth is known, without having been told any of it. The goals are those of issue 4.

import { describe, expect, it } from "vitest";
import { trainModel } from "../../src/domain/training.ts";
import { bitsOf } from "../../src/domain/weighing.ts";
import {
  at,
  bestRecall,
  type Columns,
  FAKE,
  FEBRL,
  type Labelled,
  readSet,
  type Scored,
  setsMissing,
  specsOf,
  words,
} from "../support/linkage-sets.ts";

/** Odds of a hundred to one. */
const BITS = 6.63;
const SLOW = 240_000;

// A word about what was not tried, so that a green run cannot hide it.
if (setsMissing !== null) process.stderr.write(`linkage sets not tried: ${setsMissing}\n`);

const modelOf = (records: readonly Labelled[], columns: Columns, registers: readonly string[]) =>
  trainModel({
    records,
    registers: new Set(registers),
    specs: specsOf(columns),
    words,
    seed: 1,
    version: "test",
    trainedOn: "2026-11-22",
  });

const COLUMNS_TOGETHER = [
  ["soc_sec_id"],
  ["date_of_birth"],
  ["given_name", "surname"],
  ["surname", "postcode"],
  ["given_name", "postcode"],
  ["surname", "suburb"],
  ["given_name", "suburb"],
  ["address_1", "street_number"],
  ["address_1", "postcode"],
  ["street_number", "postcode"],
  ["address_1"],
];

const keysOf = ({ compared }: Labelled): readonly string[] =>
  COLUMNS_TOGETHER.flatMap((columns, kind) => {
    const values = columns.map((column) => compared[column]?.[0]);
    // Names in each other's place are one key.
    return values.includes(undefined) ? [] : [`${kind}|${values.toSorted().join("|")}`];
  });

/** Weighs every pair that agrees on something, and as they are found forgets them. */
function link(left: readonly Labelled[], right: readonly Labelled[], columns: Columns): readonly Scored[] {
  const model = modelOf([...left, ...right], columns, [left[0]!.source, right[0]!.source]);
  const index = new Map<string, Labelled[]>();
  for (const record of right) for (const key of keysOf(record)) index.set(key, [...(index.get(key) ?? []), record]);
  return left.flatMap((one) => {
    const found = new Set(keysOf(one).flatMap((key) => index.get(key) ?? []));
    return [...found].map((other): Scored => [
      bitsOf(model, { a: one.compared, b: other.compared }, { words }),
      one.truth === other.truth,
    ]);
  });
}

const without = (columns: Columns, name: string): Columns =>
  Object.fromEntries(Object.entries(columns).filter(([column]) => column !== name));

describe.skipIf(setsMissing !== null)("FEBRL 4: 5,000 records and 5,000 again with slips of the pen", () => {
  const truthOf = (row: Record<string, string>): string => row["rec_id"]!.split("-")[1]!;

  it.each<[string, Columns, number]>([
    ["with all columns", FEBRL, 0.999],
    ["without the social security number", without(FEBRL, "soc_sec_id"), 0.995],
  ])(
    "%s: nobody joined by mistake",
    (_, columns, least) => {
      const scored = link(readSet("febrl4a.csv", columns, truthOf), readSet("febrl4b.csv", columns, truthOf), columns);
      const found = at(scored, { bits: BITS, truth: 5_000 });
      expect(found.wrong).toBe(0);
      expect(found.recall).toBeGreaterThanOrEqual(least);
    },
    SLOW,
  );
});

describe.skipIf(setsMissing !== null)("Splink's fake_1000: 251 people in 1,000 records, badly written", () => {
  it(
    "four in five true pairs found, one in a thousand of those found wrong at most",
    () => {
      const records = readSet("fake_1000.csv", FAKE, (row) => row["cluster"]!);
      const model = modelOf(records, FAKE, []);
      const scored: Scored[] = [];
      records.forEach((one, place) => {
        for (const other of records.slice(place + 1)) {
          const pair = { a: one.compared, b: other.compared };
          scored.push([bitsOf(model, pair, { words }), one.truth === other.truth]);
        }
      });
      const truth = scored.filter(([, same]) => same).length;
      expect(bestRecall(scored, { precision: 0.999, truth })).toBeGreaterThanOrEqual(0.8);
      const found = at(scored, { bits: BITS, truth });
      expect(found.precision).toBeGreaterThanOrEqual(0.999);
      expect(found.recall).toBeGreaterThanOrEqual(0.78);
      // The prior was learnt without labels: it is near the truth.
      expect(Math.abs(model.prior - Math.log2(truth / scored.length))).toBeLessThan(0.5);
    },
    SLOW,
  );
});
