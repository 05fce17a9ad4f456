import { assert, integer, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, plainDate } from "../../src/domain/plain-date.ts";
import { addWorkingDays, whyNotWorking, workingDaysBetween } from "../../src/domain/working-days.ts";
import { calendar as holidays } from "../support/policies.ts";

const after = (from: string, count: number) => addWorkingDays(plainDate(from), count, holidays);

/** 2023-01-01 to the summer of 2028: far enough before the table ends for sixty working days. */
const someDay = nat(2_030).map((count) => addDays(plainDate("2023-01-01"), count));
const someCount = integer({ min: 1, max: 60 });

describe("a working day", () => {
  it.each([
    ["a Monday", "2026-03-02", null],
    ["a Saturday", "2026-03-07", "Saturday"],
    ["a Sunday", "2026-03-08", "Sunday"],
    ["a leap day in the week", "2028-02-29", null],
    ["a leap day in the week, too", "2024-02-29", null],
    ["the Monday after the clocks went forward", "2026-03-30", null],
    ["Good Friday", "2026-04-03", "Good Friday"],
    ["Easter Sunday", "2026-04-05", "Sunday"],
    ["the coronation", "2023-05-08", "Coronation of King Charles III"],
    ["Boxing Day on a Saturday", "2026-12-26", "Saturday"],
    ["its substitute", "2026-12-28", "Boxing Day (substitute)"],
    ["Christmas Eve", "2026-12-24", null],
  ])("or not: %s", (_, on, because) => expect(whyNotWorking(plainDate(on), holidays)).toBe(because));

  it.each(["2022-12-31", "2029-01-01"])("is unknown outside the table: %s", (on) => {
    expect(() => whyNotWorking(plainDate(on), holidays)).toThrow(
      new RangeError(`No bank holidays are known for ${on.slice(0, 4)}: extend policies/bank-holidays.json`),
    );
  });
});

describe("working days after", () => {
  it.each([
    ["a Monday", "2026-03-02", 1, "2026-03-03"],
    ["a Friday", "2026-03-06", 1, "2026-03-09"],
    ["a Saturday", "2026-03-07", 1, "2026-03-09"],
    ["a Sunday", "2026-03-08", 1, "2026-03-09"],
    ["the day before Good Friday", "2026-04-02", 1, "2026-04-07"],
    ["Good Friday itself", "2026-04-03", 1, "2026-04-07"],
    ["Christmas Eve", "2026-12-24", 1, "2026-12-29"],
    ["New Year's Eve", "2026-12-31", 1, "2027-01-04"],
    ["the Friday before the clocks go forward", "2026-03-27", 1, "2026-03-30"],
    ["the Friday before the clocks go back", "2026-10-23", 1, "2026-10-26"],
    ["the day before a leap day", "2028-02-28", 1, "2028-02-29"],
    ["a leap day", "2028-02-29", 1, "2028-03-01"],
    ["a Monday, none", "2026-03-02", 0, "2026-03-02"],
    ["a Monday, fifteen", "2026-03-02", 15, "2026-03-23"],
    ["a Monday, forty-five over Easter and May", "2026-03-02", 45, "2026-05-07"],
  ])("%s (%s, %i) end on %s", (...[, from, count, on]) => expect(after(from, count).on).toBe(on));

  it("name each day passed over", () => {
    expect(after("2026-12-24", 1).excluded).toEqual([
      { on: "2026-12-25", because: "Christmas Day" },
      { on: "2026-12-26", because: "Saturday" },
      { on: "2026-12-27", because: "Sunday" },
      { on: "2026-12-28", because: "Boxing Day (substitute)" },
    ]);
  });

  it("end on a working day after the first", () => {
    assert(
      property(someDay, someCount, (from, count) => {
        const { on } = addWorkingDays(from, count, holidays);
        expect(whyNotWorking(on, holidays)).toBeNull();
        expect(on > from).toBe(true);
      }),
    );
  });

  it("account for every day on the way", () => {
    assert(
      property(someDay, someCount, (from, count) => {
        const { on, excluded } = addWorkingDays(from, count, holidays);
        const all = (Date.parse(on) - Date.parse(from)) / 86_400_000;
        expect(count + excluded.length).toBe(all);
        expect(excluded.every((day) => whyNotWorking(day.on, holidays) === day.because)).toBe(true);
      }),
    );
  });

  it("never end earlier for a later start or more days", () => {
    assert(
      property(someDay, nat(30), someCount, (from, later, count) => {
        const { on } = addWorkingDays(from, count, holidays);
        expect(addWorkingDays(addDays(from, later), count, holidays).on >= on).toBe(true);
        expect(addWorkingDays(from, count + 1, holidays).on > on).toBe(true);
      }),
    );
  });

  it("add up", () => {
    assert(
      property(someDay, nat(20), nat(20), (from, one, two) => {
        const first = addWorkingDays(from, one, holidays).on;
        expect(addWorkingDays(first, two, holidays).on).toBe(addWorkingDays(from, one + two, holidays).on);
      }),
    );
  });
});

describe("working days before", () => {
  it.each([
    ["a Monday", "2026-03-02", 1, "2026-02-27"],
    ["a Saturday", "2026-03-07", 1, "2026-03-06"],
    ["the Tuesday after Easter", "2026-04-07", 1, "2026-04-02"],
    ["the year", "2027-01-04", 3, "2026-12-29"],
  ])("%s", (...[, from, count, on]) => expect(after(from, -count).on).toBe(on));

  it("name each day passed over, from the last to the first", () => {
    expect(after("2026-04-07", -1).excluded.map(({ because }) => because)).toEqual([
      "Easter Monday",
      "Sunday",
      "Saturday",
      "Good Friday",
    ]);
  });

  it("lead back to a working day from which as many lead forward", () => {
    assert(
      property(someDay, someCount, (from, count) => {
        // One more than the most that is counted back, so that the way back ends inside the table of holidays.
        const start = addWorkingDays(from, 61, holidays).on;
        const { on } = addWorkingDays(start, -count, holidays);
        expect(addWorkingDays(on, count, holidays).on).toBe(start);
        expect(workingDaysBetween(on, start, holidays)).toBe(count);
      }),
    );
  });
});

describe("a closure of the area's offices", () => {
  const closed = { ...holidays, closures: [{ on: plainDate("2026-12-29"), because: "Council offices closed" }] };

  it("is not a working day, and is named", () => {
    expect(whyNotWorking(plainDate("2026-12-29"), closed)).toBe("Council offices closed");
    expect(addWorkingDays(plainDate("2026-12-24"), 1, closed).on).toBe("2026-12-30");
  });

  it("does not hide that a day was none anyway", () => {
    const same = { ...holidays, closures: [{ on: plainDate("2026-12-28"), because: "Council offices closed" }] };
    expect(whyNotWorking(plainDate("2026-12-28"), same)).toBe("Boxing Day (substitute)");
  });
});

describe("a table of bank holidays that ends too early", () => {
  const short = { ...holidays, holidays: { ...holidays.holidays, until: plainDate("2026-12-31") } };

  it.each([
    ["before the deadline", "2026-12-23", 15],
    ["on the day before it", "2026-12-31", 1],
  ])("%s is not guessed beyond", (_, from, count) => {
    expect(() => addWorkingDays(plainDate(from), count, short)).toThrow(
      new RangeError("No bank holidays are known for 2027: extend policies/bank-holidays.json"),
    );
  });

  it("answers what it covers", () =>
    expect(addWorkingDays(plainDate("2026-12-23"), 5, holidays).on).toBe("2027-01-04"));
});
