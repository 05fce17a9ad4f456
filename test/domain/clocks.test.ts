import { describe, expect, it } from "vitest";
import { clockNamed, clockNames, clocksInForce } from "../../src/domain/clocks.ts";
import { deadlineOf } from "../../src/domain/deadline.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { area, clockRule, national } from "../support/policies.ts";

const closures = [{ on: plainDate("2026-03-04"), because: "Offices closed" }];
const policies = {
  national: {
    ...national,
    clocks: [
      clockRule({ rule: "of-law", within: { workingDays: 5 } }),
      clockRule({ rule: "of-both", within: { workingDays: 5 } }),
    ],
  },
  area: {
    ...area,
    closures,
    clocks: [
      clockRule({ rule: "of-both", within: { workingDays: 3 }, effectiveFrom: plainDate("2026-01-01") }),
      clockRule({ rule: "of-the-area", within: { workingDays: 5 } }),
    ],
  },
};
const due = (name: string, from: string) => {
  const { rule, calendar } = clockNamed(policies, name, plainDate(from));
  return deadlineOf(rule, new Date(`${from}T10:00:00Z`), calendar).dueOn;
};

describe("a clock", () => {
  it.each([
    ["the nation's", "of-law", "2026-03-02", "2026-03-09"],
    ["the area's own, which knows its closures", "of-the-area", "2026-03-02", "2026-03-10"],
    ["the area's stricter edition of the nation's, which does not", "of-both", "2026-03-02", "2026-03-05"],
    ["the nation's, before the area had one", "of-both", "2025-03-03", "2025-03-10"],
  ])("may be %s", (...[, name, from, dueOn]) => expect(due(name, from)).toBe(dueOn));

  it.each(["nobody's", "__proto__"])("is not guessed: %s", (name) => {
    expect(() => clockNamed(policies, name, plainDate("2026-03-02"))).toThrow(RangeError);
  });
});

describe("the clocks in force", () => {
  it("are one of each name", () => {
    const on = (day: string) => clocksInForce(policies, plainDate(day)).map(({ rule }) => [rule.rule, rule.within]);
    expect(on("2026-03-02")).toEqual([
      ["of-law", { workingDays: 5 }],
      ["of-both", { workingDays: 3 }],
      ["of-the-area", { workingDays: 5 }],
    ]);
    expect(on("2025-03-03")[1]).toEqual(["of-both", { workingDays: 5 }]);
    expect(on("2019-03-04")).toEqual([]);
  });

  it("have names", () => expect(clockNames(policies)).toEqual(["of-both", "of-law", "of-the-area"]));
});
