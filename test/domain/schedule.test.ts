import { describe, expect, it } from "vitest";
import { areaCalendar } from "../../src/domain/calendar.ts";
import { deadlineOf } from "../../src/domain/deadline.ts";
import type { ClockRule } from "../../src/domain/clock-rule.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { firstOf, isOvertaken, nextOf, readSchedule, scheduleOf, writeSchedule } from "../../src/domain/schedule.ts";
import { area, national } from "../support/policies.ts";

const calendar = areaCalendar({ area, national });
const rule: ClockRule = {
  rule: "decision",
  starts: "it was received",
  owes: "it is decided",
  within: { workingDays: 3 },
  fixed: false,
  urgent: false,
  review: false,
  remind: [{ workingDays: 1 }, { workingDays: 2 }],
  source: "An invented procedure",
  guidanceVersion: "1",
  effectiveFrom: plainDate("2020-01-01"),
  status: "local",
};
const silence = [
  { after: { hours: 0 }, tell: "MANAGER" as const },
  { after: { workingDays: 1 }, tell: "ESCALATION_LEAD" as const },
  { after: { workingDays: 2 }, tell: "BUSINESS_MANAGER" as const },
];
const of = (startedAt: string, more: Partial<ClockRule> = {}) => {
  const clock = { ...rule, ...more };
  return scheduleOf(clock, deadlineOf(clock, new Date(startedAt), calendar), { silence, calendar });
};
const told = (acts: ReturnType<typeof of>) =>
  acts.map(({ act, number, at, tell }) => `${act} ${number} ${at.toISOString()}${tell ? ` ${tell}` : ""}`);

describe("what the clock will do to an obligation", () => {
  it("is worked out over Easter, reminders when offices open and rungs at the end of working days", () => {
    expect(told(of("2026-04-02T10:00:00Z"))).toEqual([
      "REMIND 1 2026-04-07T08:00:00.000Z",
      "REMIND 2 2026-04-08T08:00:00.000Z",
      "LATE 1 2026-04-09T23:00:00.000Z",
      "RUNG 1 2026-04-09T23:00:00.000Z MANAGER",
      "RUNG 2 2026-04-10T23:00:00.000Z ESCALATION_LEAD",
      "RUNG 3 2026-04-13T23:00:00.000Z BUSINESS_MANAGER",
    ]);
  });

  it("counts hours exactly for a clock in hours", () => {
    const acts = of("2026-04-03T22:00:00Z", { within: { hours: 72 }, remind: [{ hours: 24 }] });
    expect(told(acts).slice(0, 3)).toEqual([
      "REMIND 1 2026-04-05T22:00:00.000Z",
      "LATE 1 2026-04-06T22:00:00.000Z",
      "RUNG 1 2026-04-06T22:00:00.000Z MANAGER",
    ]);
  });

  it("reminds of a review as of a review", () => {
    expect(of("2026-04-02T10:00:00Z", { review: true })[0]).toMatchObject({ act: "REVIEW_DUE", number: 1 });
  });

  it("begins with the first reminder that is still ahead", () => {
    const acts = of("2026-04-02T10:00:00Z");
    expect(firstOf(acts, new Date("2026-04-02T10:00:00Z"))).toMatchObject({ act: "REMIND", number: 1 });
    expect(firstOf(acts, new Date("2026-04-07T09:00:00Z"))).toMatchObject({ act: "REMIND", number: 2 });
    expect(firstOf(acts, new Date("2026-04-09T12:00:00Z"))).toMatchObject({ act: "LATE" });
  });

  it("begins with lateness for what is told after its time: that is never passed over", () => {
    expect(firstOf(of("2026-04-02T10:00:00Z"), new Date("2026-06-01T10:00:00Z"))).toMatchObject({ act: "LATE" });
  });

  it("goes on one act at a time, and ends", () => {
    const acts = of("2026-04-02T10:00:00Z");
    const seen: string[] = [];
    for (let act = firstOf(acts, new Date("2026-04-02T10:00:00Z")); act; act = nextOf(acts, act))
      seen.push(`${act.act} ${act.number}`);
    expect(seen).toEqual(["REMIND 1", "REMIND 2", "LATE 1", "RUNG 1", "RUNG 2", "RUNG 3"]);
  });

  it("tells nobody of a reminder that what follows has overtaken, and never passes over a rung", () => {
    const acts = of("2026-04-02T10:00:00Z");
    const [first, , late, rung] = acts;
    expect(isOvertaken(acts, first!, new Date("2026-04-07T09:00:00Z"))).toBe(false);
    expect(isOvertaken(acts, first!, new Date("2026-04-08T08:00:00Z"))).toBe(true);
    expect(isOvertaken(acts, late!, new Date("2026-06-01T08:00:00Z"))).toBe(false);
    expect(isOvertaken(acts, rung!, new Date("2026-06-01T08:00:00Z"))).toBe(false);
  });

  it("is kept with the row as it is", () => {
    const acts = of("2026-04-02T10:00:00Z");
    expect(told(readSchedule(writeSchedule(acts), new Date(0)))).toEqual(told(acts));
  });

  it("is lateness alone for a row without one", () => {
    expect(readSchedule(null, new Date("2026-04-09T23:00:00Z"))).toEqual([
      { act: "LATE", number: 1, at: new Date("2026-04-09T23:00:00Z") },
    ]);
  });
});
