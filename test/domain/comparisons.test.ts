import { describe, expect, it } from "vitest";
import { PERSON_COMPARISONS, specsFor } from "../../src/domain/comparison-specs.ts";
import { comparerOf, LEVELS, levelOf } from "../../src/domain/comparisons.ts";
import type { Compared, ComparisonKind, ComparisonSpec } from "../../src/domain/compared.ts";
import { makeNameWords } from "../../src/store/name-words.ts";

const words = makeNameWords();

const one = (kind: ComparisonKind, a: string, b: string): string | null =>
  levelOf({ field: "x", kind, columns: ["x"] }, { a: { x: [a] }, b: { x: [b] } }, words);

const person = (spec: ComparisonSpec, a: Compared, b: Compared) => levelOf(spec, { a, b }, words);
const specOf = (field: string) => PERSON_COMPARISONS.find((spec) => spec.field === field)!;

describe("two values of one kind reach a level", () => {
  it.each([
    ["forename", "amelia", "amelia", "EXACT"],
    ["forename", "amelia", "millie", "VARIANT"],
    ["forename", "amelia", "amleia", "CLOSE"],
    ["forename", "harper", "harvey", "NEAR"],
    ["forename", "j", "jayden", "NEAR"],
    ["forename", "jayden", "ruth", "ELSE"],
    ["surname", "smith", "smith", "EXACT"],
    ["surname", "smith jones", "jones", "PART"],
    ["surname", "jones smith", "smith jones", "PART"],
    ["surname", "hussain", "hussein", "CLOSE"],
    ["surname", "smith", "okafor", "ELSE"],
    ["born", "2017-03-14", "2017-03-14", "EXACT"],
    ["born", "2017-03-04", "2017-04-03", "SWAPPED"],
    ["born", "2017-03-14", "2017-03-15", "ONE_EDIT"],
    ["born", "2017-03-14", "2017-04-03", "NEAR"],
    ["born", "2017-03-29", "2010-03-29", "ONE_EDIT"],
    ["born", "2017-03-29", "2009-03-29", "TWO_PARTS"],
    ["born", "2017", "2017-03-14", "PARTIAL"],
    ["born", "2017", "2017", "PARTIAL"],
    ["born", "2017", "2016-03-14", "ELSE"],
    ["born", "2017-03-14", "2017-11-28", "YEAR"],
    ["born", "2017-03-14", "2012-11-28", "DECADE"],
    ["born", "2017-03-14", "1986-11-28", "ELSE"],
    ["sex", "f", "f", "SAME"],
    ["sex", "f", "m", "ELSE"],
    ["postcode", "OX99 9ZZ", "OX99 9ZZ", "EXACT"],
    ["postcode", "OX99 9ZZ", "OX99 9ZY", "ONE_EDIT"],
    ["postcode", "OX99 9ZZ", "OX99 9AB", "SECTOR"],
    ["postcode", "OX99 9ZZ", "OX99 1AB", "OUTWARD"],
    ["postcode", "OX99 9ZZ", "LS8 4QT", "ELSE"],
    ["identifier", "9990000018", "9990000018", "EXACT"],
    ["identifier", "9990000018", "9990000081", "ONE_EDIT"],
    ["identifier", "9990000018", "9990000026", "TWO_EDITS"],
    ["identifier", "9990000018", "9994567890", "ELSE"],
    ["text", "mill lane", "mill lane", "EXACT"],
    ["text", "mill lane", "mil lane", "CLOSE"],
    ["text", "mill lane", "harbour road", "ELSE"],
    ["number", "12", "12", "EXACT"],
    ["number", "12", "21", "ONE_EDIT"],
    ["number", "12", "87", "ELSE"],
    ["category", "oxford", "oldham", "ELSE"],
    ["email", "a.smith@example.org", "a.smith@example.org", "EXACT"],
    ["email", "a.smith@example.org", "a.smith@example.net", "LOCAL_SAME"],
    ["email", "a.smith7@example.org", "a.smith8@example.org", "CLOSE"],
    ["email", "a.smith@example.org", "river@example.com", "ELSE"],
    ["phone", "07700900123", "07700900124", "ELSE"],
  ] as const)("%s: %s and %s: %s", (kind, a, b, level) => {
    expect(one(kind, a, b)).toBe(level);
    expect(one(kind, b, a)).toBe(level);
    expect(LEVELS[kind]).toContain(level);
  });

  it("a side without a value is no level", () => {
    expect(person(specOf("forename"), { forename: ["amelia"] }, {})).toBeNull();
    expect(person(specOf("forename"), { forename: ["amelia"] }, { forename: [] })).toBeNull();
  });

  it("the best of several values counts: an alias that agrees agrees", () => {
    expect(person(specOf("forename"), { forename: ["katarzyna", "kasia"] }, { forename: ["zuzanna", "kasia"] })).toBe(
      "EXACT",
    );
  });
});

describe("names in each other's place", () => {
  const wei = { forename: ["wei"], surname: ["chen"], postcode: ["OX99 9ZZ"] };
  const chen = { forename: ["chen"], surname: ["wei"], postcode: ["OX99 9ZZ"] };

  it("are seen once, by the forename; the household goes by the postcode alone", () => {
    expect(person(specOf("forename"), wei, chen)).toBe("SWAPPED");
    expect(person(specOf("household"), wei, chen)).toBe("POSTCODE_SAME");
  });

  it("address lines too", () => {
    const [line] = specsFor(["line1", "line2"].map((field) => ({ field, kind: "text" as const })));
    const a = { line1: ["rose cottage"], line2: ["mill lane"] };
    const b = { line1: ["mill lane"], line2: ["rose cottage"] };
    expect(person(line!, a, b)).toBe("SWAPPED");
  });
});

describe("a household is surname and postcode, weighed as one", () => {
  const home = (surname?: string, postcode?: string): Compared => ({
    surname: surname === undefined ? undefined : [surname],
    postcode: postcode === undefined ? undefined : [postcode],
  });
  it.each([
    [home("hartley", "LS8 4QT"), home("hartley", "LS8 4QT"), "SAME_SAME"],
    [home("hartley", "LS8 4QT"), home("hartley", "LS8 4AB"), "SAME_NEAR"],
    [home("hartley", "LS8 4QT"), home("hartley", "LS8 1AB"), "SAME_OUTWARD"],
    [home("hartley", "LS8 4QT"), home("hartley", "OX99 9ZZ"), "SAME_OTHER"],
    [home("hartley", "LS8 4QT"), home("hartley jones", "LS8 4QT"), "CLOSE_SAME"],
    [home("hartley", "LS8 4QT"), home("okafor", "LS8 4QT"), "OTHER_SAME"],
    [home("hartley", "LS8 4QT"), home("okafor", "OX99 9ZZ"), "ELSE"],
    [home("hartley"), home("hartley", "LS8 4QT"), "SURNAME_SAME"],
    [home("hartley"), home("okafor", "LS8 4QT"), "SURNAME_ELSE"],
    [home(undefined, "LS8 4QT"), home("okafor", "LS8 4QT"), "POSTCODE_SAME"],
    [home("hartley"), home(undefined, "LS8 4QT"), null],
  ])("%#: %j and %j: %s", (a, b, level) => {
    expect(person(specOf("household"), a, b)).toBe(level);
  });

  it("a postcode where many families live says nothing: the surname is left", () => {
    const sharedPostcodes = new Set(["LS8 4QT"]);
    const level = comparerOf(specOf("household"), { words, sharedPostcodes })(
      home("hartley", "LS8 4QT"),
      home("hartley", "LS8 4QT"),
    );
    expect(LEVELS.household[level]).toBe("SURNAME_SAME");
  });
});

describe("which comparisons fit which columns", () => {
  const fields = (...pairs: readonly (readonly [string, ComparisonKind])[]) =>
    specsFor(pairs.map(([field, kind]) => ({ field, kind })));

  it("surname and postcode become one household", () => {
    expect(fields(["forename", "forename"], ["surname", "surname"], ["postcode", "postcode"])).toEqual([
      { field: "forename", kind: "forename", columns: ["forename", "surname"] },
      { field: "household", kind: "household", columns: ["surname", "postcode", "forename"] },
    ]);
  });

  it("a surname alone is a surname, a postcode alone a postcode", () => {
    expect(fields(["surname", "surname"], ["born", "born"]).map(({ kind }) => kind)).toEqual(["surname", "born"]);
    expect(fields(["postcode", "postcode"], ["born", "born"]).map(({ kind }) => kind)).toEqual(["postcode", "born"]);
  });

  it("in the hub, what families share is weak", () => {
    expect(PERSON_COMPARISONS.filter(({ weak }) => weak).map(({ field }) => field)).toEqual(["phone", "email"]);
  });
});
