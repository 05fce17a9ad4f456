import { describe, expect, it } from "vitest";
import type { Compared } from "../../src/domain/compared.ts";
import type { FieldModel, MatchModel } from "../../src/domain/match-model.ts";
import { bitsOf, weigh } from "../../src/domain/weighing.ts";
import { makeNameWords } from "../../src/store/name-words.ts";
import { TEST_MODEL } from "../support/match-model.ts";

const words = makeNameWords();
const AMELIA: Compared = {
  forename: ["amelia"],
  surname: ["hartley"],
  born: ["2017-03-14"],
  sex: ["f"],
  postcode: ["LS8 4QT"],
};

const lines = (model: MatchModel, a: Compared, b: Compared, sharedPostcodes?: ReadonlySet<string>) =>
  weigh(model, { a, b }, sharedPostcodes ? { words, sharedPostcodes } : { words });
const lineOf = (weighed: ReturnType<typeof lines>, field: string, level?: string) =>
  weighed.contributions.find((each) => each.field === field && (level === undefined || each.level === level));

/** The same model, with something about one field changed. */
const withField = (name: string, change: Partial<FieldModel>): MatchModel => ({
  ...TEST_MODEL,
  fields: TEST_MODEL.fields.map((field) => (field.field === name ? { ...field, ...change } : field)),
});

describe("the waterfall", () => {
  it("has a line for every comparison, and its lines add up to the sum", () => {
    const { bits, contributions } = lines(TEST_MODEL, AMELIA, { ...AMELIA, forename: ["millie"] });
    expect(contributions.map(({ field, level }) => `${field} ${level}`)).toEqual([
      "prior PRIOR",
      "forename VARIANT",
      "middle MISSING",
      "household SAME_SAME",
      "born EXACT",
      "sex SAME",
      ...["nhs", "upn", "uln", "la", "pnc", "phone", "email"].map((field) => `${field} MISSING`),
      "twins SAME_HOUSEHOLD_SAME_BIRTHDAY",
    ]);
    expect(contributions.reduce((sum, each) => sum + each.bits, 0)).toBeCloseTo(bits, 9);
  });

  it("is the same sum without the lines, whichever comes first", () => {
    const other = { ...AMELIA, born: ["2017-03-15"], surname: ["hartley jones"] };
    const { bits } = lines(TEST_MODEL, AMELIA, other);
    expect(bitsOf(TEST_MODEL, { a: AMELIA, b: other }, { words })).toBe(bits);
    expect(bitsOf(TEST_MODEL, { a: other, b: AMELIA }, { words })).toBe(bits);
  });

  it("what is missing is evidence of nothing", () => {
    const withNumber = { ...AMELIA, nhs: ["9990000018"] };
    expect(lineOf(lines(TEST_MODEL, AMELIA, withNumber), "nhs")).toEqual({ field: "nhs", level: "MISSING", bits: 0 });
    expect(lines(TEST_MODEL, AMELIA, withNumber).bits).toBe(lines(TEST_MODEL, AMELIA, AMELIA).bits);
    expect(lines(TEST_MODEL, withNumber, { ...AMELIA, nhs: ["9994567890"] }).bits).toBeLessThan(
      lines(TEST_MODEL, AMELIA, AMELIA).bits,
    );
  });
});

describe("household and birthday both agree", () => {
  it.each([
    ["the same household", AMELIA, -6.9],
    ["a postcode one letter off", { ...AMELIA, postcode: ["LS8 4QX"] }, -6.9],
    ["a double-barrelled surname", { ...AMELIA, surname: ["hartley jones"] }, -6.9],
    ["another household", { ...AMELIA, postcode: ["OX99 9ZZ"] }, undefined],
    ["another birthday", { ...AMELIA, born: ["2017-03-15"] }, undefined],
  ])("%s: twins take %s", (_, other, bits) => {
    expect(lineOf(lines(TEST_MODEL, AMELIA, other), "twins")?.bits).toBe(bits);
  });

  it("a shared postcode makes no household, so nobody's twins", () => {
    const weighed = lines(TEST_MODEL, AMELIA, AMELIA, new Set(["LS8 4QT"]));
    expect(lineOf(weighed, "household")?.level).toBe("SURNAME_SAME");
    expect(lineOf(weighed, "twins")).toBeUndefined();
    expect(weighed.bits).toBeLessThan(lines(TEST_MODEL, AMELIA, AMELIA).bits);
  });
});

describe("how common a name is", () => {
  const model = withField("forename", {
    frequencies: { values: { muhammad: 0.04, amelia: 0.01 }, otherwise: 0.0005 },
  });
  const named = (a: string, b = a) => lines(model, { ...AMELIA, forename: [a] }, { ...AMELIA, forename: [b] });

  it("a common one takes, a rare one adds", () => {
    const [common, usual, rare] = ["muhammad", "amelia", "zephyrine"].map(
      (name) => lineOf(named(name), "forename", "FREQUENCY")!.bits,
    );
    expect(common).toBeLessThan(usual!);
    expect(usual).toBeLessThan(rare!);
    expect(common).toBeLessThan(0);
    expect(rare).toBeGreaterThan(0);
  });

  it("a variant of a common one takes, of a rare one adds nothing", () => {
    expect(lineOf(named("muhammad", "mohammed"), "forename", "FREQUENCY")!.bits).toBeLessThan(0);
    expect(lineOf(named("zephyrine", "zephirine"), "forename", "FREQUENCY")).toBeUndefined();
  });

  it("never takes a comparison out of its bounds", () => {
    const weighed = lines({ ...model, clamp: { least: -14, most: 8 } }, ...pairOf("zephyrine"));
    const forename = weighed.contributions.filter(({ field }) => field === "forename");
    expect(forename.reduce((sum, { bits }) => sum + bits, 0)).toBeCloseTo(8, 9);
  });

  it.each(["constructor", "toString", "__proto__"])(
    "a name that means something to a computer is a rare name: %s",
    (name) => {
      expect(named(name).bits).toBe(named("zephyrine").bits);
    },
  );

  const pairOf = (name: string): [Compared, Compared] => [
    { ...AMELIA, forename: [name] },
    { ...AMELIA, forename: [name] },
  ];
});

describe("what was said already is not counted twice", () => {
  const model: MatchModel = { ...TEST_MODEL, together: [{ field: "sex", with: "forename", bits: -0.8 }] };

  it("only where both agree best", () => {
    expect(lineOf(lines(model, AMELIA, AMELIA), "sex", "TOGETHER")?.bits).toBe(-0.8);
    expect(lineOf(lines(model, AMELIA, { ...AMELIA, forename: ["ruth"] }), "sex", "TOGETHER")).toBeUndefined();
    expect(lineOf(lines(model, AMELIA, { ...AMELIA, sex: ["m"] }), "sex", "TOGETHER")).toBeUndefined();
  });
});
