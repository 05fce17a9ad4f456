// The model that a run weighs by: learnt from its own files without anybody's labels, or one from a file.

import { readFileSync } from "node:fs";
import type { FileRead } from "./cli-match-read.ts";
import type { Compared, NameWords } from "./domain/compared.ts";
import { type Families, familiesIn, twinsOf } from "./domain/match-families.ts";
import type { MatchModel } from "./domain/match-model.ts";
import { readModel } from "./domain/match-model-file.ts";
import { isRegister, specsOfFields, withCheckedNumbers } from "./domain/match-specs.ts";
import { seeded } from "./domain/seeded.ts";
import { trainModel, type TrainingRecordInput } from "./domain/training.ts";

/** A model learns no more from more records than this; they are taken at random, so that all shares stay as they are. */
const ENOUGH = 300_000;

export interface Learning {
  readonly files: readonly FileRead[];
  readonly words: NameWords;
  readonly seed: number;
  readonly version: string;
  readonly onProgress: (share: number, doing: string) => void;
}

/** A file's records, or as many as are enough. */
function sampleOf({ table }: FileRead, share: number, random: () => number): Compared[] {
  const records: Compared[] = [];
  for (let row = 0; row < table.size; row += 1) if (share >= 1 || random() < share) records.push(table.record(row));
  return records;
}

/** The fields that stand in all files: nothing else can be compared across them. */
export const fieldsOfAll = (files: readonly FileRead[]): string[] =>
  (files[0]?.table.fields ?? []).filter((field) => files.every(({ table }) => table.fields.includes(field)));

/** Looks for families, and learns a model. In one file alone everybody may stand twice; each of several is a register if it holds
 *  hardly anybody twice. */
export function learn({ files, words, seed, version, onProgress }: Learning): {
  families: Families;
  train: () => MatchModel;
} {
  const all = files.reduce((sum, { table }) => sum + table.size, 0);
  const random = seeded(seed);
  const samples = files.map((file) => ({ source: file.file, records: sampleOf(file, ENOUGH / all, random) }));
  const fields = fieldsOfAll(files);
  const families = familiesOf(samples.map(({ records }) => familiesIn(records, fields, words)));
  const train = (): MatchModel => {
    const registers =
      files.length > 1 ? samples.filter(({ records }) => isRegister(records)).map(({ source }) => source) : [];
    const records = samples.flatMap(({ source, records }) =>
      records.map((compared): TrainingRecordInput => ({ source, compared })),
    );
    const learnt = trainModel({
      records,
      registers: new Set(registers),
      specs: specsOfFields(fields, families),
      words,
      seed,
      version,
      trainedOn: new Date().toISOString().slice(0, 10),
      onProgress: (share, doing) => onProgress(share, `learning: ${doing}`),
    });
    const model = withCheckedNumbers(learnt);
    return model.twins.measured === null ? { ...model, twins: twinsOf(model, families) } : model;
  };
  return { families, train };
}

const familiesOf = (found: readonly Families[]): Families => ({
  relatives: found.reduce((sum, { relatives }) => sum + relatives, 0),
  twins: found.reduce((sum, { twins }) => sum + twins, 0),
  shown: found.some(({ shown }) => shown),
  shared: [...new Set(found.flatMap(({ shared }) => shared))],
});

/** The model in a file. Throws one sentence where it is none. */
export function modelIn(file: string): MatchModel {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`--model: ${file} ${error instanceof SyntaxError ? "is not JSON" : "cannot be read"}`, {
      cause: error,
    });
  }
  return readModel(json);
}
