// `hub match`: for agencies' data teams. Which records of one file or two are one person; what is certain, and what a person must
// decide. It needs no database and no server, sends nothing anywhere, and changes nothing in the hub.

import { resolve } from "node:path";
import { openOutput, writeAll, writeLinks } from "./cli-match-write.ts";
import { fieldsOfAll, learn, modelIn } from "./cli-match-model.ts";
import { makeProgress, type Progress } from "./cli-match-progress.ts";
import { type FileRead, headOf, plansOf, readAll } from "./cli-match-read.ts";
import { shownKeys, shownLeftOut, shownNotes, shownPlan, shownSummary, type Summary } from "./cli-match-show.ts";
import { kindOfField } from "./domain/match-columns.ts";
import { GUARD_POLICIES, type GuardPolicy } from "./domain/match-guards.ts";
import { mapPairs } from "./domain/match-mapping.ts";
import { writeModel } from "./domain/match-model-file.ts";
import { type Compareds, compareAll, type Running } from "./domain/match-run.ts";
import type { NameWords } from "./domain/compared.ts";
import { makeNameWords } from "./store/name-words.ts";

export interface MatchFlags {
  readonly out: string;
  readonly id?: string;
  readonly map?: string;
  readonly ignore?: string;
  readonly model?: string;
  readonly train?: boolean;
  readonly saveModel?: string;
  readonly policy?: string;
  readonly report?: string;
  readonly seed?: string;
  readonly json?: boolean;
}

const tell = (lines: string | readonly string[]): void => {
  for (const line of [lines].flat()) process.stderr.write(`${line}\n`);
};

const listOf = (text: string | undefined): string[] =>
  (text ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);

/** Finds the records of two files that are one person's. */
export const link = (left: string, right: string, flags: MatchFlags): Promise<void> => match([left, right], flags);

/** Finds the records of one file that are one person's. */
export const dedupe = (file: string, flags: MatchFlags): Promise<void> => match([file], flags);

function policyOf(named = "auto"): GuardPolicy {
  const policy = GUARD_POLICIES.find((each) => each === named);
  if (!policy) throw new Error(`--policy: use one of ${GUARD_POLICIES.join(", ")}`);
  return policy;
}

/** Looks at everything that will be written before anything is read: an hour's work is not lost to a mistyped folder. */
function outputsOf(flags: MatchFlags, inputs: readonly string[]) {
  const named = [flags.out, flags.saveModel, flags.report].flatMap((file) =>
    file === undefined ? [] : [resolve(file)],
  );
  if (new Set(named).size < named.length)
    throw new Error("--out, --save-model and --report name one file; each needs its own");
  const output = (flag: string, file: string | undefined) =>
    file === undefined ? null : openOutput(flag, file, inputs);
  return {
    out: openOutput("--out", flags.out, inputs),
    saved: output("--save-model", flags.saveModel),
    report: output("--report", flags.report),
  };
}

async function read(inputs: readonly string[], flags: MatchFlags, words: NameWords): Promise<FileRead[]> {
  const heads = [];
  for (const file of inputs) heads.push(await headOf(file));
  const plans = plansOf(heads, { pairs: mapPairs(flags.map), ignore: listOf(flags.ignore), ids: listOf(flags.id) });
  const files: FileRead[] = [];
  for (const plan of plans) {
    tell([shownPlan(plan), ""]);
    const file = await readAll(plan, words);
    files.push(file);
    tell(shownNotes(file.notes));
  }
  return files;
}

async function match(inputs: readonly string[], flags: MatchFlags): Promise<void> {
  const policy = policyOf(flags.policy);
  if (flags.model !== undefined && (flags.train || flags.saveModel !== undefined))
    throw new Error("Give --model, or --train and --save-model: a model from a file is not trained");
  if (inputs.length > 1 && new Set(inputs).size === 1)
    throw new Error("The two files are one; use `hub match dedupe` for one file");
  const given = flags.model === undefined ? null : modelIn(flags.model);
  const { out, saved, report } = outputsOf(flags, inputs);
  const began = performance.now();
  const words = makeNameWords();
  const onProgress = makeProgress();
  const files = await read(inputs, flags, words);
  const fields = fieldsOfAll(files);
  if (fields.length === 0)
    throw new Error("The two files have no field in common; say what their columns are with --map column=field,...");
  const { families, train } = learn({
    files,
    words,
    seed: Number(flags.seed ?? 1),
    version: "self-trained",
    onProgress,
  });
  const model = given ?? train();
  tell(shownLeftOut({ files, fields, model }));
  const numbers = fields.filter((field) => kindOfField(field) === "identifier");
  const guarding = { policy, words, numbers, families: families.shown || model.twins.measured !== null };
  const running: Running = { records: recordsOf(files, fields), model, guarding, onProgress };
  const { pairs, compared, keys } = compareAll(running);
  tell(shownKeys(keys));
  const summary: Summary = {
    records: files.map(({ table }) => table.size),
    pairsCompared: compared,
    keysSkipped: (keys ?? []).reduce((sum, { skipped }) => sum + skipped, 0),
    links: {
      AUTO: pairs.filter(({ band }) => band === "AUTO").length,
      REVIEW: pairs.filter(({ band }) => band === "REVIEW").length,
    },
    policy,
    families: { shown: guarding.families, relatives: families.relatives, twins: families.twins },
    model: { origin: originOf(flags.model), version: model.version, prior: model.prior, notes: model.training.notes },
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
  await writeAll([out, saved, report], async () => {
    saved?.write(writeModel(model));
    report?.write(`${JSON.stringify({ ...summary, files: files.map(({ notes }) => notes), keys }, null, 2)}\n`);
    await writeLinks(out, running, { pairs, ids: files.flatMap(({ ids }) => ids) });
  });
  tell(shownSummary(summary));
  if (flags.json) console.log(JSON.stringify(summary, null, 2));
}

const originOf = (file: string | undefined): string =>
  file === undefined ? "learnt from these files, without labels" : `from ${file}`;

/** Up to so many records are kept ready to compare; more are made for each pair, which takes less memory and more time. */
const KEPT_READY = 400_000;

/** All records one after the other, with the fields that all files have. */
function recordsOf(files: readonly FileRead[], fields: readonly string[]): Compareds {
  const [first, second] = files.map(({ table }) => table);
  if (!first) throw new Error("There is no file to read");
  const count = first.size + (second?.size ?? 0);
  const at = (row: number) => (second && row >= first.size ? second.record(row - first.size) : first.record(row));
  const ready = count <= KEPT_READY ? Array.from({ length: count }, (_, row) => at(row)) : null;
  return { count, split: second ? first.size : null, fields, at: ready ? (row) => ready[row] ?? at(row) : at };
}

export interface TrainFlags extends Pick<MatchFlags, "out" | "id" | "map" | "ignore" | "seed" | "json"> {
  readonly name?: string;
}

/** Makes a model from files, offline. It is used only where somebody names it with --model. */
export async function train(inputs: readonly string[], flags: TrainFlags): Promise<void> {
  const { out } = outputsOf(flags, inputs);
  const words = makeNameWords();
  const onProgress: Progress = makeProgress();
  const files = await read(inputs, flags, words);
  if (fieldsOfAll(files).length === 0)
    throw new Error("The files have no field in common; say what their columns are with --map column=field,...");
  const version = flags.name ?? `local-${new Date().toISOString().slice(0, 10)}`;
  const model = learn({ files, words, seed: Number(flags.seed ?? 1), version, onProgress }).train();
  await writeAll([out], () => out.write(writeModel(model)));
  tell(
    `Model ${version}: ${model.fields.length} comparisons, from ${model.training.records} records and ${model.training.pairs} pairs`,
  );
  tell(model.training.notes);
  if (flags.json)
    console.log(JSON.stringify({ version, prior: model.prior, training: model.training, twins: model.twins }, null, 2));
}
