import { describe, expect, it } from "vitest";
import { identifierKeyText, linkKeyTexts, MOST_KEYS } from "../../src/domain/link-keys.ts";
import { type Shown, shown, WORDS } from "../support/shown-record.ts";

const AMELIA: Shown = { name: "Amelia Hartley", born: "2017-03-12", home: "OX99 4QT" };
const keysOf = (record: Shown) => {
  const { compared, unborn } = shown("r", record);
  return linkKeyTexts(compared, WORDS, unborn);
};
const shared = (a: Shown, b: Shown) => {
  const theirs = new Set(keysOf(b));
  return keysOf(a).filter((key) => theirs.has(key));
};
const kindsShared = (a: Shown, b: Shown) => [...new Set(shared(a, b).map((key) => key.split("|")[0]))];

describe("the keys of a record", () => {
  it("are one of each kind for one name, birthday and home", () => {
    expect(keysOf({ ...AMELIA, name: "Ruby Hartley", nhs: "9990123470", upn: "~A800999915001" })).toEqual([
      "nhs|9990123470",
      "upn|A800999915001",
      "born-forename|2017-03-12|R100",
      "born-surname|2017-03-12|H634",
      "swapped-surname|2017-03-12|H634",
      "born-outward|2017-03-12|OX99",
      "year-names|2017|ruby|H634",
      "day-names|03-12|R100|H634",
      "month-names|2017-03|R100|H634",
      "home-forename|OX99 4QT|ruby",
      "home-surname|OX99 4QT|H634|r",
      "names-outward|ruby|hartley|OX99",
      "names-year|hartley|ruby|2017",
    ]);
  });

  it.each<[string, Shown, string[]]>([
    ["nothing known", {}, []],
    ["a name alone", { name: "Amelia Hartley" }, []],
    ["a birthday and a home without any name", { born: "2017-03-12", home: "OX99 4QT" }, []],
    ["an unborn child", { name: "Oscar Hartley", expected: "2026-06-01", home: "OX99 4QT" }, []],
    [
      "an unborn child's number",
      { name: "Oscar Hartley", expected: "2026-06-01", nhs: "9990123470" },
      ["nhs|9990123470"],
    ],
    ["a number mistyped", { nhs: "9990123471" }, []],
    ["a temporary UPN", { upn: "L35320012100A" }, []],
  ])("of %s", (...[, record, keys]) => expect(keysOf(record)).toEqual(keys));

  it("are of a birthday no more exact than it is known", () => {
    const keys = keysOf({ ...AMELIA, name: "Ruby Hartley", born: "2017" });
    expect(keys.filter((key) => key.includes("2017"))).toEqual([
      "year-names|2017|ruby|H634",
      "names-year|hartley|ruby|2017",
    ]);
  });

  it("stay few, the first name and home before the others", () => {
    const many = {
      name: "Amelia Hartley / Beatrix Marsh-Cooper / Clara Van Der Berg / Dora Ellis / Edith Fox",
      born: "2017-03-12",
      home: "OX99 4QT, OL99 1AA, YO99 1ZZ, LS99 2AB",
    };
    const keys = keysOf(many);
    expect(keys).toHaveLength(MOST_KEYS);
    expect(keys).toEqual(expect.arrayContaining([...keysOf(AMELIA)]));
    expect(new Set(keys).size).toBe(MOST_KEYS);
  });
});

describe("two records of one child find each other", () => {
  it.each<[string, Shown, string[]]>([
    ["moved, surname changed", { ...AMELIA, name: "Amelia Marsh", home: "YO99 1ZZ" }, ["born-forename"]],
    [
      "forename quite another, moved within the town",
      { ...AMELIA, name: "Rose Hartley", home: "OX99 1AA" },
      ["born-surname", "swapped-surname", "born-outward"],
    ],
    [
      "day and month exchanged, nickname, moved",
      { ...AMELIA, name: "Millie Hartley", born: "2017-12-03", home: "YO99 1ZZ" },
      ["swapped-surname", "year-names"],
    ],
    [
      "year wrong, surname misspelt, moved",
      { ...AMELIA, name: "Amelia Hartly", born: "2016-03-12", home: "" },
      ["day-names"],
    ],
    ["birthday wrong, surname changed", { ...AMELIA, name: "Amelia Marsh", born: "2015-08-09" }, ["home-forename"]],
    ["no birthday", { ...AMELIA, born: "" }, ["home-forename", "home-surname", "names-outward"]],
    ["no forename, moved", { ...AMELIA, name: "Baby Hartley", home: "YO99 1ZZ" }, ["born-surname", "swapped-surname"]],
    ["a former home", { name: "Amelia Marsh", home: "YO99 1ZZ, OX99 4QT" }, ["home-forename"]],
    ["a number and nothing else", { nhs: "~9990123470" }, ["nhs"]],
  ])("%s", (...[, other, kinds]) => {
    const found = kindsShared({ ...AMELIA, nhs: "9990123470" }, other);
    expect(found).toEqual(expect.arrayContaining(kinds));
  });

  it.each<[string, string, string]>([
    ["variants", "Mohammed Khan", "Muhammad Khan"],
    ["surname in parts", "Amelia Mac Donald", "Amelia Macdonald"],
    ["surname added", "Amelia Hartley", "Amelia Hartley-Marsh"],
    ["names exchanged", "Wei Chen", "Chen Wei"],
    ["another script", "Нікіта Бондар", "Nikita Bondar"],
  ])("%s", (...[, name, other]) => {
    const [a, b] = [
      { ...AMELIA, name },
      { ...AMELIA, name: other, home: "YO99 1ZZ" },
    ];
    expect(shared(a, b)).not.toEqual([]);
  });

  it("by exchanged birthdays whichever is right", () => {
    const surname = { name: "Ruby Hartley" };
    expect(kindsShared({ ...surname, born: "2017-03-12" }, { ...surname, born: "2017-12-03" })).toContain(
      "swapped-surname",
    );
    expect(keysOf({ ...surname, born: "2017-03-14" }).join()).not.toContain("swapped");
    expect(keysOf({ ...surname, born: "2017-03-03" }).join()).not.toContain("swapped");
  });
});

describe("a number looked up", () => {
  it.each([
    ["nhs", "999 012 3470", "nhs|9990123470"],
    ["upn", "a800999915001", "upn|A800999915001"],
    ["nhs", "9990123471", null],
    ["upn", "L35320012100A", null],
  ] as const)("%s %s is under %s", (field, value, key) => expect(identifierKeyText(field, value)).toBe(key));

  it("is under the key that its record has", () => {
    expect(keysOf({ nhs: "9990123470" })).toEqual([identifierKeyText("nhs", "999 012 3470")]);
  });
});
