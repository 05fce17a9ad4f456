// How right a file of links is.

import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";

export interface Score {
  readonly auto: number;
  readonly review: number;
  readonly wrong: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** True pairs in AUTO and REVIEW together, of all. */
  readonly recallWithReview: number;
  /** The most recall that some threshold on the weights written gives with a precision of at least 0.999. Chosen with labels. */
  readonly recallAt999: number;
}

interface Link {
  readonly weight: number;
  readonly band: string;
  readonly isTrue: boolean;
}

export function scoreOf(file: string, truth: { personOf: ReadonlyMap<string, string>; pairs: number }): Score {
  const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[];
  const links = rows.map((row): Link => {
    const [left, right] = [row["left_id"] ?? "", row["right_id"] ?? ""];
    const person = truth.personOf.get(left);
    return {
      weight: Number(row["weight"]),
      band: row["band"] ?? "",
      isTrue: person !== undefined && person === truth.personOf.get(right),
    };
  });
  const auto = links.filter(({ band }) => band === "AUTO");
  const right = auto.filter(({ isTrue }) => isTrue).length;
  const [precision, recall] = [auto.length === 0 ? 1 : right / auto.length, right / truth.pairs];
  return {
    auto: auto.length,
    review: links.length - auto.length,
    wrong: auto.length - right,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    recallWithReview: links.filter(({ isTrue }) => isTrue).length / truth.pairs,
    recallAt999: recallAt(links, truth.pairs),
  };
}

const PRECISION = 0.999;

function recallAt(links: readonly Link[], pairs: number): number {
  const sorted = links.toSorted((a, b) => b.weight - a.weight);
  let [right, best] = [0, 0];
  for (const [at, { weight, isTrue }] of sorted.entries()) {
    if (isTrue) right += 1;
    const isLastOfItsWeight = sorted[at + 1]?.weight !== weight;
    if (isLastOfItsWeight && right / (at + 1) >= PRECISION) best = Math.max(best, right / pairs);
  }
  return best;
}
