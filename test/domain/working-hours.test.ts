import { assert, date, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { writeInstant } from "../../src/domain/instant.ts";
import { dayInEngland } from "../../src/domain/plain-date.ts";
import { whyNotWorking } from "../../src/domain/working-days.ts";
import { addWorkingHours, workingHoursBetween } from "../../src/domain/working-hours.ts";
import { calendar, localCalendar } from "../support/policies.ts";

const add = (at: string, hours: number, by = calendar) => addWorkingHours(new Date(at), hours, by);

const someInstant = date({ min: new Date("2023-02-01"), max: new Date("2028-06-01"), noInvalidDate: true });
const someHours = integer({ min: 0, max: 120 });

describe("working hours, nine to five", () => {
  it.each([
    ["within a day", "2026-03-03T10:00:00Z", 4, "2026-03-03T14:00:00Z"],
    ["up to closing", "2026-03-03T13:00:00Z", 4, "2026-03-03T17:00:00Z"],
    ["over a night", "2026-03-03T15:00:00Z", 4, "2026-03-04T11:00:00Z"],
    ["over a weekend", "2026-03-06T16:00:00Z", 4, "2026-03-09T12:00:00Z"],
    ["from before opening", "2026-03-03T03:00:00Z", 4, "2026-03-03T13:00:00Z"],
    ["from after closing", "2026-03-03T20:00:00Z", 4, "2026-03-04T13:00:00Z"],
    ["from a Saturday", "2026-03-07T12:00:00Z", 4, "2026-03-09T13:00:00Z"],
    ["over Christmas", "2026-12-24T16:00:00Z", 4, "2026-12-29T12:00:00Z"],
    ["three days of them", "2026-03-03T10:00:00Z", 24, "2026-03-06T10:00:00Z"],
    ["in summer, when nine is eight in UTC", "2026-07-01T03:00:00Z", 4, "2026-07-01T12:00:00Z"],
    ["over the night in March when the clocks go forward", "2026-03-27T15:00:00Z", 4, "2026-03-30T10:00:00Z"],
    ["over the night in October when they go back", "2026-10-23T14:00:00Z", 4, "2026-10-26T11:00:00Z"],
    ["none, within a day", "2026-03-03T10:00:00Z", 0, "2026-03-03T10:00:00Z"],
    ["none, by night: the next opening", "2026-03-03T20:00:00Z", 0, "2026-03-04T09:00:00Z"],
  ])("%s", (_, at, hours, end) => expect(writeInstant(add(at, hours).at)).toBe(end));

  it.each([
    ["within a day", "2026-03-03T14:00:00Z", 4, "2026-03-03T10:00:00Z"],
    ["over a night", "2026-03-04T11:00:00Z", 4, "2026-03-03T15:00:00Z"],
    ["from midnight", "2026-03-04T00:00:00Z", 4, "2026-03-03T13:00:00Z"],
    ["over Easter", "2026-04-07T09:00:00Z", 4, "2026-04-02T13:00:00Z"],
  ])("before: %s", (_, at, hours, start) => expect(writeInstant(add(at, -hours).at)).toBe(start));

  it("name the days on which the office was shut", () => {
    const { excluded } = add("2026-12-24T16:00:00Z", 4);
    expect(excluded.map(({ because }) => because)).toEqual([
      "Christmas Day",
      "Saturday",
      "Sunday",
      "Boxing Day (substitute)",
    ]);
    expect(writeInstant(add("2026-12-24T16:00:00Z", 4, localCalendar("2026-12-29")).at)).toBe("2026-12-30T12:00:00Z");
  });

  it("keep an office's own hours", () => {
    const early = { ...calendar, officeHours: { opens: "08:30", closes: "16:30" } };
    expect(writeInstant(add("2026-03-03T16:00:00Z", 4, early).at)).toBe("2026-03-04T12:00:00Z");
  });

  it("are not guessed beyond the table of bank holidays", () => {
    expect(() => add("2028-12-29T16:00:00Z", 4)).toThrow("extend policies/bank-holidays.json");
  });

  it("end in office hours of a working day, and never earlier for a later start or more hours", () => {
    assert(
      property(someInstant, someHours, integer({ min: 0, max: 10_000_000 }), (at, hours, later) => {
        const end = addWorkingHours(at, hours, calendar).at;
        expect(end >= at).toBe(true);
        expect(whyNotWorking(dayInEngland(end), calendar)).toBeNull();
        expect(addWorkingHours(new Date(at.getTime() + later), hours, calendar).at >= end).toBe(true);
        expect(addWorkingHours(at, hours + 1, calendar).at > end).toBe(true);
        expect(workingHoursBetween(at, end, calendar)).toBeCloseTo(hours, 9);
      }),
    );
  });
});
