import { assert, constantFrom, date, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { bornValue, datesAgree } from "../../src/domain/born.ts";
import { parsePlainDate } from "../../src/domain/plain-date.ts";

describe("a date of birth", () => {
  it.each([
    "2017-03-14",
    "2017/03/14",
    "2017.3.14",
    "20170314",
    "14/03/2017",
    "14-03-2017",
    "14.3.2017",
    "14 03 2017",
    "14032017",
    "14 Mar 2017",
    "14-Mar-2017",
    "14Mar2017",
    "14th March 2017",
    "14th of March, 2017",
    "March 14, 2017",
    "Tuesday 14 March 2017",
    "Tue Mar 14 2017 00:00:00 GMT+0000 (Greenwich Mean Time)",
    "2017 Mar 14",
    "2017-03-14T00:00:00.000Z",
    "2017-03-14 00:00:00",
    "14/03/2017 00:00",
    "20170314000000",
    "20170314T093000+0100",
    "  2017-03-14  ",
    "２０１７-０３-１４",
  ])("%j is 14 March 2017", (text) => expect(bornValue(text)).toBe("2017-03-14"));

  it.each([
    ["a month", "2017-03", "2017-03"],
    ["a month", "03/2017", "2017-03"],
    ["a month", "March 2017", "2017-03"],
    ["a month", "2017-03-00", "2017-03"],
    ["a month", "??/03/2017", "2017-03"],
    ["a month", "20170300", "2017-03"],
    ["a year", "2017", "2017"],
    ["a year", "2017-00-00", "2017"],
    ["a year", "XX/XX/2017", "2017"],
    ["a year, for 1 January is typed when the day is not known", "01/01/2017", "2017"],
    ["a year", "2017-01-01", "2017"],
    ["a year", "1 January 2017", "2017"],
  ])("is known as %s: %s", (_, text, known) => expect(bornValue(text)).toBe(known));

  it.each([
    ["day and month exchanged, because there is no month 14", "2017-14-03", "2017-03-14"],
    ["day and month exchanged", "20171403", "2017-03-14"],
    ["the American order, because there is no month 14", "03/14/2017", "2017-03-14"],
    ["29 February in a leap year", "29/02/2016", "2016-02-29"],
    ["a birthday long ago", "1606-04-23", "1606-04-23"],
  ])("is read as %s", (_, text, read) => expect(bornValue(text)).toBe(read));

  it.each([
    ["DMY", "03/04/2017", "2017-04-03"],
    ["MDY", "03/04/2017", "2017-03-04"],
    ["MDY", "03042017", "2017-03-04"],
    ["MDY", "14/03/2017", "2017-03-14"],
  ] as const)("in the order %s, %s is %s", (order, text, read) => expect(bornValue(text, order)).toBe(read));

  it.each([
    ["a day that does not exist", "30/02/2017"],
    ["a day that does not exist", "2017-13-32"],
    ["a day that does not exist", "29 Feb 2017"],
    ["a year of two digits", "14/03/17"],
    ["a year of two digits", "14 Mar 17"],
    ["six digits", "140317"],
    ["a spreadsheet's number of a day", "42808"],
    ["the first day that a program counts", "1900-01-01"],
    ["the first day that a program counts", "01/01/1970"],
    ["the first day that a program counts", "1753-01-01T00:00:00"],
    ["the last day that a program counts", "9999-12-31"],
    ["an age", "7"],
    ["no date", "unknown"],
    ["no date", "not known 2017"],
    ["a month alone", "March"],
    ["nothing", ""],
  ])("is null for %s: %j", (_, text) => expect(bornValue(text)).toBeNull());

  const day = date({ min: new Date("1910-01-02"), max: new Date("2100-12-31"), noInvalidDate: true }).map((at) =>
    at.toISOString().slice(0, 10),
  );

  it("is the same however it is written", () => {
    const ways = [
      (y: string, m: string, d: string) => `${y}${m}${d}`,
      (y: string, m: string, d: string) => `${d}/${m}/${y}`,
      (y: string, m: string, d: string) => `${Number(d)}.${Number(m)}.${y}`,
      (y: string, m: string, d: string) => `${y}-${m}-${d}T00:00:00Z`,
    ];
    assert(
      property(day, constantFrom(...ways), (on, way) => {
        const [y = "", m = "", d = ""] = on.split("-");
        const known = on === "1970-01-01" ? null : m === "01" && d === "01" ? y : on;
        expect(bornValue(way(y, m, d))).toBe(known);
      }),
    );
  });

  it("is a day that exists, or less, whatever is written", () => {
    assert(
      property(string({ unit: constantFrom(..."0123456789-/ marT") }), (text) => {
        const known = bornValue(text);
        expect(known === null || parsePlainDate(`${known}-01-01`.slice(0, 10)) !== null).toBe(true);
      }),
    );
  });
});

describe("two dates of birth", () => {
  it.each([
    ["EXACT", "2017-03-14", "2017-03-14"],
    ["SWAPPED", "2017-03-04", "2017-04-03"],
    ["ONE_EDIT", "2017-03-14", "2017-03-15"],
    ["ONE_EDIT", "2017-03-14", "2007-03-14"],
    ["ONE_EDIT", "2017-03-14", "2071-03-14"],
    ["ONE_EDIT", "2017-03-12", "2017-03-21"],
    ["ONE_EDIT", "2017-02-13", "2017-01-23"],
    ["TWO_PARTS", "2017-03-14", "2017-03-28"],
    ["TWO_PARTS", "2017-03-14", "1986-03-14"],
    ["TWO_PARTS", "2017-03-14", "2017-12-14"],
    ["PARTIAL", "2017-03-14", "2017-03"],
    ["PARTIAL", "2017-03-14", "2017"],
    ["PARTIAL", "2017-03", "2017"],
    ["PARTIAL", "2017", "2017"],
    ["ELSE", "2017-03-14", "2017-04"],
    ["ELSE", "2017-03-14", "2016"],
    ["ELSE", "2017-03-14", "2018-11-02"],
    ["ELSE", "2017-03-14", "2018-03-28"],
  ])("%s: %s and %s", (level, a, b) => {
    expect(datesAgree(a, b)).toBe(level);
    expect(datesAgree(b, a)).toBe(level);
  });
});
