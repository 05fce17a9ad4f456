import { expect, it } from "vitest";
import {
  comparedNumber,
  numbersIn,
  permitText,
  sealedNumberText,
  sealedRecordText,
  textsNaming,
  withoutNumbers,
} from "../../src/domain/sealed.ts";

const record = {
  forename: ["amelia"],
  nhs: ["9990123470", "9990000018"],
  nhsVerified: ["9990123470"],
  upn: ["U931123420001"],
};

it("a record's numbers are each one, and nothing else of it is", () => {
  expect(numbersIn(record).map(sealedNumberText)).toEqual([
    "sealed|nhs|9990123470",
    "sealed|nhs|9990000018",
    "sealed|upn|U931123420001",
  ]);
});

it("a record without a number is as if it had come without it", () => {
  expect(withoutNumbers(record, [{ field: "nhs", value: "9990123470" }])).toEqual({
    forename: ["amelia"],
    nhs: ["9990000018"],
    upn: ["U931123420001"],
  });
  expect(withoutNumbers(record, numbersIn(record))).toEqual({ forename: ["amelia"] });
});

it.each([
  ["an NHS number, however it is spaced", "NHS_NUMBER", "999 012 3470", { field: "nhs", value: "9990123470" }],
  ["a UPN", "UPN", "u931123420001", { field: "upn", value: "U931123420001" }],
  ["a council's number", "LA_CHILD_ID", "la-0001", { field: "la", value: "LA0001" }],
  ["a mistyped number is none", "NHS_NUMBER", "9990123471", null],
  ["an agency's own number is none", "LOCAL_ID", "12", null],
] as const)("%s", (_what, kind, value, number) => {
  expect(comparedNumber({ kind, value })).toEqual(number);
});

it("whoever a claim names is known by the record, and by each number", () => {
  const otherIdentifiers = [{ kind: "NHS_NUMBER", value: "999 012 3470", verified: false } as const];
  expect(textsNaming("health", { otherRecordId: "p-1", otherIdentifiers })).toEqual([
    "sealed|record|health|p-1",
    "sealed|nhs|9990123470",
  ]);
  expect(textsNaming("health", { otherRecordId: null, otherIdentifiers: [] })).toEqual([]);
});

it("no text stands for two things", () => {
  const number = { field: "nhs", value: "9990123470" } as const;
  const texts = [
    sealedRecordText("health", "p-1"),
    sealedRecordText("police", "p-1"),
    sealedNumberText(number),
    permitText("health", "p-1", number),
    permitText("police", "p-1", number),
  ];
  expect(new Set(texts).size).toBe(texts.length);
});
