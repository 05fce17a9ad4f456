import { describe, expect, it } from "vitest";
import { plainDate } from "../../src/domain/plain-date.ts";
import { becameAnother, comparedFieldOf, comparedOf, isUnborn } from "../../src/domain/record-compared.ts";
import type { Demographics } from "../../src/domain/statements.ts";
import { type Shown, shown, WORDS } from "../support/shown-record.ts";
import { demographics, livingAt, named } from "../support/statements.ts";

const NHS = "9990123470";
const UPN = "A800999915001";
const comparedWith = (change: Partial<Demographics>) => comparedOf(demographics(change), WORDS);
const number = (kind: Demographics["identifiers"][number]["kind"], value: string, verified = true) => ({
  kind,
  value,
  verified,
});

describe("what a record is compared by", () => {
  it.each<[string, Partial<Demographics>, Record<string, string[]>]>([
    ["nothing", {}, {}],
    [
      "every name, in law, in use and former",
      {
        names: [
          named("Amelia", "O'Connor"),
          { use: "KNOWN_AS", forenames: ["Millie", "Rose"], surname: "Smith-Jones" },
          { use: "FORMER", forenames: ["Amelia"], surname: null },
        ],
      },
      { forename: ["amelia", "millie"], middle: ["rose"], surname: ["oconnor", "smith jones"] },
    ],
    ["no placeholder for a name", { names: [named("Baby", "Hartley")] }, { surname: ["hartley"] }],
    ["the name beside a placeholder", { names: [named("Twin 1", null), named("Zoë", null)] }, { forename: ["zoe"] }],
    ["a name in another script", { names: [named("Нікіта", null)] }, { forename: ["nikita"] }],
    ["a birthday", { bornOn: plainDate("2017-03-14") }, { born: ["2017-03-14"] }],
    ["a year, where 1 January stands for it", { bornOn: plainDate("2017-01-01") }, { born: ["2017"] }],
    ["a month", { bornOn: plainDate("2017-03-01"), bornOnAccuracy: "MONTH" }, { born: ["2017-03"] }],
    ["a year", { bornOn: plainDate("2017-01-01"), bornOnAccuracy: "YEAR" }, { born: ["2017"] }],
    ["no birthday that a program made up", { bornOn: plainDate("1900-01-01") }, {}],
    ["nothing of a day it is expected on", { expectedOn: plainDate("2026-06-01") }, {}],
    ["a sex", { sex: "FEMALE" }, { sex: ["f"] }],
    ["no sex that is other than those two", { sex: "OTHER" }, {}],
    [
      "every postcode, where it lives first",
      { addresses: [livingAt("OL99 1AA", "2020-01-01"), livingAt("ox999zz"), livingAt(null)] },
      { postcode: ["OX99 9ZZ", "OL99 1AA"] },
    ],
    [
      "numbers, and who vouches for them",
      {
        identifiers: [
          number("NHS_NUMBER", "999 012 3470"),
          number("NHS_NUMBER", "9990246947", false),
          number("UPN", UPN.toLowerCase(), false),
        ],
      },
      { nhs: [NHS, "9990246947"], nhsVerified: [NHS], upn: [UPN] },
    ],
    ["no number whose check digit is wrong", { identifiers: [number("NHS_NUMBER", "9990123471")] }, {}],
    ["no one digit ten times over", { identifiers: [number("NHS_NUMBER", "1111111111")] }, {}],
    ["no temporary UPN", { identifiers: [number("UPN", "L35320012100A")] }, {}],
    ["a council's number", { identifiers: [number("LA_CHILD_ID", "LA-0001")] }, { la: ["LA0001"] }],
    ["no agency's own number", { identifiers: [number("LOCAL_ID", NHS)] }, {}],
  ])("holds %s", (_, change, compared) => expect(comparedWith(change)).toEqual(compared));

  it("holds no NHS number for tests where children are real", () => {
    const stated = demographics({ identifiers: [number("NHS_NUMBER", NHS)] });
    expect(comparedOf(stated, WORDS, { refuseTest: true })).toEqual({});
  });

  it("knows the field of a numbering", () => {
    expect(["NHS_NUMBER", "UPN", "LA_CHILD_ID", "LOCAL_ID"].map(comparedFieldOf)).toEqual(["nhs", "upn", "la", null]);
  });
});

describe("a child", () => {
  it.each<[string, Partial<Demographics>, boolean]>([
    ["expected", { expectedOn: plainDate("2026-06-01") }, true],
    ["born, and once expected", { expectedOn: plainDate("2026-06-01"), bornOn: plainDate("2026-06-03") }, false],
    ["of whom neither is known", {}, false],
  ])("%s", (_, change, unborn) => expect(isUnborn(demographics(change))).toBe(unborn));
});

const ISAAC: Shown = { name: "Isaac Byrne", born: "2017-09-09", home: "OX99 9ZZ" };

describe("a record that changed is another child's", () => {
  const became = (before: Shown, after: Shown) =>
    becameAnother(shown("a", before).compared, shown("a", after).compared, WORDS);

  it.each<[string, Shown, Shown, boolean]>([
    ["nothing changed", ISAAC, ISAAC, false],
    ["everything did", ISAAC, { name: "Zainab Noor", born: "2015-08-09", home: "OL99 1AA" }, true],
    ["the twin's name over his", ISAAC, { ...ISAAC, name: "Isobel Byrne" }, true],
    ["a nickname", { ...ISAAC, name: "Amelia Byrne" }, { ...ISAAC, name: "Millie Byrne" }, false],
    ["a typing slip put right", { ...ISAAC, name: "Isac Byrne" }, ISAAC, false],
    [
      "another name, the number kept",
      { ...ISAAC, nhs: NHS },
      { nhs: NHS, name: "Zainab Noor", born: "2015-08-09" },
      false,
    ],
    ["another number and nothing else known", { nhs: NHS }, { nhs: "9990246947" }, true],
    ["a number put right", { ...ISAAC, nhs: NHS }, { ...ISAAC, nhs: "9990246947" }, false],
    ["a name given after birth", { ...ISAAC, name: "Baby Byrne" }, ISAAC, false],
    ["the birth of a child expected", { name: "Unborn Byrne", expected: "2017-09-01" }, ISAAC, false],
    ["a birthday put right", ISAAC, { ...ISAAC, born: "2017-09-10" }, false],
    ["another birthday, same name and home", ISAAC, { ...ISAAC, born: "1986-01-31" }, false],
    ["another birthday and home, same name", ISAAC, { ...ISAAC, born: "1986-01-31", home: "OL99 1AA" }, true],
    ["another birthday where there is no name", { born: "2017-09-09" }, { born: "1986-01-31" }, true],
    ["nothing was known before", {}, ISAAC, false],
    ["nothing is known now", ISAAC, {}, false],
  ])("%s", (...[, before, after, another]) => expect(became(before, after)).toBe(another));

  it("by spelling alone where no words are given", () => {
    const [amelia, millie] = [
      shown("a", { ...ISAAC, name: "Amelia Byrne" }),
      shown("a", { ...ISAAC, name: "Millie Byrne" }),
    ];
    expect(becameAnother(amelia.compared, millie.compared)).toBe(true);
  });
});
