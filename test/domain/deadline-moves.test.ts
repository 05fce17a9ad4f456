import { assert, constantFrom, date, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClockRule, Span } from "../../src/domain/clock-rule.ts";
import { afterPause, extendedTo, pausedUntil, whyNotChanged } from "../../src/domain/deadline-moves.ts";
import { deadlineOf } from "../../src/domain/deadline.ts";
import { writeInstant } from "../../src/domain/instant.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { calendar, clockRule, localCalendar, national } from "../support/policies.ts";

const pick = ({ dueOn, dueAt }: ReturnType<typeof deadlineOf>) => ({ dueOn, dueAt });
const running = (rule: ClockRule, from: string) => ({ rule, ...pick(deadlineOf(rule, new Date(from), calendar)) });
const paused = (rule: ClockRule, [from, pausedAt, resumedAt]: readonly string[], by = calendar) => {
  const pause = { pausedAt: new Date(pausedAt!), resumedAt: new Date(resumedAt!) };
  const { dueOn, dueAt } = afterPause(running(rule, from!), pause, by);
  return [dueOn, writeInstant(dueAt)];
};

describe("after a pause", () => {
  it.each<[string, Span, string[], [string, string]]>([
    [
      "a clock in working days moves by the working days that passed",
      { workingDays: 10 },
      ["2026-03-02T10:00:00Z", "2026-03-05T12:00:00Z", "2026-03-10T09:00:00Z"],
      ["2026-03-19", "2026-03-20T00:00:00Z"],
    ],
    [
      "over a weekend, by none",
      { workingDays: 10 },
      ["2026-03-02T10:00:00Z", "2026-03-06T12:00:00Z", "2026-03-08T09:00:00Z"],
      ["2026-03-16", "2026-03-17T00:00:00Z"],
    ],
    [
      "within a day, by none",
      { workingDays: 10 },
      ["2026-03-02T10:00:00Z", "2026-03-05T09:00:00Z", "2026-03-05T16:00:00Z"],
      ["2026-03-16", "2026-03-17T00:00:00Z"],
    ],
    [
      "over Easter, past its holidays",
      { workingDays: 5 },
      ["2026-03-30T10:00:00Z", "2026-04-01T12:00:00Z", "2026-04-08T09:00:00Z"],
      ["2026-04-13", "2026-04-13T23:00:00Z"],
    ],
    [
      "a clock in days moves by days",
      { days: 7 },
      ["2026-03-25T10:00:00Z", "2026-03-27T12:00:00Z", "2026-03-30T12:00:00Z"],
      ["2026-04-04", "2026-04-04T23:00:00Z"],
    ],
    [
      "a clock in months moves by days",
      { months: 3 },
      ["2026-11-30T10:00:00Z", "2026-12-01T12:00:00Z", "2026-12-11T12:00:00Z"],
      ["2027-03-10", "2027-03-11T00:00:00Z"],
    ],
    [
      "a clock in hours moves to the millisecond",
      { hours: 72 },
      ["2026-03-02T10:00:00Z", "2026-03-03T10:00:00Z", "2026-03-03T11:30:00.500Z"],
      ["2026-03-05", "2026-03-05T11:30:00.500Z"],
    ],
    [
      "a clock in working hours moves by those",
      { workingHours: 16 },
      ["2026-03-05T10:00:00Z", "2026-03-06T15:00:00Z", "2026-03-09T10:00:00Z"],
      ["2026-03-09", "2026-03-09T13:00:00Z"],
    ],
  ])("%s", (_, span, story, expected) => {
    const due = paused(clockRule({ within: span }), story);
    expect(due).toEqual(expected);
  });

  it("an area's own clock does not move by days on which its offices were shut", () => {
    const story = ["2026-03-02T10:00:00Z", "2026-03-03T12:00:00Z", "2026-03-04T12:00:00Z"];
    const rule = clockRule({ within: { workingDays: 10 } });
    expect(paused(rule, story)[0]).toBe("2026-03-17");
    expect(paused(rule, story, localCalendar("2026-03-04"))[0]).toBe("2026-03-16");
  });

  it("a clock counted backwards stays", () => {
    const rule = clockRule({ within: { workingDays: 3 }, before: true });
    const story = ["2026-03-20T10:00:00Z", "2026-03-03T12:00:00Z", "2026-03-10T12:00:00Z"];
    expect(paused(rule, story)[0]).toBe("2026-03-17");
  });

  it("a clock that was resumed before it was paused stays", () => {
    const story = ["2026-03-02T10:00:00Z", "2026-03-10T12:00:00Z", "2026-03-03T12:00:00Z"];
    expect(paused(clockRule({ within: { hours: 72 } }), story)[0]).toBe("2026-03-05");
  });

  it("a limit that nobody may move is refused", () => {
    const story = ["2026-03-02T10:00:00Z", "2026-03-03T12:00:00Z", "2026-03-04T12:00:00Z"];
    expect(() => paused(clockRule({ fixed: true }), story)).toThrow(
      new RangeError("a-clock is a limit of law that nobody may move"),
    );
  });

  it("is never earlier than before, and never earlier for a longer one", () => {
    const someRule = constantFrom(
      ...national.clocks.filter(({ fixed }) => !fixed),
      clockRule({ within: { workingHours: 24 } }),
    );
    const someInstant = date({ min: new Date("2023-02-01"), max: new Date("2027-06-30"), noInvalidDate: true });
    const someTime = nat(40 * 86_400_000);
    assert(
      property(someRule, someInstant, someTime, someTime, (rule, startedAt, length, more) => {
        const clock = { rule, ...pick(deadlineOf(rule, startedAt, calendar)) };
        const pausedAt = new Date(startedAt.getTime() + 3_600_000);
        const resume = (after: number) =>
          afterPause(clock, { pausedAt, resumedAt: new Date(pausedAt.getTime() + after) }, calendar);
        expect(resume(length).dueAt >= clock.dueAt).toBe(true);
        expect(resume(length + more).dueAt >= resume(length).dueAt).toBe(true);
      }),
    );
  });
});

describe("an extension", () => {
  const order = clockRule({ rule: "an-order", within: { days: 8 }, extendsBy: { days: 7 } });
  const extend = (rule: ClockRule, dueOn: string, to: string) =>
    extendedTo({ rule, dueOn: plainDate(dueOn), firstDueOn: plainDate("2026-03-10") }, plainDate(to), calendar);

  it("is to the end of a later day", () => {
    expect(extend(order, "2026-03-10", "2026-03-17")).toEqual({
      dueOn: "2026-03-17",
      dueAt: new Date("2026-03-18T00:00:00Z"),
    });
    const rule = clockRule({ within: { months: 6 } });
    expect(extend(rule, "2026-03-10", "2026-06-10").dueAt).toEqual(new Date("2026-06-10T23:00:00Z"));
  });

  it.each([
    [
      "to the same day",
      order,
      "2026-03-10",
      "2026-03-10",
      "It is due on 2026-03-10: an extension must be to a later day",
    ],
    [
      "to an earlier day",
      order,
      "2026-03-10",
      "2026-03-09",
      "It is due on 2026-03-10: an extension must be to a later day",
    ],
    [
      "beyond what the rule allows",
      order,
      "2026-03-10",
      "2026-03-18",
      "an-order may be extended by 7 days: until 2026-03-17",
    ],
    [
      "beyond it, bit by bit",
      order,
      "2026-03-17",
      "2026-03-18",
      "an-order may be extended by 7 days: until 2026-03-17",
    ],
    [
      "of a limit that nobody may move",
      clockRule({ fixed: true }),
      "2026-03-10",
      "2026-03-11",
      "a-clock is a limit of law that nobody may move",
    ],
  ])("is refused %s", (...[, rule, dueOn, to, sentence]) => {
    expect(() => extend(rule, dueOn, to)).toThrow(new RangeError(sentence));
  });
});

describe("a pause that begins now", () => {
  const clock = running(clockRule({ within: { workingDays: 10 } }), "2026-03-02T10:00:00Z");
  const pausedAt = new Date("2026-03-05T12:00:00Z");
  const until = (day: string) => pausedUntil(clock, { pausedAt, untilOn: plainDate(day) }, calendar).dueOn;

  it("moves the deadline by the days until the end of its last", () => {
    expect([until("2026-03-05"), until("2026-03-10")]).toEqual(["2026-03-17", "2026-03-20"]);
  });

  it("lasts 92 days at most", () => {
    expect(until("2026-06-05") > "2026-06-05").toBe(true);
    expect(() => until("2026-06-06")).toThrow(new RangeError("a pause lasts 92 days at most: until 2026-06-05"));
  });
});

describe("whether anybody may change a clock", () => {
  const order = clockRule({ extendsBy: { days: 7 } });

  it.each([
    ["a usual one, paused", clockRule(), "PAUSE", false, null],
    ["a usual one, extended again", clockRule(), "EXTEND", true, null],
    ["a usual one, cancelled", clockRule(), "CANCEL", false, null],
    ["one of law, paused", clockRule({ fixed: true }), "PAUSE", false, "ends only by the step"],
    ["one of law, extended", clockRule({ fixed: true }), "EXTEND", false, "ends only by the step"],
    ["one of law, cancelled", clockRule({ fixed: true }), "CANCEL", false, "ends only by the step"],
    ["an order, paused", order, "PAUSE", false, "never paused"],
    ["an order, extended", order, "EXTEND", false, null],
    ["an order, extended again", order, "EXTEND", true, "once only"],
    ["an order, cancelled", order, "CANCEL", true, null],
  ] as const)("%s", (_, rule, kind, isExtended, says) => {
    const why = whyNotChanged(rule, kind, isExtended);
    expect(why).toEqual(says === null ? null : expect.stringContaining(says));
  });
});
