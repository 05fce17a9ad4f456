// What all runs came to, in one line.

import { groupBy } from "../../src/domain/group.ts";
import type { Problem, Wrong } from "./findings.ts";
import type { RunResult } from "./run.ts";

export interface Tally {
  add(result: RunResult): void;
  line(): string;
  readonly results: readonly RunResult[];
}

/** The value that so much of all (0 to 1) does not exceed; 0 of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

const countWrong = (problems: readonly Problem[], wrong: Wrong): number =>
  problems.filter((each) => each.wrong === wrong).reduce((sum, { count }) => sum + count, 0);

export function tally(): Tally {
  const results: RunResult[] = [];
  return {
    results,
    add: (result) => void results.push(result),
    line() {
      const problems = results.flatMap((each) => each.problems);
      const lateness = results.flatMap((each) => each.lateness);
      const p99 = quantile(
        lateness.map(({ ms }) => ms),
        0.99,
      );
      const calm = lateness.filter((each) => each.calm).map(({ ms }) => ms);
      return [
        `runs ${results.length} lost ${countWrong(problems, "lost")} doubled ${countWrong(problems, "doubled")}`,
        `latenessP99 ${p99} ms (undisturbed ${quantile(calm, 0.99)} ms)`,
        `early ${countWrong(problems, "early")} wrong ${countWrong(problems, "wrong")}`,
        `resent ${results.reduce((sum, { resent }) => sum + resent, 0)}`,
      ].join(" ");
    },
  };
}

const MOST = 10;

/** The line that counts, and what is wrong first. */
export function report(sum: Tally, seconds: number) {
  const { results } = sum;
  const total = (of: "obligations" | "effects") => results.reduce((all, each) => all + each[of], 0);
  const faults = groupBy(
    results.flatMap((each) => each.faults),
    (kind) => kind,
  );
  const kinds = [...faults].map(([kind, all]) => `${kind} ${all.length}`).sort();
  const wrong = results.flatMap(({ seed, problems }) => problems.map((each) => ({ seed, ...each })));
  const restless = results.filter(({ rested }) => !rested);
  return {
    line: `${sum.line()} obligations ${total("obligations")} effects ${total("effects")} faults ${kinds.join(", ") || "none"} seconds ${seconds}`,
    problems: [
      ...wrong.slice(0, MOST).map(({ seed, wrong: how, what, count }) => `seed ${seed}: ${how} ${count}: ${what}`),
      ...restless.map(({ seed }) => `seed ${seed}: did not come to rest in its time`),
    ],
    isWell: wrong.length === 0 && restless.length === 0,
  };
}
