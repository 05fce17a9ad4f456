import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  asksForMother,
  birthBetween,
  type BirthFacts,
  mayBeBirthOf,
  mayBeOnePregnancy,
  mayConfirmBirth,
  motherTexts,
  TWINS,
} from "../../src/domain/births.ts";
import { addDays, plainDate } from "../../src/domain/plain-date.ts";
import type { RelationshipRole, StatedRelationship } from "../../src/domain/statements.ts";

const expectedOn = plainDate("2026-06-15");
const on = (days: number) => addDays(expectedOn, days);

describe("a newborn may be the child expected on 15 June", () => {
  it.each([
    ["18 weeks and a day before", -127, false],
    ["18 weeks before", -126, true],
    ["7 weeks before", -49, true],
    ["on the day", 0, true],
    ["2 weeks after", 14, true],
    ["4 weeks after", 28, true],
    ["4 weeks and a day after", 29, false],
    ["a year after", 365, false],
  ])("born %s: %i days, %s", (_when, days, may) => {
    expect(mayBeBirthOf(expectedOn, on(days))).toBe(may);
  });
});

describe("two unborn children of one mother", () => {
  it.each([
    ["expected on one day", 0, true],
    ["8 weeks apart", 56, true],
    ["8 weeks and a day apart", 57, false],
    ["a year apart", 365, false],
  ])("%s may be one: %i days, %s", (_what, days, may) => {
    expect(mayBeOnePregnancy(expectedOn, on(days))).toBe(may);
    expect(mayBeOnePregnancy(on(days), expectedOn)).toBe(may);
  });
});

const unborn = (days = 0): BirthFacts => ({ bornOn: null, expectedOn: on(days) });
const born = (days: number): BirthFacts => ({ bornOn: on(days), expectedOn: null });
const nothingKnown: BirthFacts = { bornOn: null, expectedOn: null };

describe("what a person is asked about two records with one mother", () => {
  it.each([
    ["an unborn child and a newborn in time", unborn(), born(-10), "BIRTH"],
    ["an unborn child and an older brother", unborn(), born(-700), null],
    ["two unborn children, close", unborn(), unborn(7), "SAME_PREGNANCY"],
    ["two unborn children of two pregnancies", unborn(), unborn(300), null],
    ["two newborns: that is for the matcher", born(0), born(0), null],
    ["an unborn child and one whose birthday nobody knows", unborn(), nothingKnown, null],
    ["two of whom nothing is known", nothingKnown, nothingKnown, null],
  ] as const)("%s", (_what, a, b, asked) => {
    expect(birthBetween(a, b)).toBe(asked);
    expect(birthBetween(b, a)).toBe(asked);
  });

  it("is the same whichever record came first", () => {
    const facts = fc.oneof(
      fc.integer({ min: -400, max: 400 }).map(unborn),
      fc.integer({ min: -400, max: 400 }).map(born),
    );
    fc.assert(fc.property(facts, facts, (a, b) => void expect(birthBetween(a, b)).toBe(birthBetween(b, a))));
  });
});

describe("whose mother is asked for, on 1 July", () => {
  const today = plainDate("2026-07-01");
  it.each([
    ["an unborn child", { bornOn: null, expectedOn }, true],
    ["one born today", { bornOn: today, expectedOn: null }, true],
    ["one born 26 weeks ago", { bornOn: addDays(today, -182), expectedOn: null }, true],
    ["one born a day before that", { bornOn: addDays(today, -183), expectedOn: null }, false],
    ["one who is to be born tomorrow, it says", { bornOn: addDays(today, 1), expectedOn: null }, false],
    ["one that was expected and is born long since", { bornOn: plainDate("2020-01-05"), expectedOn }, false],
    ["one of whom neither is known", nothingKnown, false],
  ] as const)("%s: %j, %s", (_who, facts, asks) => {
    expect(asksForMother(facts, today)).toBe(asks);
  });
});

describe("confirming a birth", () => {
  const side = (personId: string, isBorn: boolean) => ({ personId, born: isBorn });
  it.each([
    ["an unborn child and a newborn", side("u", false), side("n", true), true],
    ["two unborn records of one pregnancy", side("u", false), side("v", false), true],
    [
      "an unborn record that was confirmed with one twin, and the other twin",
      side("n1", true),
      side("n2", true),
      false,
    ],
    ["a second record of the very child it was confirmed with", side("n1", true), side("n1", true), true],
    ["another unborn record and the child the first was confirmed with", side("v", false), side("n1", true), true],
  ] as const)("of %s", (_what, one, other, allowed) => {
    expect(mayConfirmBirth(one, other)).toEqual({ allowed, because: allowed ? "" : TWINS });
    expect(mayConfirmBirth(other, one).allowed).toBe(allowed);
  });
});

const claim = (role: RelationshipRole, value: string, more: Partial<StatedRelationship> = {}): StatedRelationship => ({
  role,
  otherRecordId: null,
  otherName: null,
  otherBornOn: null,
  otherIdentifiers: [{ kind: "NHS_NUMBER", value, verified: true }],
  parentalResponsibility: null,
  mainCarer: null,
  livesWithChild: null,
  fromOn: null,
  untilOn: null,
  provenance: { system: "fake", recordId: null, recordedAt: null, statedAs: null },
  ...more,
});

describe("whom claims name as mother", () => {
  it.each([
    ["the mother, by her NHS number", [claim("MOTHER", "999 012 3470")], ["mother|nhs|9990123470"]],
    ["the parent of an unborn child", [claim("PARENT_OF_UNBORN", "9990123470")], ["mother|nhs|9990123470"]],
    [
      "once, however often she is named",
      [claim("MOTHER", "9990123470"), claim("MOTHER", "9990123470")],
      ["mother|nhs|9990123470"],
    ],
    ["nobody by a number that is mistyped", [claim("MOTHER", "9990123471")], []],
    ["nobody by a name alone", [claim("MOTHER", "9990123470", { otherIdentifiers: [] })], []],
    ["no father, grandmother or carer", [claim("FATHER", "9990123470"), claim("GRANDPARENT", "9990123470")], []],
    ["no adoptive mother", [claim("ADOPTIVE_PARENT", "9990123470")], []],
    ["nobody who was it once", [claim("MOTHER", "9990123470", { untilOn: plainDate("2020-01-01") })], []],
  ] as const)("%s", (_what, claims, texts) => {
    expect(motherTexts(claims)).toEqual(texts);
  });
});
