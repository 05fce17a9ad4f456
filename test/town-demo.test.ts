import { describe, expect, it } from "vitest";
import { readTownFlags } from "../simulators/town/town-flags.ts";
import { DEFAULT_TOWN, demoFamily, makeTown } from "../simulators/town/town.ts";

describe("the demo family", () => {
  const demo = demoFamily("2026-03-02");

  it("is in every town, the same each time", () => {
    const other = makeTown({ children: 30, seed: 99, until: "2026-03-02" });
    for (const list of [
      "residents",
      "records",
      "recordedTies",
      "health",
      "education",
      "socialCare",
      "police",
      "truth",
    ] as const)
      expect(other[list].slice(0, demo[list].length)).toEqual(demo[list]);
  });

  it("has the records that examples name", () => {
    expect(demo.records.map(({ localId }) => localId)).toEqual(
      expect.arrayContaining([
        "p-amelia",
        "p-noah",
        "p-rachel",
        "p-elodie",
        "p-isaac",
        "p-isobel",
        "p-rmarsh",
        "A1749100001",
        "A1749100004",
        "LA-0001",
        "LA-0002",
        "LA-0003",
        "LA-0004",
      ]),
    );
    expect(demo.socialCare.flatMap((fact) => ("id" in fact ? [fact.id] : []))).toEqual(
      expect.arrayContaining(["REF-1", "S47-1", "I-1"]),
    );
    expect(demo.police.map(({ submissionId }) => submissionId).sort()).toEqual([
      "PPN-2025-0008817",
      "PPN-2026-0009931",
    ]);
  });

  it("disagrees with itself as it is meant to", () => {
    const named = demo.police.flatMap(({ people }) =>
      people.map(({ forenames, surname, bornOn }) => [forenames[0], surname, bornOn]),
    );
    expect(named).toEqual(
      expect.arrayContaining([
        ["Amelia", "Hartly", "2019-03-14"],
        ["Amelia", "Hartley", "2019-03-14"],
        ["Danny", "Okafor", "1990-07-12"],
      ]),
    );
    const surnames = demo.records.filter(({ nhsNumber }) => nhsNumber === "9990246947").map(({ surname }) => surname);
    expect(surnames).toEqual(["Okafor", "Hartley-Okafor"]);
    expect(demo.truth.filter(({ recordId }) => recordId === "LA-0006")).toHaveLength(2);
  });

  it("has not yet lived what comes later", () => {
    const before = demoFamily("2026-02-20");
    expect(before.police.map(({ submissionId }) => submissionId)).toEqual(["PPN-2025-0008817"]);
    expect(before.socialCare.some((fact) => "id" in fact && fact.id === "S47-1")).toBe(false);
  });

  it("cannot be spoilt for the next reader", () => {
    demoFamily("2026-03-02").records[0]!.surname = "Spoilt";
    expect(demoFamily("2026-03-02").records[0]!.surname).toBe("Hartley");
  });
});

describe("the flags of hub town", () => {
  it("fall back to the default town", () => {
    expect(readTownFlags([])).toEqual({ flags: { settings: DEFAULT_TOWN, out: null, json: false, help: false } });
  });

  it("say each problem in one sentence", () => {
    const said = readTownFlags([
      "--children",
      "many",
      "--seed=-1",
      "--until",
      "2026-02-30",
      "--colour",
      "red",
      "--out",
    ]);
    expect(said).toEqual({
      problems: [
        "There is no flag --colour; see --help.",
        "'red' is not a flag; see --help.",
        "--children must be a whole number from 0 to 100000, not 'many'.",
        "--seed must be a whole number from 0 to 4294967295, not '-1'.",
        "--out needs a value.",
        "--until must be a day from 2010-01-01 to 2099-12-31, not '2026-02-30'.",
      ],
    });
  });
});
