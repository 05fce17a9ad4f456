// A model as a file. Read by hand and completely: a model that is not understood must not weigh anybody.

import { COMPARISON_KINDS, type ComparisonKind } from "./compared.ts";
import { LEVELS } from "./comparisons.ts";
import type { FieldModel, LevelWeight, MatchModel, TrainingRecord } from "./match-model.ts";

type Keys = Record<string, unknown>;

/** What is wrong, with the path to it. */
export class ModelFault extends Error {
  constructor(path: string, wanted: string) {
    super(`The match model is not usable: ${path || "the file"} must be ${wanted}.`);
    this.name = "ModelFault";
  }
}

function keys(value: unknown, path: string): Keys {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ModelFault(path, "an object");
  return value as Keys;
}

function list<T>(value: unknown, path: string, read: (each: unknown, path: string) => T): readonly T[] {
  if (!Array.isArray(value)) throw new ModelFault(path, "a list");
  return value.map((each, at) => read(each, `${path}[${at}]`));
}

function text(value: unknown, path: string): string {
  if (typeof value !== "string" || value === "") throw new ModelFault(path, "a text that is not empty");
  return value;
}

function numberIn(least: number, most: number) {
  return (value: unknown, path: string): number => {
    const fits = typeof value === "number" && Number.isFinite(value) && value >= least && value <= most;
    if (!fits) throw new ModelFault(path, `a number from ${least} to ${most}`);
    return value;
  };
}

const share = numberIn(0, 1);
const bits = numberIn(-200, 200);
const count = numberIn(0, Number.MAX_SAFE_INTEGER);

function level(value: unknown, path: string): LevelWeight {
  const of = keys(value, path);
  return {
    level: text(of["level"], `${path}.level`),
    m: share(of["m"], `${path}.m`),
    u: share(of["u"], `${path}.u`),
    bits: bits(of["bits"], `${path}.bits`),
  };
}

function frequencies(value: unknown, path: string): FieldModel["frequencies"] {
  if (value === null) return null;
  const of = keys(value, path);
  const values = keys(of["values"], `${path}.values`);
  // The value itself stays out of the fault: it may be somebody's name.
  const pairs = Object.entries(values).map(([name, each]): [string, number] => [name, share(each, `${path}.values`)]);
  return { values: Object.fromEntries(pairs), otherwise: share(of["otherwise"], `${path}.otherwise`) };
}

function kindOf(value: unknown, path: string): ComparisonKind {
  const kind = COMPARISON_KINDS.find((each) => each === value);
  if (!kind) throw new ModelFault(path, `one of ${COMPARISON_KINDS.join(", ")}`);
  return kind;
}

function field(value: unknown, path: string): FieldModel {
  const of = keys(value, path);
  const kind = kindOf(of["kind"], `${path}.kind`);
  const levels = list(of["levels"], `${path}.levels`, level);
  const missing = LEVELS[kind].filter((name) => !levels.some((each) => each.level === name));
  if (missing.length > 0 || levels.length !== LEVELS[kind].length)
    throw new ModelFault(`${path}.levels`, `the levels ${LEVELS[kind].join(", ")}`);
  const columns = list(of["columns"], `${path}.columns`, text);
  if (columns.length === 0) throw new ModelFault(`${path}.columns`, "a list of at least one column");
  return {
    field: text(of["field"], `${path}.field`),
    kind,
    columns,
    ...(of["weak"] === true ? { weak: true as const } : {}),
    levels,
    frequencies: frequencies(of["frequencies"], `${path}.frequencies`),
  };
}

function twins(value: unknown): MatchModel["twins"] {
  const of = keys(value, "twins");
  const measured = of["measured"] === null ? null : keys(of["measured"], "twins.measured");
  return {
    bits: numberIn(-200, 0)(of["bits"], "twins.bits"),
    measured: measured && {
      sameHousehold: count(measured["sameHousehold"], "twins.measured.sameHousehold"),
      alsoSameBirthday: count(measured["alsoSameBirthday"], "twins.measured.alsoSameBirthday"),
    },
  };
}

function together(value: unknown): MatchModel["together"] {
  return list(value ?? [], "together", (each, path) => {
    const of = keys(each, path);
    return {
      field: text(of["field"], `${path}.field`),
      with: text(of["with"], `${path}.with`),
      bits: numberIn(-200, 0)(of["bits"], `${path}.bits`),
    };
  });
}

function training(value: unknown): TrainingRecord {
  const of = keys(value, "training");
  const number = (name: string): number => count(of[name], `training.${name}`);
  return {
    trainedOn: text(of["trainedOn"], "training.trainedOn"),
    records: number("records"),
    sources: number("sources"),
    seed: numberIn(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)(of["seed"], "training.seed"),
    pairs: number("pairs"),
    sessions: list(of["sessions"], "training.sessions", (each, path) => {
      const session = keys(each, path);
      return {
        blockedOn: text(session["blockedOn"], `${path}.blockedOn`),
        pairs: count(session["pairs"], `${path}.pairs`),
        iterations: count(session["iterations"], `${path}.iterations`),
      };
    }),
    notes: list(of["notes"], "training.notes", text),
  };
}

/** The model in a file's JSON. Throws one sentence that names the path of the first thing wrong; never a value of it. */
export function readModel(json: unknown): MatchModel {
  const of = keys(json, "");
  if (of["format"] !== 1) throw new ModelFault("format", "1");
  const clamp = keys(of["clamp"], "clamp");
  const fields = list(of["fields"], "fields", field);
  const names = fields.map((each) => each.field);
  if (new Set(names).size !== names.length) throw new ModelFault("fields", "a list that names each field once");
  return {
    format: 1,
    version: text(of["version"], "version"),
    prior: bits(of["prior"], "prior"),
    fields,
    twins: twins(of["twins"]),
    together: together(of["together"]) ?? [],
    clamp: {
      least: numberIn(-200, 0)(clamp["least"], "clamp.least"),
      most: numberIn(0, 200)(clamp["most"], "clamp.most"),
    },
    training: training(of["training"]),
  };
}

/** The model as a file: the same model is always the same text, with its parts in the same order. */
export const writeModel = (model: MatchModel): string => `${JSON.stringify(readModel(model), null, 2)}\n`;
