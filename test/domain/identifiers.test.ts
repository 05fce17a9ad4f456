import { assert, integer, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isPermanentUpn,
  isValidNhsNumber,
  isValidUpn,
  normaliseNhsNumber,
  normalisePostcode,
  normaliseUpn,
} from "../../src/domain/identifiers.ts";

describe("an NHS number", () => {
  it.each(["9990123470", "9990246947", "9990370419", "9990740828", "9991852050", "9990000018"])(
    "%s is valid",
    (number) => expect(isValidNhsNumber(number)).toBe(true),
  );

  it.each([
    ["a wrong check digit", "9990123471"],
    ["a check digit of ten", "9991234560"],
    ["nine digits", "999012347"],
    ["a letter", "99901234x0"],
    ["one digit ten times", "4444444444"],
    ["zeros", "0000000000"],
    ["nothing", ""],
  ])("is not valid with %s", (_, number) => expect(isValidNhsNumber(number)).toBe(false));

  it("may be written in groups", () => {
    expect(isValidNhsNumber("999 012 3470")).toBe(true);
    expect(normaliseNhsNumber(" 999-012 3470 ")).toBe("9990123470");
  });

  it("is never valid with one digit mistyped", () => {
    assert(
      property(nat(9), integer({ min: 1, max: 9 }), (at, by) => {
        const digits = [..."9990123470"];
        digits[at] = String((Number(digits[at]) + by) % 10);
        expect(isValidNhsNumber(digits.join(""))).toBe(false);
      }),
    );
  });
});

describe("a UPN", () => {
  it.each(["U931123420001", "H931123420002", "D353200121003", "A800999915001", "B801200005001", "W353200026001"])(
    "%s is valid and permanent",
    (upn) => {
      expect(isValidUpn(upn)).toBe(true);
      expect(isPermanentUpn(upn)).toBe(true);
    },
  );

  it.each(["L35320012100A", "V35320002601A"])("%s is valid and temporary", (upn) => {
    expect(isValidUpn(upn)).toBe(true);
    expect(isPermanentUpn(upn)).toBe(false);
  });

  it.each([
    ["a wrong check letter", "A931123420001"],
    ["the letter S", "S931123420001"],
    ["a temporary letter I", "L35320012100I"],
    ["twelve characters", "U93112342000"],
    ["letters in the middle", "U9311A3420001"],
  ])("is neither with %s", (_, upn) => {
    expect(isValidUpn(upn)).toBe(false);
    expect(isPermanentUpn(upn)).toBe(false);
  });

  it("may be written small and spaced", () => {
    expect(isPermanentUpn(" u931 1234 20001 ")).toBe(true);
    expect(normaliseUpn(" u931 1234 20001 ")).toBe("U931123420001");
  });

  it("is never valid with one digit mistyped", () => {
    assert(
      property(integer({ min: 1, max: 12 }), integer({ min: 1, max: 9 }), (at, by) => {
        const characters = [..."U931123420001"];
        characters[at] = String((Number(characters[at]) + by) % 10);
        expect(isValidUpn(characters.join(""))).toBe(false);
      }),
    );
  });
});

describe("a postcode", () => {
  it.each([
    ["ox999zz", "OX99 9ZZ"],
    ["  OL99   1aa ", "OL99 1AA"],
    ["W1A0AX", "W1A 0AX"],
    ["m1 1ae", "M1 1AE"],
    ["GIR 0AA", "GIR 0AA"],
  ])("%s is written %s", (text, written) => expect(normalisePostcode(text)).toBe(written));

  it.each(["", "OX99", "unknown", "OX99 ZZ9", "12 Larch Close", "OX999 9ZZ"])("%j is none", (text) =>
    expect(normalisePostcode(text)).toBeNull(),
  );
});
