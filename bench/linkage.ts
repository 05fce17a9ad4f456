// The data teams' tool on labelled sets: how many it joins, how many wrongly, and how long it takes, beside what is published.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Measured, report } from "./linkage/report.ts";
import { scoreOf } from "./linkage/score.ts";
import { FOLDER, isThere, type LabelledSet, SETS, truthOf } from "./linkage/sets.ts";
import { machine } from "./support/figures.ts";
import { writeResults } from "./support/results.ts";

const HERE = fileURLToPath(import.meta.url);
const PROGRAM = fileURLToPath(new URL(`../src/cli${extname(HERE)}`, import.meta.url));

/** Runs the tool on every set that is there, and writes what came of it; where none is, says so and writes nothing. */
export async function linkage(say: (line: string) => void): Promise<void> {
  const there = SETS.filter(isThere);
  const left = SETS.filter((set) => !there.includes(set)).map(({ name }) => name);
  if (there.length === 0) {
    say(
      "The labelled sets are not there: put FEBRL and fake_1000 into a folder and name it in LINKAGE_SETS. Nothing was measured.",
    );
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "linkage-"));
  try {
    const measured: Measured[] = [];
    for (const set of there) {
      say(set.name);
      measured.push(await measure(set, join(folder, `${measured.length}.csv`)));
    }
    const results = { bench: "linkage", at: new Date().toISOString(), machine: machine(), measured, left };
    writeResults("linkage", results, report(results));
    say(report(results));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(set: LabelledSet, out: string): Promise<Measured> {
  const { name, splink, goals, files, flags } = set;
  const inputs = files.map((file) => join(FOLDER, file));
  const began = performance.now();
  const args = [
    ...process.execArgv,
    PROGRAM,
    "match",
    files.length > 1 ? "link" : "dedupe",
    ...inputs,
    "--out",
    out,
    "--json",
    ...flags,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const seconds = (performance.now() - began) / 1_000;
  const { records, pairsCompared } = JSON.parse(stdout) as Pick<Measured, "records" | "pairsCompared">;
  return { set: { name, splink, goals }, score: scoreOf(out, truthOf(set)), records, pairsCompared, seconds };
}
