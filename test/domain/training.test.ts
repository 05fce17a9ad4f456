import { describe, expect, it } from "vitest";
import { PERSON_COMPARISONS, specsFor } from "../../src/domain/comparison-specs.ts";
import { readModel, writeModel } from "../../src/domain/match-model-file.ts";
import { seeded } from "../../src/domain/seeded.ts";
import { trainModel, type Training, type TrainingRecordInput } from "../../src/domain/training.ts";
import { weigh } from "../../src/domain/weighing.ts";
import { makeNameWords } from "../../src/store/name-words.ts";

const words = makeNameWords();
const SYLLABLES = [
  "ba",
  "ce",
  "di",
  "fo",
  "gu",
  "ha",
  "je",
  "ki",
  "lo",
  "mu",
  "na",
  "pe",
  "ri",
  "so",
  "tu",
  "va",
  "we",
  "xi",
];

/** A made-up town: families of one to three children, in up to three registers, with a slip of the pen here and there. */
function town({ families, twins }: { families: number; twins: number }): readonly TrainingRecordInput[] {
  const random = seeded(3);
  const upTo = (most: number): number => Math.floor(random() * most);
  const name = (many: number): string => {
    const at = Math.floor(many * random() ** 2);
    return `${SYLLABLES[at % 18]}${SYLLABLES[Math.floor(at / 18) % 18]}${SYLLABLES[Math.floor(at / 324) % 18]}n`;
  };
  const two = (count: number): string => String(count).padStart(2, "0");
  const birthday = (): string => `${2007 + upTo(18)}-${two(1 + upTo(12))}-${two(2 + upTo(26))}`;
  const slip = (text: string): string => (random() < 0.03 ? `${text.slice(0, 3)}q${text.slice(4)}` : text);
  const records: TrainingRecordInput[] = [];
  for (let family = 0; family < families; family += 1) {
    const [surname, postcode] = [name(3_000), `OX${1 + upTo(9)} ${upTo(10)}${"ABDE"[upTo(4)]}${"ABDEFGHJ"[upTo(8)]}`];
    let born = birthday();
    for (let child = 0; child <= upTo(3); child += 1) {
      if (child > 0 && random() >= twins) born = birthday();
      const [forename, sex] = [name(600), random() < 0.5 ? "f" : "m"];
      for (const source of ["health", "education", "social care"]) {
        if (random() < 0.3) continue;
        const compared = {
          forename: [slip(forename)],
          surname: [slip(surname)],
          born: [born],
          sex: [sex],
          postcode: random() < 0.1 ? undefined : [postcode],
        };
        records.push({ source, compared });
      }
    }
  }
  return records;
}

const REGISTERS = new Set(["health", "education", "social care"]);
const made = (records: readonly TrainingRecordInput[], change: Partial<Training> = {}) =>
  trainModel({
    records,
    registers: REGISTERS,
    specs: PERSON_COMPARISONS,
    words,
    seed: 1,
    version: "test",
    trainedOn: "2026-11-22",
    ...change,
  });

const levelOf = (model: ReturnType<typeof made>, field: string, level: string) =>
  model.fields.find((each) => each.field === field)!.levels.find((each) => each.level === level)!;

describe("a model made from registers", () => {
  const records = town({ families: 3_000, twins: 0.05 });
  const model = made(records);

  it("is the same for the same records and seed, and survives its file", () => {
    expect(made(records)).toEqual(model);
    expect(readModel(JSON.parse(writeModel(model)))).toEqual(model);
  });

  it("knows how often strangers and one person's records agree", () => {
    expect(levelOf(model, "born", "EXACT").m).toBeGreaterThan(0.95);
    expect(levelOf(model, "born", "EXACT").u).toBeLessThan(0.001);
    expect(levelOf(model, "forename", "EXACT").m).toBeGreaterThan(0.9);
    expect(levelOf(model, "forename", "EXACT").m).toBeLessThan(0.97);
    expect(levelOf(model, "sex", "SAME").bits).toBeCloseTo(1, 1);
  });

  it("has measured twins, and takes off what they agree on by birth", () => {
    expect(model.twins.measured?.alsoSameBirthday).toBeGreaterThan(50);
    expect(model.twins.bits).toBeLessThan(-5);
  });

  it("finds nothing to take off where the records show no twins", () => {
    const none = made(town({ families: 400, twins: 0 }));
    expect(none.twins).toEqual({ bits: 0, measured: null });
  });

  it("a prior near the truth: a child's records are one in some thousands", () => {
    expect(model.prior).toBeGreaterThan(-14);
    expect(model.prior).toBeLessThan(-11);
  });

  it("keeps twins apart and one child together", () => {
    const child = {
      forename: ["bababan"],
      surname: ["mucen"],
      born: ["2017-03-14"],
      sex: ["f"],
      postcode: ["OX9 9AA"],
    };
    const twin = { ...child, forename: ["xixixin"] };
    const moved = { ...child, postcode: ["OX1 1BB"] };
    expect(weigh(model, { a: child, b: child }, { words }).bits).toBeGreaterThan(6.63);
    expect(weigh(model, { a: child, b: moved }, { words }).bits).toBeGreaterThan(0);
    expect(weigh(model, { a: child, b: twin }, { words }).bits).toBeLessThan(0);
  });

  it("says what it was never shown, and gives it no weight", () => {
    expect(model.training.notes).toContain("no two records had upn to compare: it is worth nothing, for or against");
    expect(levelOf(model, "upn", "EXACT").bits).toBe(0);
    expect(levelOf(model, "upn", "ELSE").bits).toBe(0);
  });

  it("writes down how it was made, and tells how far it is", () => {
    const told: number[] = [];
    const { training } = made(records.slice(0, 500), { onProgress: (share) => told.push(share) });
    expect(training).toMatchObject({ trainedOn: "2026-11-22", records: 500, sources: 3, seed: 1 });
    expect(training.sessions.map(({ blockedOn }) => blockedOn)).toEqual(["born", "forename and surname", "nhs"]);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it("holds no name that fewer than five records have", () => {
    const rare = { source: "health", compared: { forename: ["zephyrine"], surname: ["quillfeather"] } };
    const text = writeModel(made([...records.slice(0, 500), rare, rare, rare, rare]));
    expect(text).not.toContain("zephyrine");
    expect(text).not.toContain("quillfeather");
  });
});

describe("records to learn little from", () => {
  const specs = specsFor([
    { field: "forename", kind: "forename" },
    { field: "surname", kind: "surname" },
    { field: "born", kind: "born" },
  ]);
  const person = (born: string, forename = "ada"): TrainingRecordInput => ({
    source: "file",
    compared: { forename: [forename], surname: ["lovelace"], born: [born] },
  });

  it.each([
    ["nobody", []],
    ["one person", [person("2017-03-14")]],
    ["two", [person("2017-03-14"), person("2016-02-01", "mary")]],
  ])("%s: still a model, with a note", (_, records) => {
    const model = made(records, { registers: new Set(), specs });
    expect(readModel(JSON.parse(writeModel(model)))).toEqual(model);
    expect(Number.isFinite(model.prior)).toBe(true);
    expect(model.training.notes).toContain("the pass on born found too few pairs of one person to learn from");
  });

  it("a value in more than 300 records is left out, counted and said", () => {
    const records = Array.from({ length: 301 }, (_, at) => person("2017-03-14", `name${at}`));
    const { notes } = made(records, { registers: new Set(), specs }).training;
    expect(notes).toContain(
      "in more than 300 records, so left out of the pass on born: 1 of its values (the commonest in 301 records)",
    );
  });
});
