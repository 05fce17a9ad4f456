import { assert, date, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  atInEngland,
  endOfDay,
  isCountedInstant,
  parseInstant,
  timeInEngland,
  writeInstant,
} from "../../src/domain/instant.ts";
import { addDays, dayInEngland, plainDate } from "../../src/domain/plain-date.ts";

const someDay = nat(3_650).map((count) => addDays(plainDate("2020-01-01"), count));
const someInstant = date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true });

describe("an instant", () => {
  it.each([
    ["2026-12-23T10:00:00Z", "2026-12-23T10:00:00Z"],
    ["2026-12-23T10:00Z", "2026-12-23T10:00:00Z"],
    ["2026-12-23T10:00:00.000Z", "2026-12-23T10:00:00Z"],
    ["2026-12-23T10:00:00.25Z", "2026-12-23T10:00:00.250Z"],
    ["2026-07-01T10:00:00+01:00", "2026-07-01T09:00:00Z"],
    ["2026-07-01T00:30:00+01:00", "2026-06-30T23:30:00Z"],
    ["2026-07-01T10:00:00-05:30", "2026-07-01T15:30:00Z"],
    ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
  ])("%s is %s", (text, at) => expect(writeInstant(parseInstant(text)!)).toBe(at));

  it.each([
    "2026-02-30T10:00:00Z",
    "2026-02-29T10:00:00Z",
    "2026-13-01T10:00:00Z",
    "2026-12-23T24:00:00Z",
    "2026-12-23T10:60:00Z",
    "2026-12-23T10:00:60Z",
    "2026-12-23T10:00:00",
    "2026-12-23",
    "2026-12-23 10:00:00Z",
    "2026-12-23T10:00:00+15:00",
    "2026-12-23T10:00:00+01",
    "20261223T100000Z",
    "1766484000",
    "yesterday",
    "=now()",
    "",
    " 2026-12-23T10:00:00Z",
    "2026-12-23T10:00:00Z\n",
  ])("is not written %j", (text) => expect(parseInstant(text)).toBeNull());

  it("is read back as it is written", () => {
    assert(
      property(someInstant, (at) => {
        expect(parseInstant(writeInstant(at))).toEqual(at);
      }),
    );
  });
});

describe("the years that the hub counts in", () => {
  it.each([
    ["0001-01-01T00:00:00Z", false],
    ["1899-12-31T23:59:59Z", false],
    ["1900-01-01T00:00:00Z", true],
    ["2199-12-31T23:59:59Z", true],
    ["2200-01-01T00:00:00Z", false],
    ["no instant", false],
  ])("hold %s: %s", (at, isOne) => expect(isCountedInstant(new Date(at))).toBe(isOne));
});

describe("a clock in England", () => {
  it.each([
    ["in winter", "2026-01-15", "09:00", "2026-01-15T09:00:00Z"],
    ["in summer", "2026-07-01", "09:00", "2026-07-01T08:00:00Z"],
    ["at a summer midnight", "2026-07-01", "00:00", "2026-06-30T23:00:00Z"],
    ["on the day the clocks go forward", "2026-03-29", "09:00", "2026-03-29T08:00:00Z"],
    ["in the hour that is left out", "2026-03-29", "01:30", "2026-03-29T01:30:00Z"],
    ["in the hour that comes twice, the first time", "2026-10-25", "01:30", "2026-10-25T00:30:00Z"],
    ["on the day the clocks go back", "2026-10-25", "09:00", "2026-10-25T09:00:00Z"],
  ])("shows a time %s", (_, on, time, at) => expect(writeInstant(atInEngland(plainDate(on), time))).toBe(at));

  it.each([
    ["2026-01-15T09:05:00Z", "09:05 GMT"],
    ["2026-07-01T23:11:00Z", "00:11 BST"],
  ])("is read at %s as %s", (at, time) => expect(timeInEngland(new Date(at))).toBe(time));
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
