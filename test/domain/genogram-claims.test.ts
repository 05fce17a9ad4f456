// Synthetic families only.

import { describe, expect, it } from "vitest";
import { familyClaims } from "../../src/domain/genogram-claims.ts";
import { mayBeOne, namesAlike } from "../../src/domain/genogram-names.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { claim, finder, person, views } from "../support/family-claims.ts";
import { named } from "../support/statements.ts";

const RACHEL = { otherName: named("Rachel", "Hartley") };

describe("who is one person in a family's claims", () => {
  it.each([
    ["the hub has linked both records", { a: "p1", b: "p1" }, 1],
    ["the hub has linked them to different people", { a: "p1", b: "p2" }, 2],
    ["the hub knows one of them only", { a: "p1" }, 2],
    ["the hub knows neither", {}, 2],
  ] as const)("by two agencies: %s", (_, known, relatives) => {
    const family = familyClaims(
      views({
        SOCIAL_CARE: [claim("MOTHER", { ...RACHEL, otherRecordId: "a" })],
        HEALTH: [claim("MOTHER", { ...RACHEL, otherRecordId: "b" })],
      }),
      finder(known),
    );
    expect(family.relatives).toHaveLength(relatives);
    expect(family.claims).toHaveLength(2);
  });

  it("is whom one agency gives one record, though the hub knows nobody", () => {
    const mother = claim("MOTHER", { ...RACHEL, otherRecordId: "a" });
    const carer = claim("CARER", { ...RACHEL, otherRecordId: "a" });
    const { relatives } = familyClaims(views({ SOCIAL_CARE: [mother, carer] }), finder({}));
    expect(relatives.map(({ claims }) => claims.map(({ role }) => role))).toEqual([["MOTHER", "CARER"]]);
  });

  it("is not whoever has another agency's record number", () => {
    const mother = () => claim("MOTHER", { ...RACHEL, otherRecordId: "17" });
    const { relatives } = familyClaims(views({ SOCIAL_CARE: [mother()], HEALTH: [mother()] }), finder({}));
    expect(relatives).toHaveLength(2);
  });

  it("is left open where one record leads to two people", () => {
    const find = finder({ "9990370419": "p1", "9990740828": "p2" });
    const number = (value: string) => ({ otherIdentifiers: [{ kind: "NHS_NUMBER" as const, value, verified: false }] });
    const { relatives } = familyClaims(
      views({
        HEALTH: [
          claim("MOTHER", { otherRecordId: "a", ...number("9990370419") }),
          claim("AUNT_UNCLE", { otherRecordId: "a", ...number("9990740828") }),
          claim("CARER", { otherRecordId: "a" }),
        ],
      }),
      find,
    );
    expect(relatives.map(({ personId }) => personId).sort()).toEqual(["p1", "p2", null].sort());
  });

  it.each([
    ["Rachel Hartley", "Rachel Hartley", true],
    ["Rachel Hartley", "rachel HARTLEY", true],
    ["Noah Okafor", "Noah Hartley-Okafor", true],
    ["Danny Okafor", "Daniel Okafor", true],
    ["R Hartley", "Rachel Hartley", true],
    ["Zoë Shaw", "Zoe Shaw", true],
    ["Siobhan", "Siobhan Byrne", true],
    ["Isaac Byrne", "Isobel Byrne", false],
    ["Rachel Hartley", "Rachel Marsh", false],
    ["Rachel Hartley", "Helen Hartley", false],
  ])("%s and %s are alike enough to ask: %s", (a, b, alike) => {
    const [left, right] = [a, b].map((text) => named(text.split(" ")[0]!, text.split(" ")[1] ?? null));
    expect(namesAlike(left!, right!)).toBe(alike);
    expect(namesAlike(right!, left!)).toBe(alike);
  });

  it("is asked about with different birthdays only where the forename is the same", () => {
    const born = (forename: string, on: string) => ({ name: named(forename, "Okafor"), bornOn: plainDate(on) });
    expect(mayBeOne(born("Daniel", "1990-02-17"), born("Daniel", "1990-07-12"))).toBe(true);
    expect(mayBeOne(born("Danny", "1990-02-17"), born("Daniel", "1990-07-12"))).toBe(false);
  });

  it("is not asked of two children whom one agency tells apart", () => {
    const brother = (forename: string, id: string) =>
      claim("SIBLING", { otherName: named(forename, "Byrne"), otherRecordId: id });
    const { groups } = familyClaims(
      views({ SOCIAL_CARE: [brother("Daniel", "1"), brother("Danielle", "2")] }),
      finder({}),
    );
    expect(groups.map((group) => group.length)).toEqual([1, 1]);
  });
});

describe("a relative who is restricted", () => {
  const find = finder({ hidden: person("p-hidden", true) });
  const hidden = { otherName: named("Helen", "Marsh"), otherBornOn: plainDate("1988-10-12"), livesWithChild: true };
  const theirs = claim("MOTHER", { ...hidden, otherRecordId: "hidden", fromOn: plainDate("2015-05-05") });

  it("is there, and is not named, dated, placed or found", () => {
    const { claims, relatives } = familyClaims(views({ HEALTH: [theirs] }), find);
    expect(claims[0]).toMatchObject({
      role: "MOTHER",
      otherName: null,
      otherBornOn: null,
      livesWithChild: null,
      personId: null,
      fromOn: "2015-05-05",
      provenance: { recordId: null, statedAs: null },
    });
    expect(claims[0]!.withheldBecause).toContain("restricted");
    expect(relatives[0]).toMatchObject({ personId: null, withheldBecause: claims[0]!.withheldBecause });
    expect(JSON.stringify({ claims, relatives })).not.toMatch(/Helen|Marsh|1988|p-hidden/);
  });

  it.each([
    ["of the same name", { otherName: named("Helen", "Marsh") }],
    ["of nearly the same name", { otherName: named("Helena", "MARSH") }],
    [
      "born on the same day and in the same place",
      { otherName: named("Nell", "M"), otherBornOn: plainDate("1988-10-12") },
    ],
  ])("is not named by another agency that has somebody %s", (_, who) => {
    const { claims } = familyClaims(views({ HEALTH: [theirs], EDUCATION: [claim("MOTHER", who)] }), find);
    expect(claims.map(({ otherName }) => otherName)).toEqual([null, null]);
  });

  it("keeps nobody else's name back", () => {
    const father = claim("FATHER", { otherName: named("Karl", "Marsh"), otherBornOn: plainDate("1988-10-12") });
    const { claims } = familyClaims(views({ HEALTH: [theirs], EDUCATION: [father] }), find);
    expect(claims[1]!.otherName).toEqual(named("Karl", "Marsh"));
  });

  it("is not said to live here by the word for their part", () => {
    const { claims } = familyClaims(views({ HEALTH: [claim("HOUSEHOLD_MEMBER", { otherRecordId: "hidden" })] }), find);
    expect(claims[0]!.role).toBe("UNKNOWN");
  });
});
