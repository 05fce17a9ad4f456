// How a model is made from records, offline and without anybody telling which of them are one person. The same records and the
// same seed make the same model. What is learnt, in order: how often different people agree (`u`), how often records of one person
// agree (`m`), how many pairs are one person (the prior), what agrees together, and what twins agree on.

import type { ComparisonSpec, NameWords } from "./compared.ts";
import { comparerOf } from "./comparisons.ts";
import type { Register } from "./exact-shares.ts";
import { likelihoodOf } from "./expectation.ts";
import { frequenciesOf } from "./frequencies.ts";
import { learnMatches } from "./learning.ts";
import { levelWeights, rounded } from "./level-bits.ts";
import type { MatchModel } from "./match-model.ts";
import { seeded } from "./seeded.ts";
import { measureTogether } from "./together.ts";
import { pairsWithin, sampleDifferent } from "./training-different.ts";
import type { TrainingRecordInput } from "./training-pairs.ts";
import { runSession, sessionColumns } from "./training-sessions.ts";
import { measureTwins } from "./twins.ts";
import { neverCompared, silenced } from "./unseen.ts";
import { nth } from "./nth.ts";

export type { TrainingRecordInput } from "./training-pairs.ts";

export interface Training {
  readonly records: readonly TrainingRecordInput[];
  /** Sources that hold nobody twice. Two records of one of them are two people: from these it is learnt how often different people
   *  agree. Empty for a file that is to be rid of doubles. */
  readonly registers: ReadonlySet<string>;
  readonly specs: readonly ComparisonSpec[];
  readonly words: NameWords;
  readonly seed: number;
  readonly version: string;
  /** The day, for the training record: `2026-11-22`. */
  readonly trainedOn: string;
  /** Told how far it is, from 0 to 1, and with what. */
  readonly onProgress?: (share: number, doing: string) => void;
}

/** What one comparison may be worth, in bits. No slip of the pen rules somebody out; no single number proves anything. */
const CLAMP = { least: -14, most: 18 } as const;

function registersOf(records: readonly TrainingRecordInput[], names: ReadonlySet<string>): readonly Register[] {
  const bySource = new Map<string, TrainingRecordInput[]>();
  for (const record of records) {
    if (!names.has(record.source)) continue;
    const register = bySource.get(record.source);
    if (register) register.push(record);
    else bySource.set(record.source, [record]);
  }
  return [...bySource.values()].filter((register) => register.length > 1);
}

function lookAndLearn(training: Training) {
  const { records, specs, words, onProgress } = training;
  const random = seeded(training.seed);
  const comparers = specs.map((spec) => comparerOf(spec, { words }));
  const registers = registersOf(records, training.registers);
  const apart = registers.length > 0;
  onProgress?.(0, "pairs of different people");
  const different = sampleDifferent({ records, registers, specs, comparers, random });
  const columns = sessionColumns(specs);
  const sessions = columns.map((on, at) => {
    onProgress?.((at + 1) / (columns.length + 2), `pairs that agree on ${on.join(" and ")}`);
    return runSession({ records, registers: training.registers, comparers, random }, on);
  });
  onProgress?.((columns.length + 1) / (columns.length + 2), "what they agree on");
  const possible = Math.max(pairsWithin([records]) - pairsWithin(registers), 1);
  const born = specs.findIndex((spec) => spec.kind === "born");
  const twins = measureTwins(registers, { specs, comparers, random, sameBirthday: different.u[born]?.[0] ?? 1 });
  const learnt = learnMatches(
    { specs, sessions, different: different.patterns, possible, apart, twins: twins.bits },
    different.u,
  );
  return { apart, different, sessions, learnt: silenced(specs, learnt, different.patterns), twins };
}

/**
 * Makes a model. Takes some seconds for ten thousand records and under a minute for half a million; keeps counts, never pairs.
 * The notes of the training record say what there was too little of: too few records make a model that knows little.
 */
export function trainModel(training: Training): MatchModel {
  const { records, specs, onProgress } = training;
  const { apart, different, sessions, learnt, twins } = lookAndLearn(training);
  const levels = specs.map((spec, at) => levelWeights(spec, { m: nth(learnt.m, at), u: nth(learnt.u, at) }, CLAMP));
  const every = specs.map((_, at) => at);
  const together = measureTogether(
    {
      specs,
      patterns: different.patterns,
      different: (pattern) => (apart ? 1 : 1 - likelihoodOf(pattern.levels, learnt, every)),
    },
    levels.map(([best]) => best?.bits ?? 0),
  );
  const compared = records.map((record) => record.compared);
  const fields = specs.map((spec, at) => ({
    ...spec,
    levels: nth(levels, at),
    frequencies: frequenciesOf(spec, compared),
  }));
  onProgress?.(1, "done");
  return {
    format: 1,
    version: training.version,
    prior: rounded(Math.log2(learnt.share / (1 - learnt.share))),
    fields,
    twins,
    together,
    clamp: CLAMP,
    training: {
      trainedOn: training.trainedOn,
      records: records.length,
      sources: new Set(records.map(({ source }) => source)).size,
      seed: training.seed,
      pairs: different.pairs + sessions.reduce((sum, session) => sum + session.pairs, 0),
      sessions: learnt.sessions,
      notes: [
        ...sessions.flatMap(({ note }) => note ?? []),
        ...learnt.notes,
        ...neverCompared(specs, different.patterns),
      ],
    },
  };
}
