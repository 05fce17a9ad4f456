import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { outwardOf, postcodeValue, sectorOf } from "../../src/domain/place.ts";

describe("a postcode", () => {
  it.each([
    ["as it should be", "OX99 9ZZ", "OX99 9ZZ"],
    ["small and closed up", "ox999zz", "OX99 9ZZ"],
    ["with dots", " OX99.9ZZ ", "OX99 9ZZ"],
    ["London's with a letter", "w1a0ax", "W1A 0AX"],
    ["London's with a letter", "EC1A 1BB", "EC1A 1BB"],
    ["the bank's own", "gir 0aa", "GIR 0AA"],
    ["the forces'", "BF1 2AA", "BF1 2AA"],
    ["an area that there is not, as it stands", "QQ9 9ZZ", "QQ9 9ZZ"],
  ])("%s: %s", (_, text, value) => expect(postcodeValue(text)).toBe(value));

  it.each([
    ["0X1 OAA", "OX1 0AA"],
    ["OX1 OAA", "OX1 0AA"],
    ["0L99 9ZZ", "OL99 9ZZ"],
    ["LSI 4QT", "LS1 4QT"],
    ["S01 1AA", "SO1 1AA"],
    ["1P1 1AA", "IP1 1AA"],
    ["MI1 1AA", "M11 1AA"],
    ["OX1 IAA", "OX1 1AA"],
  ])("%s can only be %s", (text, mended) => expect(postcodeValue(text)).toBe(mended));

  it.each([
    ["a five is not an S", "OX5 5ZZ", "OX5 5ZZ"],
    ["an S is not a five", "OXS 9ZZ", "OXS9ZZ"],
    ["a letter that is in no second half", "OX1 1AO", "OX1 1AO"],
  ])("is not guessed at: %s", (_, text, value) => expect(postcodeValue(text)).toBe(value));

  it.each([
    ["Australia", "4011", "4011"],
    ["Canada", "K1A 0B1", "K1A0B1"],
    ["the Netherlands", "1012 ab", "1012AB"],
    ["Ireland", "D01 F5V6", "D01F5V6"],
    ["the United States", "90210-1234", "902101234"],
    ["Poland", "00-950", "00950"],
  ])("of %s is kept: %s", (_, text, value) => expect(postcodeValue(text)).toBe(value));

  it.each([
    ["no address", "ZZ99 3VZ"],
    ["from abroad", "zz99 3cz"],
    ["half of one", "OX99"],
    ["half of one", "LS8"],
    ["noughts", "0000"],
    ["no digit", "unknown"],
    ["no digit", "NFA"],
    ["a whole address", "12 Larch Close, Oxford OX99 9ZZ"],
    ["nothing", ""],
  ])("is null for %s: %j", (_, text) => expect(postcodeValue(text)).toBeNull());

  it("stays as it is when it is read again", () => {
    assert(
      property(string({ unit: constantFrom(..."OI01LSXZ49 ") }), (text) => {
        const value = postcodeValue(text);
        expect(value === null ? null : postcodeValue(value)).toBe(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["OX99 9ZZ", "OX99", "OX99 9"],
    ["M1 1AE", "M1", "M1 1"],
    ["W1A 0AX", "W1A", "W1A 0"],
    ["4011", null, null],
    ["1012AB", null, null],
  ])("%s lies in %s and in %s", (postcode, outward, sector) => {
    expect(outwardOf(postcode)).toBe(outward);
    expect(sectorOf(postcode)).toBe(sector);
  });
});
