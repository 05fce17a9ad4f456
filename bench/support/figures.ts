// What figures are made of, and what must be said beside them.

import { availableParallelism, cpus, totalmem } from "node:os";

/** The middle of several rounds, with the extremes: on a shared machine one round says little. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly rounds: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const half = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2;
  return { median, min: at(0), max: at(sorted.length - 1), rounds: sorted.length };
}

/** The machine, as far as a reader needs it to judge figures; neither its name nor any path on it. */
export const machine = () => ({
  cores: availableParallelism(),
  processor: cpus()[0]?.model.trim() ?? "unknown",
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
});

/** Whether a goal is reached, in the same words whichever way it went. */
export const reached = (is: boolean): string => (is ? "reached" : "**not reached**");

/** `1 234 (1 100-1 300)` */
export const shown = ({ median, min, max }: Spread, digits = 0): string =>
  `${number(median, digits)} (${number(min, digits)}-${number(max, digits)})`;

export const number = (value: number, digits = 0): string =>
  value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A table in Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
