import { describe, expect, it } from "vitest";
import { beliefShown } from "../../src/domain/belief-shown.ts";
import { peopleAmong, toCheck, type Touched } from "../../src/domain/blast-radius.ts";
import { goldPair, goldWanted } from "../../src/domain/gold-pairs.ts";
import { sentenceOf, waitsBecause } from "../../src/domain/identity-words.ts";
import { seeded } from "../../src/domain/seeded.ts";

const plain = {
  band: "AUTO",
  rule: "WEIGHT",
  because: "enough agrees",
  weight: null,
  contributions: [],
  vetoes: [],
} as const;

describe("a belief in one sentence", () => {
  it.each([
    ["what the hub joined", plain, "joined automatically: enough agrees"],
    ["what a person joined", { ...plain, rule: "PERSON", because: "two looked" }, "joined by a person: two looked"],
    ["what a person parted", { ...plain, rule: "PARTED", because: "a mistake" }, "parted by a person: a mistake"],
    [
      "possible twins",
      { ...plain, band: "REVIEW", rule: "NONE", vetoes: ["V3"] },
      "left apart: possible twins, or brother and sister",
    ],
    [
      "somebody new",
      { ...plain, band: "NO_LINK", rule: "NONE", because: "Nobody on file fits" },
      "somebody new: Nobody on file fits",
    ],
  ] as const)("tells of %s", (_, believed, words) => expect(sentenceOf(believed)).toBe(words));

  it("says what speaks most for it and against it, and the prior not at all", () => {
    const contributions = [
      { field: "prior", level: "PRIOR", bits: -17.5 },
      { field: "forename", level: "CLOSE", bits: 6.9 },
      { field: "household", level: "BOTH", bits: 12.04 },
      { field: "born", level: "EXACT", bits: 13.6 },
      { field: "sex", level: "ELSE", bits: -3 },
      { field: "upn", level: "MISSING", bits: 0 },
    ];
    expect(waitsBecause({ weight: 12.04, contributions, vetoes: [] })).toBe(
      "not joined without a person: too little speaks for it to be sure (+12.0 bits; for it date of birth +13.6, surname and address together +12.0; against it sex -3.0)",
    );
  });
});

describe("after a join was undone", () => {
  const link = (rule: string, personId: string) => ({ rule, personId });
  it.each([
    ["nothing was ever believed", [], undefined],
    ["it was one belief", [link("NONE", "a")], link("NONE", "a")],
    [
      "it went back to whom it was before",
      [link("NONE", "b"), link("PERSON", "a"), link("PARTED", "b")],
      link("NONE", "b"),
    ],
    ["it never was anybody's else", [link("WEIGHT", "a"), link("PARTED", "c")], link("PARTED", "c")],
    ["it was joined again", [link("NONE", "b"), link("PARTED", "b"), link("PERSON", "a")], link("PERSON", "a")],
  ])("the belief shown is right where %s", (_, beliefs, shown) => expect(beliefShown(beliefs)).toEqual(shown));
});

describe("what a join reached", () => {
  it("is told to people and not to jobs, each once", () =>
    expect(peopleAmong(["a", "clock:routing", "b", "a", ""])).toEqual(["a", "b"]));
  it("is to be looked at again, but for what was said", () => {
    const touched = (kind: Touched["kind"]) =>
      ({ kind, id: kind, what: "", at: "", childId: null, courseId: null, agencyId: null }) satisfies Touched;
    expect(toCheck([touched("REFERRAL"), touched("MESSAGE"), touched("STEP")]).map(({ kind }) => kind)).toEqual([
      "REFERRAL",
      "STEP",
    ]);
  });
});

describe("made-up pairs", () => {
  const pairs = Array.from({ length: 500 }, (_, seed) =>
    goldPair({ chance: seeded(seed), year: 2026, outwards: ["OX4"] }),
  );

  it.each([
    [0, 0],
    [19, 0],
    [20, 1],
    [75, 2],
    [10_000, 200],
  ])("among %i that wait there are to be %i", (open, wanted) => expect(goldWanted(open)).toBe(wanted));

  it("are the same for the same number, and never the same two records", () => {
    expect(goldPair({ chance: seeded(7), year: 2026, outwards: ["OX4"] })).toEqual(pairs[7]);
    for (const { left, right } of pairs) expect(left).not.toEqual(right);
  });

  it("are of children, on days that there are, half of them one child", () => {
    for (const { left, right } of pairs)
      for (const [born] of [left["born"] ?? [], right["born"] ?? []]) {
        expect(new Date(`${born}T00:00:00Z`).toISOString().slice(0, 10)).toBe(born);
        expect(2026 - Number(born?.slice(0, 4))).toBeLessThan(17);
      }
    const same = pairs.filter(({ answer }) => answer === "MATCH").length;
    expect(same).toBeGreaterThan(200);
    expect(same).toBeLessThan(300);
  });

  it("that are two children can be told apart: their middle names differ", () => {
    for (const { left, right, answer } of pairs)
      expect(left["middle"]?.[0] === right["middle"]?.[0]).toBe(answer === "MATCH");
  });
});
