import { describe, expect, it } from "vitest";
import { makeCounty } from "../bench/county/county.ts";
import { NAME_COUNTS } from "../bench/county/names.ts";
import { demographicsOf } from "../bench/county/statements.ts";
import { boundsOf, rateOf } from "../bench/identity/bounds.ts";
import { KeyIndex, MOST_OF_A_KEY } from "../bench/identity/key-index.ts";
import { isValidNhsNumber, isValidUpn } from "../src/domain/identifiers.ts";

const county = makeCounty({ seed: 7, records: 20_000 });
const { records, truth } = county;

describe("the synthetic county", () => {
  it("is the same for one seed and another for the next", () => {
    const small = { records: 500 };
    expect(makeCounty({ seed: 3, ...small })).toEqual(makeCounty({ seed: 3, ...small }));
    expect(makeCounty({ seed: 3, ...small }).records).not.toEqual(makeCounty({ seed: 4, ...small }).records);
  });

  it("has about as many records as asked for, and two people for every three of them", () => {
    expect(records.length).toBeGreaterThan(18_500);
    expect(records.length).toBeLessThan(21_500);
    const people = new Set(truth.personOf).size;
    expect(records.length / people).toBeGreaterThan(1.4);
    expect(records.length / people).toBeLessThan(1.7);
  });

  it("has twins who share a birthday and a home, and have numbers of their own", () => {
    const twins = truth.people.filter(({ twin }) => twin !== null);
    expect(twins.length / truth.people.length).toBeGreaterThan(0.008);
    for (const one of twins) {
      const other = truth.people[one.twin ?? -1];
      expect(other).toMatchObject({ family: one.family, born: one.born, postcode: one.postcode, twin: one.index });
      expect(other?.nhs).not.toBe(one.nhs);
    }
  });

  it("has at least 400 forenames and 800 surnames", () => {
    expect(NAME_COUNTS.forenames).toBeGreaterThanOrEqual(400);
    expect(NAME_COUNTS.surnames).toBeGreaterThanOrEqual(800);
  });

  it("keeps the truth apart: no record says whose it is", () => {
    const columns = new Set(records.flatMap((record) => Object.keys(record)));
    expect([...columns].filter((column) => ["person", "index", "family", "twin"].includes(column))).toEqual([]);
    expect(truth.personOf).toHaveLength(records.length);
    // The number in a record's id counts records, so that it says nothing about people either.
    const [first] = records;
    expect(first?.id).toMatch(/^[HESP]-\d{7}$/);
  });

  it("gives police neither NHS number nor UPN, and health verified NHS numbers nearly always", () => {
    const police = records.filter(({ source }) => source === "police");
    expect(police.length).toBeGreaterThan(500);
    expect(police.filter(({ nhs, upn }) => nhs !== null || upn !== null)).toEqual([]);
    const health = records.filter(({ source }) => source === "health");
    const verified = health.filter(({ nhs, nhsVerified }) => nhs && nhsVerified && isValidNhsNumber(nhs));
    expect(verified.length / health.length).toBeGreaterThan(0.93);
  });

  it("has well-formed numbers in the range that is never issued", () => {
    expect(truth.people.filter(({ nhs }) => !nhs.startsWith("999") || !isValidNhsNumber(nhs))).toEqual([]);
    expect(truth.people.filter(({ upn }) => upn !== null && !isValidUpn(upn))).toEqual([]);
    expect(new Set(truth.people.map(({ nhs }) => nhs)).size).toBe(truth.people.length);
  });

  it("says a record in the words an adapter would use", () => {
    const record = records.find(({ knownAs, nhs }) => knownAs !== null && nhs !== null);
    const said = record && demographicsOf(record);
    expect(said?.names.map(({ use }) => use)).toEqual(expect.arrayContaining(["OFFICIAL", "KNOWN_AS"]));
    expect(said?.identifiers[0]).toEqual({ kind: "NHS_NUMBER", value: record?.nhs, verified: record?.nhsVerified });
  });
});

describe("how far a count may be from the truth", () => {
  it.each([
    // Garwood 1936, as in any table of exact Poisson limits
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [3, 0.6187, 8.767],
    [10, 4.795, 18.39],
    [100, 81.36, 121.6],
  ])("%i seen: between %d and %d expected", (count, low, high) => {
    const [from, to] = boundsOf(count);
    expect(from).toBeCloseTo(low, low < 1 ? 3 : 1);
    expect(to).toBeCloseTo(high, high < 10 ? 2 : 1);
  });

  it("is told a million", () => {
    expect(rateOf(2, 100_000).perMillion).toBe(20);
    expect(rateOf(0, 0).perMillion).toBe(0);
  });
});

describe("keys in memory", () => {
  it("find the records that share one, and pass over what is in too many", () => {
    const index = new KeyIndex(10_000);
    index.add(1, ["nhs|1", "home|a"]);
    index.add(2, ["nhs|2", "home|a"]);
    expect([...index.find(["home|a"])].toSorted()).toEqual([1, 2]);
    expect([...index.find(["nhs|2", "nhs|3"])]).toEqual([2]);
    for (let at = 3; at < MOST_OF_A_KEY + 2; at += 1) index.add(at, ["home|a"]);
    expect(index.find(["home|a"]).size).toBe(0);
    expect([index.capped, index.skipped]).toEqual([1, 1]);
  });
});
