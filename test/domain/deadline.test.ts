import { assert, constantFrom, date, nat, property } from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ClockRule, Span } from "../../src/domain/clock-rule.ts";
import { clockNamed } from "../../src/domain/clocks.ts";
import { deadlineOf, remindAt, ruleInForce } from "../../src/domain/deadline.ts";
import { endOfDay, writeInstant } from "../../src/domain/instant.ts";
import { dayInEngland, plainDate } from "../../src/domain/plain-date.ts";
import { whyNotWorking } from "../../src/domain/working-days.ts";
import { area, calendar, clockRule, localCalendar, national } from "../support/policies.ts";

/** Worked out apart from the code. */
const CASES = readFileSync(new URL("../deadlines.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(",") as [string, string, string, string]);

const answer = (rule: ClockRule, from: string, by = calendar) => {
  const { dueOn, dueAt } = deadlineOf(rule, new Date(from), by);
  return [dueOn, writeInstant(dueAt)];
};
const within = (span: Span, more: Partial<ClockRule> = {}) => clockRule({ within: span, ...more });

const someInstant = date({ min: new Date("2023-02-01"), max: new Date("2027-12-31"), noInvalidDate: true });
const someRule = constantFrom(...national.clocks, ...area.clocks).filter(({ before }) => !before);

describe("a deadline", () => {
  it("was worked out sixty times", () => expect(CASES).toHaveLength(60));

  it.each(CASES)("of %s from %s is %s", (name, from, dueOn, dueAt) => {
    const clock = clockNamed({ area, national }, name, dayInEngland(new Date(from)));
    expect(answer(clock.rule, from, clock.calendar)).toEqual([dueOn, dueAt]);
  });

  it("carries its rule, source, edition and dates", () => {
    const rule = within({ workingDays: 2 }, { effectiveUntil: plainDate("2027-01-31") });
    const from = new Date("2026-03-03T10:00:00Z");
    expect(deadlineOf(rule, from, calendar)).toMatchObject({
      rule: "a-clock",
      owes: "it is done",
      source: "Local procedure 4.2",
      guidanceVersion: "Edition 2020",
      effectiveFrom: "2020-01-01",
      effectiveUntil: "2027-01-31",
      status: "local",
      from,
      startedOn: "2026-03-03",
      dueOn: "2026-03-05",
      dueAt: new Date("2026-03-06T00:00:00Z"),
      opensOn: null,
      excluded: [],
    });
  });
});

describe("counted in", () => {
  it.each<[string, Span, string, [string, string]]>([
    ["working days over a weekend", { workingDays: 1 }, "2026-03-06T20:00:00Z", ["2026-03-09", "2026-03-10T00:00:00Z"]],
    [
      "working days over Christmas",
      { workingDays: 15 },
      "2026-12-23T10:00:00Z",
      ["2027-01-18", "2027-01-19T00:00:00Z"],
    ],
    ["working days over Easter", { workingDays: 45 }, "2026-04-02T10:00:00Z", ["2026-06-10", "2026-06-10T23:00:00Z"]],
    [
      "working days from a Saturday",
      { workingDays: 15 },
      "2026-11-21T10:00:00Z",
      ["2026-12-11", "2026-12-12T00:00:00Z"],
    ],
    [
      "working days before a summer midnight",
      { workingDays: 1 },
      "2026-07-02T22:59:59.999Z",
      ["2026-07-03", "2026-07-03T23:00:00Z"],
    ],
    [
      "working days after a summer midnight",
      { workingDays: 1 },
      "2026-07-02T23:00:00Z",
      ["2026-07-06", "2026-07-06T23:00:00Z"],
    ],
    [
      "working days as the clocks go forward",
      { workingDays: 1 },
      "2026-03-27T12:00:00Z",
      ["2026-03-30", "2026-03-30T23:00:00Z"],
    ],
    [
      "working days as the clocks go back",
      { workingDays: 1 },
      "2026-10-23T12:00:00Z",
      ["2026-10-26", "2026-10-27T00:00:00Z"],
    ],
    ["days onto a bank holiday", { days: 8 }, "2026-12-17T10:00:00Z", ["2026-12-25", "2026-12-26T00:00:00Z"]],
    ["days over a leap day", { days: 7 }, "2028-02-25T10:00:00Z", ["2028-03-03", "2028-03-04T00:00:00Z"]],
    ["days as the clocks go back", { days: 1 }, "2026-10-24T12:00:00Z", ["2026-10-25", "2026-10-26T00:00:00Z"]],
    ["months", { months: 3 }, "2026-12-14T10:00:00Z", ["2027-03-14", "2027-03-15T00:00:00Z"]],
    ["months to a month's end", { months: 3 }, "2026-11-30T10:00:00Z", ["2027-02-28", "2027-03-01T00:00:00Z"]],
    ["months to a leap day", { months: 3 }, "2027-11-30T10:00:00Z", ["2028-02-29", "2028-03-01T00:00:00Z"]],
    ["hours over a weekend", { hours: 72 }, "2026-03-06T10:15:30Z", ["2026-03-09", "2026-03-09T10:15:30Z"]],
    ["hours as the clocks go forward", { hours: 24 }, "2026-03-28T22:30:00Z", ["2026-03-29", "2026-03-29T22:30:00Z"]],
    ["hours into a summer's next day", { hours: 24 }, "2026-07-01T23:30:00Z", ["2026-07-03", "2026-07-02T23:30:00Z"]],
    ["working hours", { workingHours: 4 }, "2026-03-06T16:00:00Z", ["2026-03-09", "2026-03-09T12:00:00Z"]],
  ])("%s", (_, span, from, expected) => expect(answer(within(span), from)).toEqual(expected));

  it.each<[string, Span, string, [string, string]]>([
    ["working days before", { workingDays: 3 }, "2026-04-08T09:00:00Z", ["2026-04-01", "2026-04-01T23:00:00Z"]],
    ["days before", { days: 42 }, "2026-03-02T09:00:00Z", ["2026-01-19", "2026-01-20T00:00:00Z"]],
    ["months before", { months: 1 }, "2026-03-31T09:00:00Z", ["2026-02-28", "2026-03-01T00:00:00Z"]],
    ["hours before", { hours: 48 }, "2026-03-30T09:00:00Z", ["2026-03-28", "2026-03-28T09:00:00Z"]],
    ["working hours before", { workingHours: 4 }, "2026-03-09T10:00:00Z", ["2026-03-06", "2026-03-06T14:00:00Z"]],
  ])("%s", (_, span, from, expected) => expect(answer(within(span, { before: true }), from)).toEqual(expected));

  it("a window, says when it opens", () => {
    const window = within({ workingDays: 10 }, { notBefore: { workingDays: 5 } });
    expect(deadlineOf(window, new Date("2026-03-03T10:00:00Z"), calendar)).toMatchObject({
      opensOn: "2026-03-10",
      dueOn: "2026-03-17",
      explanation: expect.stringContaining("by the end of 2026-03-17, and not before 2026-03-10"),
    });
  });

  it("an area's own calendar, passes over its closures", () => {
    const closed = localCalendar("2026-03-04");
    expect(deadlineOf(clockRule(), new Date("2026-03-03T10:00:00Z"), closed)).toMatchObject({
      dueOn: "2026-03-05",
      excluded: [{ on: "2026-03-04", because: "Offices closed" }],
    });
  });
});

describe("an explanation", () => {
  const SOURCE = "(Local procedure 4.2; Edition 2020, in force from 2020-01-01)";

  it.each<[Partial<ClockRule>, string, string]>([
    [
      { within: { workingDays: 2 } },
      "2026-12-24T10:00:00Z",
      "2 working days after it began on 2026-12-24: by the end of 2026-12-30, not counting " +
        "2026-12-25 (Christmas Day), 2026-12-26 (Saturday), 2026-12-27 (Sunday), 2026-12-28 (Boxing Day (substitute)) ",
    ],
    [{}, "2026-03-02T10:00:00Z", "1 working day after it began on 2026-03-02: by the end of 2026-03-03 "],
    [
      { within: { months: 3 } },
      "2026-11-30T10:00:00Z",
      "3 months after it began on 2026-11-30: by the end of 2027-02-28, the last day of that month ",
    ],
    [
      { within: { hours: 72 } },
      "2026-03-28T22:30:00Z",
      "72 hours after it began at 22:30 GMT on 2026-03-28: by 23:30 BST on 2026-03-31 ",
    ],
    [
      { within: { workingHours: 4 } },
      "2026-03-03T10:00:00Z",
      "4 working hours after it began at 10:00 GMT on 2026-03-03: by 14:00 GMT on 2026-03-03, counting 09:00 to 17:00 ",
    ],
    [
      { within: { workingDays: 3 }, before: true, starts: "the conference is held" },
      "2026-03-05T10:00:00Z",
      "3 working days before the conference is held on 2026-03-05: by the end of 2026-03-02 ",
    ],
  ])("is one sentence: %j", (given, from, said) => {
    expect(deadlineOf(clockRule(given), new Date(from), calendar).explanation).toBe(said + SOURCE);
  });

  it("says where a rule has an end, and where it is only a default", () => {
    const rule = clockRule({ effectiveUntil: plainDate("2027-01-31"), status: "unverified" });
    expect(deadlineOf(rule, new Date("2026-03-02T10:00:00Z"), calendar).explanation).toContain(
      "(Local procedure 4.2; Edition 2020, in force from 2020-01-01 to 2027-01-31; a default to be confirmed)",
    );
  });
});

describe("a table of bank holidays that ends before the deadline", () => {
  const short = { ...calendar, holidays: { ...calendar.holidays, until: plainDate("2026-12-31") } };
  const from = new Date("2026-12-23T10:00:00Z");

  it("is a refusal that names the file", () => {
    expect(() => deadlineOf(within({ workingDays: 15 }), from, short)).toThrow(
      new RangeError("No bank holidays are known for 2027: extend policies/bank-holidays.json"),
    );
    expect(() => deadlineOf(clockRule(), new Date("2028-12-31T12:00:00Z"), calendar)).toThrow(RangeError);
  });

  it("does not matter where no working day is counted", () => {
    expect(deadlineOf(within({ months: 6 }), from, short).dueOn).toBe("2027-06-23");
    expect(deadlineOf(within({ days: 8 }), new Date("2030-12-30T10:00:00Z"), short).dueOn).toBe("2031-01-07");
    expect(writeInstant(deadlineOf(within({ days: 8 }), new Date("2031-06-01T10:00:00Z"), short).dueAt)).toBe(
      "2031-06-09T23:00:00Z",
    );
  });
});

describe("every rule that ships", () => {
  const due = (rule: ClockRule, at: Date) => deadlineOf(rule, at, calendar);

  it("never ends earlier for a later start", () => {
    assert(
      property(someRule, someInstant, nat(2_000_000_000), (rule, at, later) => {
        expect(due(rule, new Date(at.getTime() + later)).dueAt >= due(rule, at).dueAt).toBe(true);
      }),
    );
  });

  it("ends after its start, at midnight in England unless it counts hours", () => {
    assert(
      property(someRule, someInstant, (rule, at) => {
        const { dueOn, dueAt } = due(rule, at);
        expect(dueAt > at).toBe(true);
        if ("hours" in rule.within) expect(dueAt.getTime() - at.getTime()).toBe(rule.within.hours * 3_600_000);
        else expect(dueAt).toEqual(endOfDay(dueOn));
      }),
    );
  });

  it("ends on no weekend or holiday where it counts working days, and accounts for every day", () => {
    assert(
      property(someRule, someInstant, (rule, at) => {
        if (!("workingDays" in rule.within)) return;
        const { startedOn, dueOn, excluded } = due(rule, at);
        expect(whyNotWorking(dueOn, calendar)).toBeNull();
        const days = (Date.parse(dueOn) - Date.parse(startedOn)) / 86_400_000;
        expect(rule.within.workingDays + excluded.length).toBe(days);
      }),
    );
  });

  it("does not depend on the hour of the start where it counts days", () => {
    assert(
      property(someRule, someInstant, (rule, at) => {
        if ("hours" in rule.within) return;
        const lastInstant = new Date(endOfDay(dayInEngland(at)).getTime() - 1);
        expect(due(rule, lastInstant).dueAt).toEqual(due(rule, at).dueAt);
      }),
    );
  });
});

describe("the rule in force", () => {
  const editions = [
    clockRule({ within: { workingDays: 1 }, effectiveUntil: plainDate("2023-12-14") }),
    clockRule({ within: { workingDays: 2 }, effectiveFrom: plainDate("2023-12-15") }),
  ];

  it.each([
    ["2020-01-01", 1],
    ["2023-12-14", 1],
    ["2023-12-15", 2],
    ["2030-01-01", 2],
  ])("on %s is the edition of that day", (on, workingDays) =>
    expect(ruleInForce(editions.toReversed(), "a-clock", plainDate(on)).within).toEqual({ workingDays }),
  );

  it.each([
    ["a-clock", "2019-12-31"],
    ["no-clock", "2026-03-02"],
  ])("is not guessed: %s on %s", (name, on) => {
    expect(() => ruleInForce(editions, name, plainDate(on))).toThrow(
      new RangeError(`No rule ${name} was in force on ${on}: look at the files in policies/`),
    );
  });

  it("has an end", () => {
    const ended = [clockRule({ effectiveUntil: plainDate("2023-12-14") })];
    expect(() => ruleInForce(ended, "a-clock", plainDate("2023-12-15"))).toThrow(RangeError);
  });
});

describe("a reminder", () => {
  const remind = (rule: ClockRule, from: string, span: Span) =>
    writeInstant(remindAt(deadlineOf(rule, new Date(from), calendar), span, calendar));

  it.each<[string, Span, string]>([
    ["working days before, as offices open", { workingDays: 5 }, "2027-01-11T09:00:00Z"],
    ["on the working day before", { workingDays: 1 }, "2027-01-15T09:00:00Z"],
    ["days before", { days: 1 }, "2027-01-17T09:00:00Z"],
    ["months before", { months: 1 }, "2026-12-18T09:00:00Z"],
    ["hours before, to the minute", { hours: 4 }, "2027-01-18T20:00:00Z"],
    ["office hours before", { workingHours: 4 }, "2027-01-18T13:00:00Z"],
  ])("%s", (_, span, at) => expect(remind(within({ workingDays: 15 }), "2026-12-23T10:00:00Z", span)).toBe(at));

  it("of a clock in hours is as exact", () => {
    expect(remind(within({ hours: 72 }), "2026-03-28T22:30:00Z", { hours: 24 })).toBe("2026-03-30T22:30:00Z");
  });

  it("in summer is at nine in England", () => {
    expect(remind(within({ workingDays: 10 }), "2026-07-01T10:00:00Z", { workingDays: 5 })).toBe(
      "2026-07-08T08:00:00Z",
    );
  });

  it("is always before the deadline", () => {
    assert(
      property(someRule, someInstant, (rule, at) => {
        const deadline = deadlineOf(rule, at, calendar);
        for (const span of rule.remind) expect(remindAt(deadline, span, calendar) < deadline.dueAt).toBe(true);
      }),
    );
  });
});
