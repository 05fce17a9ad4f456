// The figures as a page to read.

import { type machine, number, reached, table } from "../support/figures.ts";
import type { Score } from "./score.ts";
import type { LabelledSet } from "./sets.ts";

export interface Measured {
  readonly set: Pick<LabelledSet, "name" | "splink" | "goals">;
  readonly score: Score;
  readonly records: readonly number[];
  readonly pairsCompared: number;
  /** From the start of the program to its end. */
  readonly seconds: number;
}

export interface Results {
  readonly at: string;
  readonly machine: ReturnType<typeof machine>;
  readonly measured: readonly Measured[];
  readonly left: readonly string[];
}

const share = (value: number | null | undefined): string =>
  value === null || value === undefined ? "-" : value.toFixed(4);

export const report = ({ at, machine: m, measured, left }: Results): string => `# linkage

Written by \`npm run bench -- linkage\` on ${at.slice(0, 10)}. ${m.cores} cores (${m.processor}), ${m.memoryGb} GB, ${m.platform}, Node ${m.node}.
The tool runs as a program on each set, as a data team would run it: no labels, no model, no settings but those named. The sets' truth is in their ids or in a column that the tool leaves out by itself.${left.map((name) => `\n${name} was not measured: its files are not there.`).join("")}

## What it joins by itself (AUTO)

${table(
  ["set", "records", "precision", "recall", "F1", "wrong", "recall with REVIEW", "waiting in REVIEW", "goals"],
  measured.map(({ set, score, records }) => [
    set.name,
    records.map((count) => number(count)).join(" + "),
    share(score.precision),
    share(score.recall),
    share(score.f1),
    number(score.wrong),
    share(score.recallWithReview),
    number(score.review),
    goalsOf(set, score),
  ]),
)}

## Beside Splink's published figures

Splink was **not run** here: its columns are read out of the charts in its own notebooks, and "-" says that none was found. "Without labels" is AUTO here and its model's probability of 0.99 there (the same odds, a hundred to one). "At precision 0.999" is the threshold on the weights that is best with the labels known, on both sides.

${table(
  ["set", "recall without labels", "Splink", "recall at precision 0.999", "Splink", "Splink's source"],
  measured.map(({ set, score }) => [
    set.name,
    share(score.recall),
    share(set.splink?.recallUnlabelled),
    share(score.recallAt999),
    share(set.splink?.recallAt999),
    set.splink?.source ?? "-",
  ]),
)}

Part of a difference is which columns are used: the tool takes every column of a file that tells people apart. These sets are easy (FEBRL is made by a program, with known slips) or small; figures on real records are lower, and a threshold must be set on records of one's own that people have labelled.

## What it takes

${table(
  ["set", "pairs compared", "seconds, all in", "pairs a second"],
  measured.map(({ set, pairsCompared, seconds }) => [
    set.name,
    number(pairsCompared),
    number(seconds, 1),
    number(pairsCompared / seconds),
  ]),
)}

Seconds hold everything: starting the program, reading, learning the model, comparing, deciding, explaining, writing.`;

function goalsOf({ goals }: Measured["set"], score: Score): string {
  const said = [`precision ${goals.precision}: ${reached(score.precision >= goals.precision)}`];
  if (goals.recall !== null) said.push(`recall ${goals.recall}: ${reached(score.recall >= goals.recall)}`);
  if (goals.recallAt999 !== null)
    said.push(`recall ${goals.recallAt999} at precision 0.999: ${reached(score.recallAt999 >= goals.recallAt999)}`);
  return said.join("; ");
}
