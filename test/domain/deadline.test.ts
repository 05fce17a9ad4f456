import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deadlineOf } from "../../src/domain/deadline.ts";
import { national } from "../support/policies.ts";

const { clocks, holidays } = national;
const decision = clocks.find(({ rule }) => rule === "referral-decision")!;

/** Worked out apart from the code. Rows of rules that no policy file has yet are left for the part that brings the rule. */
const CASES = readFileSync(new URL("../deadlines.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","))
  .flatMap(([rule, from = "", dueOn = "", dueAt = ""]) => {
    const clock = clocks.find((each) => each.rule === rule);
    return clock ? [{ rule, clock, from, dueOn, dueAt }] : [];
  });

describe("a deadline", () => {
  it.each(CASES)("of $rule from $from is $dueOn", ({ clock, from, dueOn, dueAt }) => {
    const deadline = deadlineOf(clock, new Date(from), holidays);
    expect(deadline).toMatchObject({ rule: clock.rule, source: clock.source, startedAt: new Date(from), dueOn });
    expect(deadline.dueAt).toEqual(new Date(dueAt));
  });

  it("was worked out for referral decisions", () => {
    expect(CASES.filter(({ rule }) => rule === "referral-decision").length).toBeGreaterThanOrEqual(2);
  });

  it("of a referral decision is one working day", () => {
    expect(decision).toMatchObject({ workingDays: 1, guidanceVersion: "Working Together 2023" });
  });

  it.each([
    ["late on a summer night", "2026-07-02T22:59:59.999Z", "2026-07-03", "2026-07-03T23:00:00.000Z"],
    ["after a summer midnight", "2026-07-02T23:00:00.000Z", "2026-07-06", "2026-07-06T23:00:00.000Z"],
    ["on a Friday evening", "2026-03-06T20:00:00.000Z", "2026-03-09", "2026-03-10T00:00:00.000Z"],
    ["before the clocks go forward", "2026-03-27T12:00:00.000Z", "2026-03-30", "2026-03-30T23:00:00.000Z"],
    ["before the clocks go back", "2026-10-23T12:00:00.000Z", "2026-10-26", "2026-10-27T00:00:00.000Z"],
  ])("starts from the day in England: %s", (...[, from, dueOn, dueAt]) => {
    const deadline = deadlineOf(decision, new Date(from), holidays);
    expect([deadline.dueOn, deadline.dueAt.toISOString()]).toEqual([dueOn, dueAt]);
  });

  it("explains itself in a sentence", () => {
    const source = "Local procedure 4.2";
    const rule = { ...decision, workingDays: 2, source };
    expect(deadlineOf(rule, new Date("2026-12-24T10:00:00Z"), holidays).explanation).toBe(
      "2 working days after the referral was received on 2026-12-24: by the end of 2026-12-30, not counting " +
        "2026-12-25 (Christmas Day), 2026-12-26 (Saturday), 2026-12-27 (Sunday), 2026-12-28 (Boxing Day (substitute)) " +
        "(Local procedure 4.2)",
    );
    expect(deadlineOf({ ...rule, workingDays: 1 }, new Date("2026-03-02T10:00:00Z"), holidays).explanation).toBe(
      "1 working day after the referral was received on 2026-03-02: by the end of 2026-03-03 (Local procedure 4.2)",
    );
  });

  it("is not invented for years without a table", () => {
    expect(() => deadlineOf(decision, new Date("2028-12-31T12:00:00Z"), holidays)).toThrow("extend policies");
  });
});
