import { describe, expect, it } from "vitest";
import { deterministicRule } from "../../src/domain/deterministic.ts";
import { factsOf } from "../../src/domain/pair-facts.ts";
import { vetoesOf } from "../../src/domain/vetoes.ts";
import { type Shown, shown, WORDS } from "../support/shown-record.ts";

const AT_HOME = { born: "2015-06-02", home: "OX99 2PT", sex: "m" } as const;
const NHS = "9990123470";

function codes(one: Shown, other: Shown): string {
  const [a, b] = [shown("a", one), shown("b", other)];
  const facts = factsOf(a.compared, b.compared, { words: WORDS });
  return vetoesOf({ a, b, facts, policy: "strict" })
    .map(({ code }) => code)
    .join(" ");
}

// An underscore joins a first and a second forename.
describe("a first forename that agrees is not enough where the second ones differ", () => {
  it.each<[string, string, string, string]>([
    ["twins who are both Muhammad first", "Muhammad_Hassan Khan", "Muhammad_Ali Khan", "V3 V5"],
    ["the same child", "Muhammad_Hassan Khan", "Muhammad_Hassan Khan", ""],
    ["the same child, the second name spelt otherwise", "Muhammad_Hussain Khan", "Muhammad_Hussein Khan", ""],
    ["twins whose second names are alike", "Muhammad_Hassan Khan", "Muhammad_Hussain Khan", "V3 V5"],
    ["an initial may be either twin's", "Muhammad_R Khan", "Muhammad_R Khan", "V3"],
    ["half a name", "Abdul Khan", "Abdul Khan", "V3"],
    ["one child of a title", "Syed_Ali Shah", "Syed_Ali Shah", ""],
    ["an initial for a first name may be either twin's", "J Ward", "J Ward", "V3 V5"],
    ["an initial and a name", "J Ward", "John Ward", "V3 V5"],
    ["a record without a second name may be either twin's", "Muhammad_Hassan Khan", "Muhammad Khan", "V3"],
    ["two records without a second name", "Mohammed Khan", "Mohammed Khan", "V3"],
    ["another first name without a second one", "James_Robert Ward", "James Ward", ""],
    ["an initial", "James_Robert Ward", "James_R Ward", ""],
    ["another initial", "James_Robert Ward", "James_T Ward", "V3 V5"],
    ["namesakes of another second name", "James_Robert Ward", "James_Oliver Ward", "V3 V5"],
    ["a second name left out of two", "James_Robert_Lee Ward", "James_Lee Ward", ""],
  ])("%s: %s, %s", (_, one, other, expected) => {
    expect(codes({ ...AT_HOME, name: one }, { ...AT_HOME, name: other })).toBe(expected);
    expect(codes({ ...AT_HOME, name: other }, { ...AT_HOME, name: one })).toBe(expected);
  });

  it("is no matter where both agencies vouch for one number", () => {
    const [one, other] = ["Muhammad_Hassan Khan", "Muhammad_Ali Khan"].map((name) => ({ ...AT_HOME, name, nhs: NHS }));
    expect(codes(one ?? {}, other ?? {})).toBe("");
  });

  it.each([
    ["Muhammad_Hassan Khan", "Muhammad_Ali Khan"],
    ["Muhammad_Hassan Khan", "Muhammad_Hussain Khan"],
    ["Maria_Ana Silva", "Maria_Luisa Silva"],
    ["J Ward", "J Ward"],
  ])("is not settled by a number that one agency copied: %s, %s", (one, other) => {
    const known = { ...AT_HOME, name: one, nhs: NHS };
    const copied = { ...AT_HOME, name: other, nhs: `~${NHS}` };
    expect(codes(known, copied)).toBe("V3 V5");
    expect(
      deterministicRule(factsOf(shown("a", known).compared, shown("b", copied).compared, { words: WORDS })),
    ).toBeNull();
  });
});
