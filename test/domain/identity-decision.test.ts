import { describe, expect, it } from "vitest";
import type { MatchPolicy, Override } from "../../src/domain/identity.ts";
import { decideIdentity } from "../../src/domain/identity-decision.ts";
import { decide, known, match, matcherFor, notMatch as not, type Question } from "../support/identity-question.ts";
import { TEST_MODEL } from "../support/match-model.ts";
import { type Shown, shown } from "../support/shown-record.ts";

const NHS = "9990123470";
const OTHER_NHS = "9990246947";
const UPN = "A800999915001";

const AMELIA: Shown = { name: "Amelia Hartley", born: "2015-03-17", home: "OX99 9ZZ" };
const VOUCHED: Shown = { ...AMELIA, nhs: NHS };
const ISOBEL: Shown = { ...AMELIA, name: "Isobel Hartley" };

const said = (incoming: Shown, question: Question) => {
  const { band, rule, personId } = decide(incoming, question);
  return `${band} ${rule} ${personId ?? "nobody"}`;
};

const ASKED = "REVIEW NONE nobody";
const APART = "NO_LINK NONE nobody";
describe("whose record it is", () => {
  it.each<[string, Shown, (readonly Shown[])[], string]>([
    // what comes in, who is on file, what is decided
    ["nobody is on file", AMELIA, [], APART],
    ["all but an identifier", AMELIA, [[AMELIA]], "AUTO WEIGHT p1"],
    [
      "a number, surname and home changed",
      { ...VOUCHED, name: "Amelia Marsh", home: "YO99 1ZZ" },
      [[VOUCHED]],
      "AUTO NHS_NUMBER p1",
    ],
    ["a UPN", { ...AMELIA, upn: UPN, home: "" }, [[{ ...AMELIA, upn: UPN }]], "AUTO UPN p1"],
    ["a number alone", { nhs: NHS }, [[VOUCHED]], ASKED],
    ["nothing", {}, [[AMELIA]], APART],
    ["nothing on both sides", {}, [[{}]], APART],
    ["the twin's forename", ISOBEL, [[AMELIA]], APART],
    ["the twin's forename and Amelia's number, copied", { ...ISOBEL, nhs: `~${NHS}` }, [[VOUCHED]], ASKED],
    ["one of two twins by forename", ISOBEL, [[AMELIA], [ISOBEL]], "AUTO WEIGHT p2"],
    [
      "one of two twins by number",
      { ...ISOBEL, nhs: OTHER_NHS },
      [[VOUCHED], [{ ...ISOBEL, nhs: OTHER_NHS }]],
      "AUTO NHS_NUMBER p2",
    ],
    [
      "two newborns without a name",
      { ...AMELIA, name: "Baby Hartley" },
      [[{ ...AMELIA, name: "Baby Hartley" }]],
      ASKED,
    ],
    ["two who fit as well", AMELIA, [[VOUCHED], [{ ...AMELIA, upn: UPN }]], ASKED],
    ["one by NHS number, another by UPN", { ...VOUCHED, upn: UPN }, [[VOUCHED], [{ ...AMELIA, upn: UPN }]], ASKED],
    [
      "one by a number that both vouch for, another who is only alike",
      VOUCHED,
      [[VOUCHED], [AMELIA]],
      "AUTO NHS_NUMBER p1",
    ],
    [
      "one by a number, another whose forename fits better",
      { ...VOUCHED, name: "Amleia Hartley" },
      [[VOUCHED], [{ ...AMELIA, name: "Amleia Hartley" }]],
      ASKED,
    ],
    ["one by likeness, another who has the same number", { ...ISOBEL, nhs: `~${NHS}` }, [[VOUCHED], [ISOBEL]], ASKED],
    [
      "Ella, where Ellie is nearly as like",
      { ...AMELIA, name: "Ella Hartley" },
      [[{ ...AMELIA, name: "Ella Hartley" }], [{ ...AMELIA, name: "Ellie Hartley" }]],
      ASKED,
    ],
    ["two of her records agree", VOUCHED, [[VOUCHED, AMELIA]], "AUTO NHS_NUMBER p1"],
    [
      "one record agrees, the other is from before she moved",
      AMELIA,
      [[AMELIA, { ...VOUCHED, home: "YO99 1ZZ" }]],
      "AUTO WEIGHT p1",
    ],
    [
      "one record agrees, the other has no forename",
      AMELIA,
      [[AMELIA, { ...AMELIA, name: "Baby Hartley" }]],
      "AUTO WEIGHT p1",
    ],
    [
      "one record agrees, the other is from before she was born",
      AMELIA,
      [[AMELIA, { name: "Unborn Hartley", expected: "2015-03-10", home: "OX99 9ZZ" }]],
      "AUTO WEIGHT p1",
    ],
    [
      "one record agrees, the other has another surname and home",
      AMELIA,
      [[AMELIA, { ...VOUCHED, name: "Amelia Marsh", home: "YO99 1ZZ" }]],
      ASKED,
    ],
    ["one record agrees, the other is her twin's", AMELIA, [[AMELIA, ISOBEL]], ASKED],
    [
      "one record agrees, the other is of another birthday",
      AMELIA,
      [[AMELIA, { ...AMELIA, born: "2015-03-18" }]],
      ASKED,
    ],
    ["one record agrees, the other has another number", VOUCHED, [[VOUCHED, { ...AMELIA, nhs: OTHER_NHS }]], ASKED],
  ])("%s", (...[, incoming, people, decided]) => expect(said(incoming, { people: known(...people) })).toBe(decided));

  it("is not told by one record that holds two children", () => {
    const isaac: Shown = { nhs: "9990864292", name: "Isaac Byrne", born: "2017-09-09", home: "OX99 9ZZ" };
    const isobel: Shown = { upn: UPN, name: "Isobel Byrne", born: "2017-09-09", home: "OX99 9ZZ" };
    const both: Shown = { ...isaac, nhs: "~9990864292", upn: `~${UPN}` };
    expect(said(isobel, { people: known([isaac, both]) })).toBe(ASKED);
    expect(said(both, { people: known([isaac], [isobel]) })).toBe(ASKED);
  });

  it("is asked of a sound-alike twin who carries the other's number", () => {
    const jayden: Shown = { ...AMELIA, name: "Jayden Ward", nhs: NHS };
    const kayden: Shown = { ...AMELIA, name: "Kayden Ward", upn: UPN };
    const muddled: Shown = { ...kayden, nhs: `~${NHS}`, upn: `~${UPN}` };
    expect(said(muddled, { people: known([jayden], [kayden]) })).toBe(ASKED);
    expect(said(muddled, { people: known([jayden]) })).toBe(ASKED);
  });

  it("may be somebody without a household in common only where the area shares more", () => {
    const moved = { ...AMELIA, home: "YO99 1ZZ" };
    expect(said(moved, { people: known([AMELIA]) })).toBe(ASKED);
    expect(said(moved, { people: known([AMELIA]), policy: "balanced" })).toBe(ASKED);
    // A second forename that agrees is what tells her from a namesake.
    const whole = { name: "Amelia_Rose Hartley" };
    expect(said({ ...moved, ...whole }, { people: known([{ ...AMELIA, ...whole }]), policy: "balanced" })).toBe(
      "AUTO WEIGHT p1",
    );
  });
});

describe("the band", () => {
  const moved: Shown = { ...AMELIA, home: "YO99 1ZZ" };
  const boy: Shown = { ...AMELIA, sex: "m" };
  const girl: Shown = { ...AMELIA, sex: "f" };

  /** The decision where the pair weighs just this. */
  function bandAt(weight: number, policy: MatchPolicy, [incoming, theirs]: readonly [Shown, Shown]): string {
    const by = matcherFor(policy);
    const people = known([theirs]);
    const usual = decideIdentity(by, shown("new", incoming), { people, overrides: [] }).considered[0]!.weight;
    const model = { ...TEST_MODEL, prior: TEST_MODEL.prior + weight - usual };
    return decideIdentity({ ...by, model }, shown("new", incoming), { people, overrides: [] }).band;
  }

  it.each<[string, readonly [Shown, Shown], number, string, string]>([
    // what agrees, weight in bits, strict, balanced
    ["all", [AMELIA, AMELIA], 4.01, "AUTO", "AUTO"],
    ["all", [AMELIA, AMELIA], 3.99, "REVIEW", "REVIEW"],
    ["all", [AMELIA, AMELIA], -0.01, "REVIEW", "REVIEW"],
    ["all", [AMELIA, AMELIA], -3.99, "REVIEW", "REVIEW"],
    ["all", [AMELIA, AMELIA], -4.01, "NO_LINK", "NO_LINK"],
    ["all but the home", [AMELIA, moved], 11.01, "REVIEW", "AUTO"],
    ["all but the home", [AMELIA, moved], 10.99, "REVIEW", "REVIEW"],
    ["all but the surname", [AMELIA, { ...AMELIA, name: "Amelia Marsh" }], 6.01, "REVIEW", "AUTO"],
    ["all but the surname", [AMELIA, { ...AMELIA, name: "Amelia Marsh" }], 5.99, "REVIEW", "REVIEW"],
    [
      "all but the home and part of the surname",
      [AMELIA, { ...moved, name: "Amelia Hartley-Marsh" }],
      30,
      "REVIEW",
      "REVIEW",
    ],
    ["all but the sex", [boy, girl], 6.01, "REVIEW", "AUTO"],
    ["all but the sex", [boy, girl], 5.99, "REVIEW", "REVIEW"],
    ["all but a nickname's spelling", [AMELIA, { ...AMELIA, name: "Millie Hartley" }], 30, "REVIEW", "REVIEW"],
    ["all but the forename", [AMELIA, ISOBEL], 30, "NO_LINK", "NO_LINK"],
    ["all but the birthday, years apart", [AMELIA, { ...AMELIA, born: "2011-10-28" }], -3.99, "REVIEW", "REVIEW"],
    ["all but the birthday, a generation apart", [AMELIA, { ...AMELIA, born: "1986-10-28" }], 30, "NO_LINK", "NO_LINK"],
    ["one number and no more", [{ ...VOUCHED, name: "Zainab Noor" }, VOUCHED], -30, "REVIEW", "REVIEW"],
  ])("where %s agrees", (...[, pair, weight, strict, balanced]) => {
    expect(bandAt(weight, "strict", pair)).toBe(strict);
    expect(bandAt(weight, "balanced", pair)).toBe(balanced);
  });
});

describe("people's decisions", () => {
  it.each<[string, Shown, (readonly Shown[])[], Override[], string]>([
    ["join what nothing joins", { name: "Zainab Noor" }, [[AMELIA]], [match("p1.1")], "AUTO PERSON p1"],
    ["join an unborn child", { name: "Unborn", expected: "2015-03-01" }, [[AMELIA]], [match("p1.1")], "AUTO PERSON p1"],
    ["join though somebody else fits better", AMELIA, [[AMELIA], [ISOBEL]], [match("p2.1")], "AUTO PERSON p2"],
    [
      "join whichever way round they were written",
      AMELIA,
      [[ISOBEL]],
      [{ a: "p1.1", b: "new", verdict: "MATCH" }],
      "AUTO PERSON p1",
    ],
    ["keep apart what a number joins", VOUCHED, [[VOUCHED]], [not("p1.1")], APART],
    ["keep apart from every record of that person", VOUCHED, [[VOUCHED, VOUCHED]], [not("p1.2")], APART],
    ["keep apart where they disagree", VOUCHED, [[VOUCHED, VOUCHED]], [match("p1.1"), not("p1.2")], APART],
    ["keep apart where both stand for one pair", VOUCHED, [[VOUCHED]], [not("p1.1"), match("p1.1")], APART],
    ["clear the way to somebody else", AMELIA, [[AMELIA], [AMELIA]], [not("p2.1")], "AUTO WEIGHT p1"],
    ["for two people join neither", AMELIA, [[AMELIA], [ISOBEL]], [match("p1.1"), match("p2.1")], ASKED],
    [
      "about other records change nothing",
      AMELIA,
      [[AMELIA]],
      [{ a: "x", b: "p1.1", verdict: "NOT_MATCH" }],
      "AUTO WEIGHT p1",
    ],
  ])("%s", (...[, incoming, people, overrides, decided]) =>
    expect(said(incoming, { people: known(...people), overrides })).toBe(decided),
  );
});

describe("a decision", () => {
  it.each<[string, Shown, (readonly Shown[])[], Override[], string]>([
    [
      "a join by number",
      VOUCHED,
      [[VOUCHED]],
      [],
      "It is theirs: the same NHS number, vouched for by both agencies, date of birth and forename",
    ],
    [
      "a join by weight",
      AMELIA,
      [[AMELIA]],
      [],
      "It is theirs: enough agrees, nothing speaks against it and nobody else fits as well",
    ],
    [
      "a question",
      AMELIA,
      [[{ ...AMELIA, name: "Millie Hartley" }]],
      [],
      "It stays apart until a person decides: possible twins, or brother and sister; the forename is not the same, and no identifier agrees",
    ],
    [
      "a question with nothing forbidden",
      { ...AMELIA, sex: "f" },
      [[{ ...AMELIA, sex: "m" }]],
      [],
      "It stays apart until a person decides: not enough agrees to be sure",
    ],
    [
      "two who fit",
      AMELIA,
      [[AMELIA], [AMELIA]],
      [],
      "It stays apart until a person decides: more than one person fits",
    ],
    ["somebody new", ISOBEL, [[AMELIA]], [], "Nobody on file fits"],
    ["a person's word", ISOBEL, [[AMELIA]], [match("p1.1")], "It is theirs: a person decided that it is theirs"],
    [
      "a person's no",
      AMELIA,
      [[AMELIA]],
      [not("p1.1")],
      "A person decided that it is not theirs, and nobody else on file fits",
    ],
  ])("says why: %s", (...[, incoming, people, overrides, because]) =>
    expect(decide(incoming, { people: known(...people), overrides }).because).toBe(because),
  );

  it("shows the waterfall, which adds up to the weight", () => {
    const [best] = decide(VOUCHED, { people: known([VOUCHED]) }).considered;
    expect(best!.contributions).toContainEqual({ field: "nhs", level: "EXACT", bits: 18 });
    expect(best!.contributions.reduce((sum, { bits }) => sum + bits, 0)).toBeCloseTo(best!.weight);
  });

  it("weighs nothing of an unborn child", () => {
    const unborn = { name: "Unborn Hartley", expected: "2026-06-01", home: "OX99 9ZZ" };
    const [best] = decide(unborn, { people: known([AMELIA]) }).considered;
    expect(best).toMatchObject({ band: "NO_LINK", weight: 0, contributions: [] });
    expect(best!.vetoes.map(({ code }) => code)).toEqual(["V11"]);
  });

  it("asks of an unborn child that has somebody's number", () => {
    const unborn = { name: "Unborn Hartley", expected: "2026-06-01", nhs: `~${NHS}` };
    expect(said(unborn, { people: known([VOUCHED]) })).toBe(ASKED);
  });

  it("tells who else fits, the one it joins first, then the heaviest", () => {
    const { considered } = decide(VOUCHED, { people: known([ISOBEL], [AMELIA], [VOUCHED], [{ ...AMELIA, home: "" }]) });
    expect(considered.map(({ personId, band }) => `${personId} ${band}`)).toEqual([
      "p3 AUTO",
      "p2 REVIEW",
      "p4 REVIEW",
    ]);
    expect(considered[1]!.vetoes).toEqual([{ code: "V12", because: "somebody else fits better" }]);
  });

  it("tells which veto is of another record of theirs", () => {
    const { considered } = decide(VOUCHED, { people: known([VOUCHED, { ...AMELIA, nhs: OTHER_NHS }]) });
    expect(considered[0]!.vetoes).toEqual([
      { code: "V1", because: "two different valid NHS numbers, with another record of this person" },
    ]);
  });

  it("names nobody", () => {
    for (const people of [
      known([VOUCHED]),
      known([ISOBEL]),
      known([AMELIA], [AMELIA]),
      known([{ ...AMELIA, nhs: OTHER_NHS }]),
    ]) {
      const text = JSON.stringify(decide(VOUCHED, { people })).toLowerCase();
      for (const value of ["amelia", "hartley", "isobel", NHS, OTHER_NHS, "2015-03-17", "9zz"])
        expect(text).not.toContain(value);
      expect(decide(VOUCHED, { people }).because.length).toBeLessThanOrEqual(200);
    }
  });
});
