import { assert, date, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  dayInEngland,
  daysBetween,
  isCounted,
  parsePlainDate,
  plainDate,
  yearsBetween,
} from "../../src/domain/plain-date.ts";

const anyDay = date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true }).map((at) =>
  plainDate(at.toISOString().slice(0, 10)),
);

describe("a day", () => {
  it.each(["2026-03-02", "2024-02-29", "2000-02-29", "1900-01-01", "9999-12-31"])("%s exists", (text) =>
    expect(parsePlainDate(text)).toBe(text),
  );

  it.each(["2026-02-29", "1900-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00"])(
    "%s does not exist",
    (text) => expect(parsePlainDate(text)).toBeNull(),
  );

  it.each(["", "2026-3-2", "02/03/2026", "2026-03-02T00:00:00Z", " 2026-03-02", "2026-03-02\n", "٢٠٢٦-٠٣-٠٢"])(
    "is not written %j",
    (text) => expect(parsePlainDate(text)).toBeNull(),
  );

  it("is refused without being repeated", () => {
    expect(() => plainDate("Amelia")).toThrow(new RangeError("Not a calendar day (YYYY-MM-DD)"));
  });
});

describe("the day in England", () => {
  it.each([
    ["on a winter evening", "2026-01-15T23:59:59.999Z", "2026-01-15"],
    ["at a winter midnight", "2026-01-16T00:00:00Z", "2026-01-16"],
    ["on a summer evening", "2026-07-01T22:59:59.999Z", "2026-07-01"],
    ["at a summer midnight", "2026-07-01T23:00:00Z", "2026-07-02"],
    ["before the clocks go forward", "2026-03-28T23:30:00Z", "2026-03-28"],
    ["after the clocks went forward", "2026-03-29T23:30:00Z", "2026-03-30"],
    ["before the clocks go back", "2026-10-24T23:30:00Z", "2026-10-25"],
    ["after the clocks went back", "2026-10-25T23:30:00Z", "2026-10-25"],
    ["on a leap day", "2028-02-29T12:00:00Z", "2028-02-29"],
  ])("%s", (_, at, day) => expect(dayInEngland(new Date(at))).toBe(day));
});

describe("the years that the hub counts in", () => {
  it.each([
    ["0100-01-01", false],
    ["1899-12-31", false],
    ["1900-01-01", true],
    ["2199-12-31", true],
    ["2200-01-01", false],
    ["9999-12-31", false],
  ])("hold %s: %s", (day, isOne) => expect(isCounted(plainDate(day))).toBe(isOne));

  it("end before an instant that has no day in England", () =>
    expect(() => dayInEngland(new Date("0001-01-01T00:00:00Z"))).toThrow(/outside the years that the hub counts in/));
});

describe("days added", () => {
  it.each([
    ["2026-02-28", 1, "2026-03-01"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2026-03-28", 2, "2026-03-30"],
    ["2026-10-24", 2, "2026-10-26"],
    ["2026-03-01", -1, "2026-02-28"],
    ["2026-03-01", 0, "2026-03-01"],
  ])("to %s: %i make %s", (from, count, day) => expect(addDays(plainDate(from), count)).toBe(day));

  it("come off again", () => {
    assert(
      property(anyDay, integer({ min: -20_000, max: 20_000 }), (from, count) => {
        const to = addDays(from, count);
        expect(addDays(to, -count)).toBe(from);
        expect(Math.sign(Date.parse(to) - Date.parse(from))).toBe(Math.sign(count) + 0);
      }),
    );
  });
});

describe("days between", () => {
  it.each([
    ["2026-03-28", "2026-03-30", 2],
    ["2026-10-24", "2026-10-26", 2],
    ["2028-02-28", "2028-03-01", 2],
    ["2026-03-02", "2026-03-02", 0],
    ["2026-03-02", "2026-03-01", -1],
  ])("%s and %s are %i", (from, to, days) => expect(daysBetween(plainDate(from), plainDate(to))).toBe(days));

  it("undo days added", () => {
    assert(
      property(anyDay, integer({ min: -20_000, max: 20_000 }), (from, count) => {
        expect(daysBetween(from, addDays(from, count))).toBe(count);
      }),
    );
  });
});

describe("months added", () => {
  it.each([
    ["2026-11-30", 3, "2027-02-28"],
    ["2027-11-30", 3, "2028-02-29"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-02-29", 6, "2024-08-29"],
    ["2026-08-31", 6, "2027-02-28"],
    ["2026-12-31", 6, "2027-06-30"],
    ["2026-12-14", 3, "2027-03-14"],
    ["2026-01-31", 1, "2026-02-28"],
    ["2026-01-15", 12, "2027-01-15"],
    ["2026-01-15", 0, "2026-01-15"],
    ["2026-03-31", -1, "2026-02-28"],
    ["2026-01-15", -1, "2025-12-15"],
    ["2028-05-31", -3, "2028-02-29"],
  ])("to %s: %i make %s", (from, count, day) => expect(addMonths(plainDate(from), count)).toBe(day));

  it("keep the day, or end with the month", () => {
    assert(
      property(anyDay, integer({ min: -600, max: 600 }), (from, count) => {
        const to = addMonths(from, count);
        const [fromMonth, toMonth] = [from, to].map((day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)));
        expect(toMonth! - fromMonth!).toBe(count);
        if (to.slice(8) !== from.slice(8)) expect(addDays(to, 1).slice(8)).toBe("01");
        expect(to.slice(8) <= from.slice(8)).toBe(true);
      }),
    );
  });

  it("never end earlier for a later start", () => {
    assert(
      property(anyDay, integer({ min: 0, max: 60 }), integer({ min: 0, max: 36 }), (from, later, count) => {
        expect(addMonths(addDays(from, later), count) >= addMonths(from, count)).toBe(true);
      }),
    );
  });
});

describe("years of age", () => {
  it.each([
    ["2015-03-17", "2026-03-16", 10],
    ["2015-03-17", "2026-03-17", 11],
    ["2012-02-29", "2026-02-28", 13],
    ["2012-02-29", "2026-03-01", 14],
    ["2026-03-02", "2026-03-02", 0],
    ["2027-01-01", "2026-12-31", -1],
  ])("from %s to %s are %i", (from, to, years) => expect(yearsBetween(plainDate(from), plainDate(to))).toBe(years));
});
