// The passes by which a model learns how records of one person agree: each looks at pairs that agree on one thing, and learns
// about everything else.

import type { ComparisonSpec } from "./compared.ts";
import { type Comparer, firstColumn } from "./comparisons.ts";
import { PatternCounter, type Pattern } from "./level-patterns.ts";
import { blocksOn, eachPair, LARGEST_BLOCK, type TrainingRecordInput } from "./training-pairs.ts";
import { nth } from "./nth.ts";

/** A pass, and what it saw. */
export interface Session {
  readonly columns: readonly string[];
  readonly patterns: readonly Pattern[];
  readonly pairs: number;
  /** What share of the pairs was looked at. */
  readonly kept: number;
  readonly note: string | null;
}

const MOST_SESSIONS = 3;

const columnOf = (specs: readonly ComparisonSpec[], kind: ComparisonSpec["kind"]): string | undefined =>
  specs.find((spec) => spec.kind === kind)?.columns[0];

/** What to agree on, best first: a birthday; a name; a number or mailbox of one's own; where none of those is there, two columns. */
export function sessionColumns(specs: readonly ComparisonSpec[]): readonly (readonly string[])[] {
  const born = columnOf(specs, "born");
  const forename = columnOf(specs, "forename");
  const surname = columnOf(specs, "household") ?? columnOf(specs, "surname");
  const own = specs.filter((spec) => !spec.weak && (spec.kind === "identifier" || spec.kind === "email"));
  const first = [
    ...(born === undefined ? [] : [[born]]),
    ...(forename === undefined || surname === undefined ? [] : [[forename, surname]]),
    ...own.map((spec) => [firstColumn(spec)]),
  ];
  if (first.length > 1) return first.slice(0, MOST_SESSIONS);
  const others = specs.filter((spec) => !first.flat().includes(firstColumn(spec))).map((spec) => firstColumn(spec));
  const pairs = others.flatMap((one, at) => others.slice(at + 1).map((other) => [one, other]));
  return [...first, ...pairs].slice(0, MOST_SESSIONS);
}

/** The comparisons that a session teaches about: those that do not look at what its pairs were chosen by. Of two who share a forename
 *  the sex says nothing more. */
export const usedIn = (specs: readonly ComparisonSpec[], columns: readonly string[]): readonly number[] => {
  const forename = columnOf(specs, "forename");
  const named = forename !== undefined && columns.includes(forename);
  return specs.flatMap((spec, at) =>
    spec.columns.some((column) => columns.includes(column)) || (named && spec.kind === "sex") ? [] : [at],
  );
};

export interface Learning {
  readonly records: readonly TrainingRecordInput[];
  /** Sources that hold nobody twice: two of their records are two people. */
  readonly registers: ReadonlySet<string>;
  readonly comparers: readonly Comparer[];
  readonly random: () => number;
}

/** Looks at all pairs that agree on `columns` and could be one person. */
export function runSession({ records, registers, comparers, random }: Learning, columns: readonly string[]): Session {
  const { blocks, kept, skipped, largest } = blocksOn(records, columns, random);
  const counter = new PatternCounter(comparers);
  eachPair(blocks, (one, other) => {
    const a = nth(records, one);
    const b = nth(records, other);
    if (a.source !== b.source || !registers.has(a.source)) counter.add(a.compared, b.compared);
  });
  const on = columns.join(" and ");
  return {
    columns,
    patterns: counter.list(),
    pairs: counter.pairs,
    kept,
    note:
      skipped === 0
        ? null
        : `in more than ${LARGEST_BLOCK} records, so left out of the pass on ${on}: ${skipped} of its values (the commonest in ${largest} records)`,
  };
}
