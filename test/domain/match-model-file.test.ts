import { describe, expect, it } from "vitest";
import { readModel, writeModel } from "../../src/domain/match-model-file.ts";
import { TEST_MODEL } from "../support/match-model.ts";

const file = () => JSON.parse(writeModel(TEST_MODEL)) as Record<string, any>;

/** The file with one thing in it changed. */
function spoilt(change: (model: Record<string, any>) => void): unknown {
  const model = file();
  change(model);
  return model;
}

describe("a model's file", () => {
  it("is the same text for the same model, and reads back as it was", () => {
    expect(writeModel(readModel(file()))).toBe(writeModel(TEST_MODEL));
    expect(readModel(file())).toEqual({ ...TEST_MODEL, together: [] });
  });

  it.each<[string, (model: Record<string, any>) => void, string]>([
    ["another format", (model) => (model["format"] = 2), "format must be 1"],
    ["no version", (model) => delete model["version"], "version must be a text that is not empty"],
    ["a prior that is no number", (model) => (model["prior"] = "-17"), "prior must be a number from -200 to 200"],
    [
      "a share above one",
      (model) => (model["fields"][0].levels[0].m = 1.2),
      "fields[0].levels[0].m must be a number from 0 to 1",
    ],
    [
      "a kind that is none",
      (model) => (model["fields"][1].kind = "vibes"),
      "fields[1].kind must be one of forename, surname,",
    ],
    [
      "a level too few",
      (model) => model["fields"][0].levels.pop(),
      "fields[0].levels must be the levels EXACT, VARIANT",
    ],
    [
      "no columns",
      (model) => (model["fields"][2].columns = []),
      "fields[2].columns must be a list of at least one column",
    ],
    [
      "a field twice",
      (model) => model["fields"].push(model["fields"][0]),
      "fields must be a list that names each field once",
    ],
    ["twins that add", (model) => (model["twins"].bits = 2), "twins.bits must be a number from -200 to 0"],
    ["an upside-down clamp", (model) => (model["clamp"].least = 3), "clamp.least must be a number from -200 to 0"],
    ["no training record", (model) => delete model["training"], "training must be an object"],
    [
      "a field that goes with none",
      (model) => (model["together"] = [{ field: "sex" }]),
      "together[0].with must be a text",
    ],
  ])("%s is refused in one sentence that says where", (_, change, says) => {
    expect(() => readModel(spoilt(change))).toThrow(`The match model is not usable: ${says}`);
  });

  it.each([null, [], "model", 7])("%j is no model", (json) => {
    expect(() => readModel(json)).toThrow("The match model is not usable: the file must be an object.");
  });

  it("never says whose name is wrong", () => {
    const model = spoilt((each) => (each["fields"][0].frequencies = { values: { zephyrine: 3 }, otherwise: 0.1 }));
    expect(() => readModel(model)).toThrow("fields[0].frequencies.values must be a number from 0 to 1");
    expect(() => readModel(model)).not.toThrow("zephyrine");
  });
});
