import { assert, integer, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayInEngland, plainDate } from "../../src/domain/plain-date.ts";
import { addWorkingDays, endOfDay, whyNotWorking } from "../../src/domain/working-days.ts";
import { national } from "../support/policies.ts";

const { holidays } = national;
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

describe("the end of a day", () => {
  it.each([
    ["in winter", "2026-01-15", "2026-01-16T00:00:00.000Z"],
    ["in summer", "2026-07-01", "2026-07-01T23:00:00.000Z"],
    ["before the clocks go forward", "2026-03-28", "2026-03-29T00:00:00.000Z"],
    ["on which the clocks go forward", "2026-03-29", "2026-03-29T23:00:00.000Z"],
    ["before the clocks go back", "2026-10-24", "2026-10-24T23:00:00.000Z"],
    ["on which the clocks go back", "2026-10-25", "2026-10-26T00:00:00.000Z"],
    ["that leaps", "2028-02-29", "2028-03-01T00:00:00.000Z"],
    ["of the year", "2026-12-31", "2027-01-01T00:00:00.000Z"],
  ])("%s", (_, on, at) => expect(endOfDay(plainDate(on)).toISOString()).toBe(at));

  it("is the first instant of the next", () => {
    assert(
      property(someDay, (on) => {
        const end = endOfDay(on);
        expect(dayInEngland(end)).toBe(addDays(on, 1));
        expect(dayInEngland(new Date(end.getTime() - 1))).toBe(on);
      }),
    );
  });
});
