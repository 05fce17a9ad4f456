import { assert, constantFrom, date, integer, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import type { Span } from "../../src/domain/clock-rule.ts";
import { endOfDay, writeInstant } from "../../src/domain/instant.ts";
import { addDays, dayInEngland, plainDate } from "../../src/domain/plain-date.ts";
import { SPAN_UNITS, spanAfter, spanBefore, spanInWords } from "../../src/domain/span.ts";
import { whyNotWorking } from "../../src/domain/working-days.ts";
import { calendar, localCalendar } from "../support/policies.ts";

const after = (at: string, span: Span) => writeInstant(spanAfter(new Date(at), span, calendar));
const before = (at: string, span: Span) => writeInstant(spanBefore(new Date(at), span, calendar));

const someInstant = date({ min: new Date("2023-06-01"), max: new Date("2027-06-01"), noInvalidDate: true });
const someSpan = constantFrom(...SPAN_UNITS).chain((unit) =>
  integer({ min: 1, max: unit === "months" ? 6 : 40 }).map((count) => ({ [unit]: count }) as unknown as Span),
);
const someWorkingDay = nat(1_400)
  .map((count) => addDays(plainDate("2023-06-01"), count))
  .filter((on) => whyNotWorking(on, calendar) === null);

describe("a span in words", () => {
  it.each<[Span, string]>([
    [{ workingDays: 1 }, "1 working day"],
    [{ workingDays: 15 }, "15 working days"],
    [{ days: 8 }, "8 days"],
    [{ months: 1 }, "1 month"],
    [{ hours: 72 }, "72 hours"],
    [{ workingHours: 1 }, "1 working hour"],
  ])("%j is %s", (span, words) => expect(spanInWords(span)).toBe(words));
});

describe("so long after an instant", () => {
  it.each<[string, string, Span, string]>([
    ["the end of Wednesday", "2026-03-05T00:00:00Z", { workingDays: 2 }, "2026-03-07T00:00:00Z"],
    ["the end of Friday", "2026-03-07T00:00:00Z", { workingDays: 1 }, "2026-03-10T00:00:00Z"],
    ["the end of a summer's day", "2026-07-01T23:00:00Z", { workingDays: 1 }, "2026-07-02T23:00:00Z"],
    ["Wednesday noon", "2026-03-04T12:00:00Z", { workingDays: 2 }, "2026-03-07T00:00:00Z"],
    ["Maundy Thursday", "2026-04-02T23:00:00Z", { workingDays: 1 }, "2026-04-07T23:00:00Z"],
    ["noon", "2026-03-04T12:00:00Z", { hours: 0 }, "2026-03-04T12:00:00Z"],
    ["noon before the clocks go forward", "2026-03-28T12:00:00Z", { hours: 24 }, "2026-03-29T12:00:00Z"],
    ["the end of November", "2026-12-01T00:00:00Z", { months: 3 }, "2027-03-01T00:00:00Z"],
    ["the end of a day", "2026-03-05T00:00:00Z", { days: 7 }, "2026-03-12T00:00:00Z"],
    ["an evening", "2026-03-04T19:00:00Z", { workingHours: 4 }, "2026-03-05T13:00:00Z"],
  ])("%s", (_, at, span, end) => expect(after(at, span)).toBe(end));

  it("knows closures where the calendar has them", () => {
    const closed = spanAfter(new Date("2026-03-05T00:00:00Z"), { workingDays: 1 }, localCalendar("2026-03-05"));
    expect(writeInstant(closed)).toBe("2026-03-07T00:00:00Z");
  });

  it("is never before it, and never earlier for a later instant", () => {
    assert(
      property(someInstant, someSpan, nat(400_000_000), (at, span, later) => {
        const end = spanAfter(at, span, calendar);
        expect(end >= at).toBe(true);
        expect(spanAfter(new Date(at.getTime() + later), span, calendar) >= end).toBe(true);
      }),
    );
  });

  it("ends at midnight in England, but for hours", () => {
    assert(
      property(someInstant, someSpan, (at, span) => {
        if ("hours" in span || "workingHours" in span) return;
        const end = spanAfter(at, span, calendar);
        expect(endOfDay(dayInEngland(new Date(end.getTime() - 1)))).toEqual(end);
      }),
    );
  });

  it("adds up", () => {
    assert(
      property(someWorkingDay, nat(20), nat(20), (on, one, two) => {
        const first = spanAfter(endOfDay(on), { workingDays: one }, calendar);
        const both = spanAfter(endOfDay(on), { workingDays: one + two }, calendar);
        expect(spanAfter(first, { workingDays: two }, calendar)).toEqual(both);
      }),
    );
  });
});

describe("so long before an instant", () => {
  it.each<[string, string, Span, string]>([
    ["the end of a Monday", "2026-03-03T00:00:00Z", { workingDays: 1 }, "2026-02-28T00:00:00Z"],
    ["noon", "2026-03-04T12:00:00Z", { hours: 24 }, "2026-03-03T12:00:00Z"],
    ["the end of a day", "2026-03-05T00:00:00Z", { days: 2 }, "2026-03-03T00:00:00Z"],
    ["the end of May", "2026-05-31T23:00:00Z", { months: 3 }, "2026-03-01T00:00:00Z"],
  ])("%s", (_, at, span, start) => expect(before(at, span)).toBe(start));

  it("leads to where as long after leads back", () => {
    assert(
      property(someWorkingDay, integer({ min: 1, max: 40 }), (on, count) => {
        for (const span of [{ workingDays: count }, { days: count }, { hours: count }, { workingHours: count }]) {
          const at = spanAfter(endOfDay(on), span, calendar);
          expect(spanAfter(spanBefore(at, span, calendar), span, calendar)).toEqual(at);
        }
      }),
    );
  });
});
