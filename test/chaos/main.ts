// npm run chaos -- [--runs N] [--seed N] [--no-sweep]: things go wrong at random, and nothing may be lost or done twice.
// The last line tells; see docs/chaos.md.

import "reflect-metadata";
import { parseArgs } from "node:util";
import { type Chaos, startChaos } from "./chaos.ts";
import { missingServers } from "./servers.ts";
import { report, tally } from "./report.ts";

const { values } = parseArgs({
  allowNegative: true,
  options: {
    runs: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    sweep: { type: "boolean", default: true },
  },
});
const wholeNumber = (name: "runs" | "seed") => {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 0) return number;
  process.stderr.write(`--${name}: give a whole number\n`);
  return process.exit(2);
};
const [runs, seed] = [wholeNumber("runs"), wholeNumber("seed")];
const missing = await missingServers();
if (missing.length > 0) {
  process.stderr.write(
    `Chaos stops and kills servers of its own, and these are not installed: ${missing.join(", ")}\n`,
  );
  process.exit(2);
}

let chaos: Chaos | null = null;
const stop = () => void (chaos?.close() ?? Promise.resolve()).finally(() => process.exit(130));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);

const began = Date.now();
const sum = tally();
chaos = await startChaos({ sweeps: values.sweep });
try {
  for (let run = 1; run <= runs; run += 1) {
    const result = await chaos.run(seed + run - 1);
    sum.add(result);
    if (result.problems.length > 0 || run % 10 === 0 || run === runs)
      process.stderr.write(`${run}/${runs} seed ${result.seed} (${result.faults.join(", ")}): ${sum.line()}\n`);
  }
} finally {
  await chaos.close();
}
const { line, problems, isWell } = report(sum, Math.round((Date.now() - began) / 1_000));
for (const each of problems) process.stderr.write(`${each}\n`);
process.stdout.write(`${line}\n`);
process.exit(isWell ? 0 : 1);
