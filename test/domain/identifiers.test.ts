import { assert, integer, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  identifierValue,
  isPermanentUpn,
  isTestNhsNumber,
  isValidNhsNumber,
  isValidPnc,
  isValidUln,
  isValidUpn,
  isWellFormedLaChildId,
  normaliseNhsNumber,
  normalisePnc,
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

describe("a ULN", () => {
  it.each(["9276308686", "927 630 8686", "1000000019"])("%s is valid", (uln) => expect(isValidUln(uln)).toBe(true));

  it.each([
    ["a wrong check digit", "9276308687"],
    ["an NHS number", "9990123470"],
    ["a first digit of 0", "0000000019"],
    ["what is written where there is none", "9999999999"],
    ["nine digits", "927630868"],
    ["nothing", ""],
  ])("is not valid with %s", (_, uln) => expect(isValidUln(uln)).toBe(false));

  it("is never an NHS number, and the other way round", () => {
    assert(
      property(integer({ min: 1_000_000_000, max: 9_999_999_999 }), (number) => {
        expect(isValidUln(`${number}`) && isValidNhsNumber(`${number}`)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a local authority's number for a child", () => {
  it.each(["12345", "P0012345", "353-000123", "12345678901234567890"])("%s is well formed", (number) =>
    expect(isWellFormedLaChildId(number)).toBe(true),
  );

  it.each([
    ["nothing", ""],
    ["noughts", "0000"],
    ["no digit", "UNKNOWN"],
    ["21 characters", "123456789012345678901"],
    ["other characters", "12_345"],
  ])("is not with %s", (_, number) => expect(isWellFormedLaChildId(number)).toBe(false));
});

describe("a PNC number", () => {
  it.each([
    ["2002/0073319Z", "2002/0073319Z"],
    ["1999/0123456X", "1999/0123456X"],
    ["2026/0001234L", "2026/0001234L"],
    ["20020073319z", "2002/0073319Z"],
    ["02/73319Z", "2002/0073319Z"],
    ["99/123456X", "1999/0123456X"],
    ["20/9N", "2020/0000009N"],
  ])("%s is valid, and written %s", (pnc, written) => {
    expect(isValidPnc(pnc)).toBe(true);
    expect(normalisePnc(pnc)).toBe(written);
  });

  it.each([
    ["a wrong check letter", "2002/0073319A"],
    ["a digit mistyped", "2002/0073318Z"],
    ["the letter I", "2002/0073319I"],
    ["no letter", "2002/0073319"],
    ["no slash, so that its year cannot be told", "0273319Z"],
    ["eight digits", "2002/00733190Z"],
    ["nothing", ""],
  ])("is not valid with %s", (_, pnc) => expect(isValidPnc(pnc)).toBe(false));
});

describe("a number that records are compared by", () => {
  it.each([
    ["nhs", "999 012 3470", "9990123470"],
    ["nhs", "9990123471", null],
    ["nhs", "4444444444", null],
    ["upn", " u931 1234 20001", "U931123420001"],
    ["upn", "A931123420001", null],
    ["upn", "L35320012100A", null],
    ["uln", "927 630 8686", "9276308686"],
    ["uln", "9276308687", null],
    ["la", "p-0012345", "P0012345"],
    ["la", "0", null],
    ["pnc", "02/73319z", "2002/0073319Z"],
    ["pnc", "02/73319A", null],
  ] as const)("%s %s: %j", (kind, text, value) => expect(identifierValue(kind, text)).toBe(value));

  it("is no test number where real children are", () => {
    expect(isTestNhsNumber("999 012 3470")).toBe(true);
    expect(identifierValue("nhs", "999 012 3470", { refuseTest: true })).toBeNull();
    // 943 476 5919 is the worked example of the NHS Data Dictionary's rule, and nobody's number here.
    expect(isTestNhsNumber("9434765919")).toBe(false);
    expect(identifierValue("nhs", "9434765919", { refuseTest: true })).toBe("9434765919");
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
