// Makes the model that ships with the hub, from a synthetic county of another seed than any measurement uses:
// npm run bench -- county-model. Not run by the hub, nor by a measurement.

import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { PERSON_COMPARISONS } from "../src/domain/comparison-specs.ts";
import type { FieldModel, MatchModel } from "../src/domain/match-model.ts";
import { comparedOf } from "../src/domain/record-compared.ts";
import { trainModel } from "../src/domain/training.ts";
import { makeNameWords } from "../src/store/name-words.ts";
import { makeCounty } from "./county/county.ts";
import { demographicsOf } from "./county/statements.ts";
import { SOURCES } from "./county/types.ts";

/** Kept for this: a measurement refuses it. */
export const TRAINING_SEED = 101;
const RECORDS = 400_000;
const MOST_NAMES = 500;
const ABOUT = [
  `Made from a synthetic county (bench/county, seed ${TRAINING_SEED}): no real record may be used to build the hub.`,
  "It has never seen a real child's record. Weights and thresholds must be set again on real, consented, clerically labelled " +
    "records of the area before any automatic link goes live.",
  `Frequencies: the ${MOST_NAMES} commonest names of that county, rounded; every other name counts as one of the rest.`,
];

type Say = (line: string) => void;

/** `--records N`, `--out FILE`, `--on DAY`. */
export async function countyModel(say: Say): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      records: { type: "string", default: String(RECORDS) },
      out: { type: "string", default: "policies/matching/person-1.json" },
      on: { type: "string", default: new Date().toISOString().slice(0, 10) },
    },
  });
  const words = makeNameWords();
  const county = makeCounty({ seed: TRAINING_SEED, records: Number(values.records) });
  const model = trainModel({
    records: county.records.map((record) => ({
      source: record.source,
      compared: comparedOf(demographicsOf(record), words),
    })),
    // Police send notices: one child may be in many, so they are no register.
    registers: new Set<string>(SOURCES.filter((source) => source !== "police")),
    specs: PERSON_COMPARISONS,
    words,
    seed: TRAINING_SEED,
    version: "person-1",
    trainedOn: values.on,
    onProgress: (share, doing) => say(`${Math.round(share * 100)} % ${doing}`),
  });
  const out = resolve(values.out);
  mkdirSync(resolve(out, ".."), { recursive: true });
  writeFileSync(out, `${JSON.stringify(small(model), null, 1)}\n`);
  say(`written: ${values.out}`);
}

const rounded = (value: number): number => Number(value.toPrecision(2));

/** As few names as say something: a file that a person can look through. */
function small(model: MatchModel): MatchModel {
  const { training } = model;
  return {
    ...model,
    fields: model.fields.map((field) => ({ ...field, frequencies: fewer(field.frequencies) })),
    training: { ...training, notes: [...ABOUT, ...training.notes] },
  };
}

function fewer(frequencies: FieldModel["frequencies"]): FieldModel["frequencies"] {
  if (frequencies === null) return null;
  const ranked = Object.entries(frequencies.values).toSorted((a, b) => b[1] - a[1]);
  const left = ranked.slice(MOST_NAMES).map(([, share]) => share);
  const listed = ranked.reduce((sum, [, share]) => sum + share, 0);
  const unlisted = Math.max(0, 1 - listed);
  const held = left.reduce((sum, share) => sum + share, unlisted);
  const squares = left.reduce((sum, share) => sum + share * share, unlisted * frequencies.otherwise);
  return {
    values: Object.fromEntries(ranked.slice(0, MOST_NAMES).map(([name, share]) => [name, rounded(share)])),
    otherwise: rounded(held > 0 ? squares / held : frequencies.otherwise),
  };
}
