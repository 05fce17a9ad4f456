import { describe, expect, it } from "vitest";
import { deterministicRule } from "../../src/domain/deterministic.ts";
import { VETOES } from "../../src/domain/identity.ts";
import { factsOf } from "../../src/domain/pair-facts.ts";
import { speaksAgainst, vetoesOf } from "../../src/domain/vetoes.ts";
import { type Shown, shown, WORDS } from "../support/shown-record.ts";

const NHS = "9990123470";
const OTHER_NHS = "9990246947";
const UPN = "A800999915001";
const REFUGE = "OX99 5NG";
const NEED = { words: WORDS, sharedPostcodes: new Set([REFUGE]) };

const AMELIA: Shown = { name: "Amelia Hartley", born: "2017-03-14", home: "OX99 4QT", sex: "f" };
const VOUCHED: Shown = { ...AMELIA, nhs: NHS };
const COPIED: Shown = { ...AMELIA, nhs: `~${NHS}` };
const JAYDEN: Shown = { name: "Jayden Ward", born: "2014-07-24", home: "OX99 7AA", nhs: NHS };

function codes(one: Shown, other: Shown, policy: "strict" | "balanced" = "strict"): string {
  const [a, b] = [shown("a", one), shown("b", other)];
  const facts = factsOf(a.compared, b.compared, NEED);
  return vetoesOf({ a, b, facts, policy })
    .map(({ code }) => code)
    .join(" ");
}

describe("what forbids joining Amelia's record and another", () => {
  it.each<[string, Shown, Shown, string]>([
    ["nothing, where all is the same", AMELIA, AMELIA, ""],
    ["nothing, where a surname is misspelt", AMELIA, { ...AMELIA, name: "Amelia Hartly" }, ""],
    ["nothing, where the home was hers before", AMELIA, { ...AMELIA, home: "YO99 1ZZ, OX99 4QT" }, ""],
    ["two NHS numbers", VOUCHED, { ...AMELIA, nhs: OTHER_NHS }, "V1"],
    ["two NHS numbers, one only copied", VOUCHED, { ...AMELIA, nhs: `~${OTHER_NHS}` }, "V1"],
    ["two UPNs", { ...AMELIA, upn: UPN }, { ...AMELIA, upn: "H931123420002" }, "V2"],
    ["nothing, where the other number is mistyped", VOUCHED, { ...AMELIA, nhs: "9990246948" }, ""],
    ["a twin's name", AMELIA, { ...AMELIA, name: "Isobel Hartley" }, "V3 V5"],
    ["a twin's name at another home", AMELIA, { ...AMELIA, name: "Isobel Hartley", home: "" }, "V3 V5 V7"],
    ["a twin's name and another surname", AMELIA, { ...AMELIA, name: "Isobel Marsh" }, "V3 V5 V7"],
    [
      "a brother's name where the birthday is missing",
      AMELIA,
      { ...AMELIA, name: "Noah Hartley", born: "" },
      "V3 V5 V6",
    ],
    ["a brother's name and birthday", AMELIA, { ...AMELIA, name: "Noah Hartley", born: "2014-11-02" }, "V5 V6"],
    ["another forename, surname and home", AMELIA, { ...AMELIA, name: "Ruby Whitfield", home: "YO99 1ZZ" }, "V5 V7"],
    ["a nickname", AMELIA, { ...AMELIA, name: "Millie Hartley" }, "V3 V5"],
    [
      "nothing, where the nickname is known to both",
      { ...AMELIA, name: "Amelia Hartley / Millie Hartley" },
      { ...AMELIA, name: "Millie Hartley" },
      "",
    ],
    ["a nickname, the number copied", VOUCHED, { ...COPIED, name: "Millie Hartley" }, "V3 V5"],
    ["nothing, for a nickname where both vouch for the number", VOUCHED, { ...VOUCHED, name: "Millie Hartley" }, ""],
    ["one number, another forename", VOUCHED, { ...VOUCHED, name: "Isobel Hartley" }, "V3 V4 V5"],
    ["one number, another birthday", VOUCHED, { ...VOUCHED, born: "2014-11-02" }, "V4 V6"],
    [
      "one number, another forename and birthday",
      VOUCHED,
      { ...COPIED, name: "Noah Hartley", born: "2014-11-02" },
      "V4 V5 V6",
    ],
    ["day and month exchanged", { ...AMELIA, born: "2017-03-12" }, { ...AMELIA, born: "2017-12-03" }, "V6"],
    [
      "nothing, for those where both vouch for the number",
      { ...VOUCHED, born: "2017-03-12" },
      { ...VOUCHED, born: "2017-12-03" },
      "",
    ],
    [
      "nothing, for those with a copied number and the same forename",
      { ...VOUCHED, born: "2017-03-12" },
      { ...COPIED, born: "2017-12-03" },
      "",
    ],
    ["a year alone", AMELIA, { ...AMELIA, born: "2017" }, "V6"],
    ["a year alone on both sides", { ...AMELIA, born: "2017" }, { ...AMELIA, born: "2017" }, "V6"],
    ["a birthday of the same month, even with a number", VOUCHED, { ...VOUCHED, born: "2017-03-28" }, "V6"],
    ["no birthday", AMELIA, { ...AMELIA, born: "" }, "V6"],
    ["no birthday, the number copied", VOUCHED, { ...COPIED, born: "" }, "V6"],
    ["another home", AMELIA, { ...AMELIA, home: "YO99 1ZZ" }, "V7"],
    ["another surname", AMELIA, { ...AMELIA, name: "Amelia Marsh" }, "V7"],
    ["nothing, for both with a copied number", VOUCHED, { ...COPIED, name: "Amelia Marsh", home: "YO99 1ZZ" }, ""],
    ["a number that both only copied", { ...COPIED, home: "YO99 1ZZ" }, COPIED, "V7"],
    ["a home where many stay", { ...AMELIA, home: REFUGE }, { ...AMELIA, home: REFUGE }, "V7"],
    ["one register", { ...AMELIA, register: "school" }, { ...AMELIA, register: "school" }, "V8"],
    ["nothing, for two registers", { ...AMELIA, register: "school" }, { ...AMELIA, register: "council" }, ""],
    ["no forename", VOUCHED, { ...VOUCHED, name: "- Hartley" }, "V10"],
    ["a placeholder for one", VOUCHED, { ...VOUCHED, name: "Twin_1 Hartley" }, "V10"],
    [
      "no name but a placeholder on both sides",
      { ...AMELIA, name: "Baby Hartley" },
      { ...AMELIA, name: "Baby Hartley" },
      "V10",
    ],
    ["an unborn child", AMELIA, { name: "Unborn Hartley", expected: "2026-06-01", home: "OX99 4QT" }, "V11"],
    ["a sound-alike twin with the other's number", JAYDEN, { ...JAYDEN, name: "Kayden Ward", nhs: `~${NHS}` }, "V3 V5"],
  ])("%s", (...[, one, other, expected]) => {
    expect(codes(one, other)).toBe(expected);
    expect(codes(other, one)).toBe(expected);
  });

  it("is not the home alone, where the area shares more", () => {
    expect(codes(AMELIA, { ...AMELIA, home: "YO99 1ZZ" }, "balanced")).toBe("");
    expect(codes(AMELIA, { ...AMELIA, name: "Isobel Hartley" }, "balanced")).toBe("V3 V5");
  });

  it("is told in words without any value", () => {
    const [a, b] = [shown("a", VOUCHED), shown("b", { ...VOUCHED, name: "Isobel Hartley" })];
    const facts = factsOf(a.compared, b.compared, NEED);
    for (const { code, because } of vetoesOf({ a, b, facts, policy: "strict" })) expect(because).toBe(VETOES[code]);
  });
});

describe("what another record of the same person says", () => {
  it.each<[string, Shown, string]>([
    ["nothing against, having another home", { ...AMELIA, home: "YO99 1ZZ" }, ""],
    ["nothing against, having no forename", { ...AMELIA, name: "Baby Hartley" }, ""],
    ["nothing against, having no birthday", { ...AMELIA, born: "" }, ""],
    ["nothing against, having a year that fits", { ...AMELIA, born: "2017" }, ""],
    ["against, having another birthday", { ...AMELIA, born: "2017-03-15" }, "V6"],
    ["against, having another forename", { ...AMELIA, name: "Millie Hartley" }, "V3 V5"],
    ["against, having another number", { ...AMELIA, nhs: OTHER_NHS }, "V1"],
  ])("%s", (...[, other, expected]) => {
    const [a, b] = [shown("a", VOUCHED), shown("b", other)];
    const facts = factsOf(a.compared, b.compared, NEED);
    const against = vetoesOf({ a, b, facts, policy: "strict" }).filter((veto) => speaksAgainst(veto, facts));
    expect(against.map(({ code }) => code).join(" ")).toBe(expected);
  });
});

describe("a number alone joins", () => {
  const ruleOf = (one: Shown, other: Shown) => {
    const rule = deterministicRule(factsOf(shown("a", one).compared, shown("b", other).compared, NEED));
    return rule && `${rule.rule}${rule.sure ? " sure" : ""}`;
  };
  const bare = { name: "Amelia Hartley", born: "2017-03-14" };

  it.each<[string, Shown, Shown, string | null]>([
    ["both vouch, all the same", VOUCHED, VOUCHED, "NHS_NUMBER sure"],
    [
      "both vouch, surname and home changed",
      VOUCHED,
      { ...VOUCHED, name: "Amelia Marsh", home: "YO99 1ZZ" },
      "NHS_NUMBER sure",
    ],
    ["both vouch, a nickname", VOUCHED, { ...VOUCHED, name: "Millie Marsh" }, "NHS_NUMBER"],
    ["both vouch, a slip in the forename", VOUCHED, { ...VOUCHED, name: "Amleia Marsh" }, "NHS_NUMBER"],
    [
      "both vouch, a slip in the forename and the other sex",
      VOUCHED,
      { ...VOUCHED, name: "Amleia Marsh", sex: "m" },
      null,
    ],
    [
      "both vouch, called by the middle name",
      { ...VOUCHED, name: "Amelia_Rose Hartley" },
      { ...VOUCHED, name: "Rose Hartley" },
      "NHS_NUMBER",
    ],
    ["both vouch, another forename", VOUCHED, { ...VOUCHED, name: "Isobel Hartley" }, null],
    ["both vouch, no forename", VOUCHED, { nhs: NHS, born: "2017-03-14" }, null],
    ["one copied it, the same forename", VOUCHED, { ...bare, nhs: `~${NHS}` }, "NHS_NUMBER"],
    ["one copied it, a nickname", VOUCHED, { ...bare, name: "Millie Hartley", nhs: `~${NHS}` }, null],
    ["one copied it, only initials alike", VOUCHED, { ...bare, name: "Amy Hartley", nhs: `~${NHS}` }, null],
    ["one copied it, no forename", VOUCHED, { nhs: `~${NHS}`, born: "2017-03-14" }, null],
    ["both copied it", COPIED, COPIED, null],
    ["another birthday", VOUCHED, { ...VOUCHED, born: "2017-03-15" }, null],
    ["no birthday", VOUCHED, { ...VOUCHED, born: "" }, null],
    ["a year alone on both sides", { ...VOUCHED, born: "2017" }, { ...VOUCHED, born: "2017" }, null],
    ["a UPN", { ...bare, upn: UPN }, { ...bare, upn: UPN }, "UPN sure"],
    ["a UPN that one copied", { ...bare, upn: UPN }, { ...bare, upn: `~${UPN}` }, "UPN"],
    ["a temporary UPN", { ...bare, upn: "L35320012100A" }, { ...bare, upn: "L35320012100A" }, null],
    ["no number", AMELIA, AMELIA, null],
  ])("%s", (...[, one, other, rule]) => {
    expect(ruleOf(one, other)).toBe(rule);
    expect(ruleOf(other, one)).toBe(rule);
  });
});
