import { assert, date, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayInEngland, parsePlainDate, plainDate, yearsBetween } from "../../src/domain/plain-date.ts";

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
