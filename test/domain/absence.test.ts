import { assert, array, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ANSWER_STATUSES,
  itemsOf,
  saysNothing,
  overall,
  type AnswerStatus,
  type PartAnswer,
  reasonOf,
  together,
  told,
} from "../../src/domain/absence.ts";

const recorded = (...items: string[]): PartAnswer<string> => ({ status: "RECORDED", items });
const nothing: PartAnswer<string> = { status: "NOTHING_RECORDED" };
const withheld: PartAnswer<string> = { status: "WITHHELD", rule: "restricted", items: ["safe"] };
const silent: PartAnswer<string> = {
  status: "DID_NOT_ANSWER",
  fault: "TIMEOUT",
  reason: "Health did not answer in time",
  items: ["known earlier"],
};
const notAsked: PartAnswer<string> = { status: "NOT_ASKED", reason: "not asked for" };

describe("a list an agency gave", () => {
  it("is recorded with something in it", () => expect(told(["a"])).toEqual(recorded("a")));
  it("is nothing recorded when empty", () => expect(told([])).toEqual(nothing));
});

describe("the status for many", () => {
  it.each([
    [["RECORDED", "DID_NOT_ANSWER"], "DID_NOT_ANSWER"],
    [["WITHHELD", "DID_NOT_ANSWER"], "DID_NOT_ANSWER"],
    [["RECORDED", "WITHHELD"], "WITHHELD"],
    [["NOTHING_RECORDED", "RECORDED"], "RECORDED"],
    [["NOTHING_RECORDED", "NOT_ASKED"], "NOT_ASKED"],
    [["NOT_ASKED"], "NOT_ASKED"],
    [[], "NOT_ASKED"],
  ] as const)("%j is %s", (statuses, status) => expect(overall(statuses)).toBe(status));

  it("never hides a failure or depends on order", () => {
    assert(
      property(array(constantFrom(...ANSWER_STATUSES), { minLength: 1 }), (statuses) => {
        const status = overall(statuses);
        expect(statuses).toContain(status);
        expect(status === "DID_NOT_ANSWER").toBe(statuses.includes("DID_NOT_ANSWER"));
        expect(overall(statuses.toReversed())).toBe(status);
      }),
    );
  });
});

describe("parts together", () => {
  it.each<[string, PartAnswer<string>[], PartAnswer<string>]>([
    ["one part is itself", [silent], silent],
    ["lists add up", [recorded("a"), recorded("b", "c")], recorded("a", "b", "c")],
    ["nothing adds nothing", [recorded("a"), nothing], recorded("a")],
    ["nothing twice is nothing", [nothing, nothing], nothing],
    ["what was not asked is not nothing", [notAsked, nothing], notAsked],
    ["never asked is not asked", [notAsked, notAsked], notAsked],
    ["a failure keeps what did arrive", [recorded("a"), silent], { ...silent, items: ["a", "known earlier"] }],
    ["a withholding keeps the rest", [recorded("a"), withheld], { ...withheld, items: ["a", "safe"] }],
    ["a failure outweighs a withholding", [withheld, silent], { ...silent, items: ["safe", "known earlier"] }],
  ])("%s", (_, parts, whole) => expect(together(parts)).toEqual(whole));

  it("of nobody are not taken for nothing recorded", () => expect(() => together([])).toThrow("No part is NOT_ASKED"));
});

describe("an empty list", () => {
  it.each<[AnswerStatus[], boolean]>([
    [["NOTHING_RECORDED"], true],
    [["NOTHING_RECORDED", "NOT_ASKED"], true],
    [["RECORDED", "NOTHING_RECORDED"], true],
    [["NOT_ASKED"], false],
    [["NOTHING_RECORDED", "DID_NOT_ANSWER"], false],
    [["NOTHING_RECORDED", "WITHHELD"], false],
    [[], false],
  ])("of %j may be shown as empty: %s", (statuses, shown) => expect(saysNothing(statuses)).toBe(shown));
});

describe("a part", () => {
  it.each([
    [recorded("a"), ["a"], null],
    [nothing, [], null],
    [withheld, ["safe"], "restricted"],
    [silent, ["known earlier"], "Health did not answer in time"],
    [notAsked, [], "not asked for"],
  ])("%j holds and says why", (part, items, reason) => {
    expect(itemsOf(part)).toEqual(items);
    expect(reasonOf(part)).toBe(reason);
  });
});
