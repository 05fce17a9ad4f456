import { describe, expect, it } from "vitest";
import { plainDate } from "../../src/domain/plain-date.ts";
import { before, type ChildFacts, keepingOf, shortestBefore, whyKept, whyNotYet } from "../../src/domain/retention.ts";
import { national } from "../support/policies.ts";

const { retention } = national;
const facts = (given: Partial<ChildFacts> = {}): ChildFacts => ({
  steps: new Set(),
  shields: new Set(),
  hasWork: true,
  bornOn: plainDate("2020-02-29"),
  lastOn: plainDate("2026-04-02"),
  ...given,
});
const kept = (given: Partial<ChildFacts> = {}) => {
  const { keptBy, until } = keepingOf(retention, facts(given));
  return [keptBy.id, until];
};

describe("how long a child is kept", () => {
  it.each<[string, Partial<ChildFacts>, string, string]>([
    ["nothing was done for", { hasWork: false }, "known-only", "2027-04-02"],
    ["was only referred, until 18", {}, "referral-only", "2038-02-28"],
    ["was only referred, grown up by then", { bornOn: plainDate("2009-01-01") }, "referral-only", "2032-04-02"],
    ["was only referred, born nobody knows when", { bornOn: null }, "referral-only", "2044-04-02"],
    ["had a conference", { steps: new Set(["INITIAL_CONFERENCE_HELD"]) }, "child-protection", "2061-04-02"],
    ["was looked after", { steps: new Set(["BECAME_LOOKED_AFTER"]) }, "looked-after", "2095-02-28"],
    [
      "was looked after, born nobody knows when",
      { steps: new Set(["BECAME_LOOKED_AFTER"]), bornOn: null },
      "looked-after",
      "2101-04-02",
    ],
    [
      "falls in several: the longest",
      { steps: new Set(["CORE_GROUP_HELD", "BECAME_LOOKED_AFTER"]) },
      "looked-after",
      "2095-02-28",
    ],
    ["was to be adopted", { shields: new Set(["ADOPTION"]) }, "adoption", "2126-04-02"],
    ["was shielded otherwise", { shields: new Set(["DOMESTIC_ABUSE"]) }, "referral-only", "2038-02-28"],
  ])("who %s", (_, given, id, until) => expect(kept(given)).toEqual([id, until]));

  it("is by the longest class also where its time is up before another's", () => {
    const old = {
      bornOn: plainDate("1950-01-01"),
      steps: new Set(["BECAME_LOOKED_AFTER", "CORE_GROUP_HELD"] as const),
    };
    expect(kept(old)).toEqual(["child-protection", "2061-04-02"]);
  });

  it("nobody need look at who came in later than the shortest class", () =>
    expect(shortestBefore(retention, plainDate("2030-05-06"))).toBe("2029-05-06"));

  it.each([
    [{ days: 30 }, "2026-03-03"],
    [{ months: 2 }, "2026-02-02"],
    [{ years: 6 }, "2020-04-02"],
  ])("counts back %j", (keep, on) => expect(before(plainDate("2026-04-02"), keep)).toBe(on));
});

describe("what stands against erasing", () => {
  it("is a hold before everything, then what is open, and else nothing", () => {
    expect(whyKept({ held: true, owed: { obligations: 2 } })).toMatch(/legal hold/);
    expect(whyKept({ held: false, owed: { obligations: 2, referrals: 0 } })).toContain("(2 obligations)");
    expect(whyKept({ held: false, owed: { obligations: 0 } })).toBeNull();
  });

  it("is the class until its day, unless it may end earlier and that is meant", () => {
    const on = plainDate("2038-02-27");
    const local = keepingOf(retention, facts());
    const law = keepingOf(retention, facts({ steps: new Set(["BECAME_LOOKED_AFTER"]) }));
    expect(whyNotYet(local, on, false)).toContain("beforeItsTime");
    expect(whyNotYet(local, on, true)).toBeNull();
    expect(whyNotYet(local, plainDate("2038-02-28"), false)).toBeNull();
    expect(whyNotYet(law, on, true)).toContain("law keeps it");
  });
});
