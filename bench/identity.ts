// Identity, measured: how often the hub joins two people by mistake, how much it finds, how much it asks, and how long it takes.

import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { MATCH_POLICIES } from "../src/domain/identity.ts";
import { readFileSync } from "node:fs";
import { readModel } from "../src/domain/match-model-file.ts";
import { policiesFolder } from "../src/store/policy-files.ts";
import { TRAINING_SEED } from "./county-model.ts";
import { measureOnDatabase } from "./identity/database-part.ts";
import { measureInMemory } from "./identity/memory-part.ts";
import { report } from "./identity/report.ts";
import { machine } from "./support/figures.ts";
import { writeResults } from "./support/results.ts";

export type Say = (line: string) => void;

/** `--seed N` to repeat a run, `--records N`, `--counties N`, `--timed N` decisions on each database, 0 for none. */
export async function identity(say: Say): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      seed: { type: "string" },
      records: { type: "string", default: "400000" },
      counties: { type: "string", default: "3" },
      timed: { type: "string", default: "2000" },
    },
  });
  const began = Date.now();
  const first = values.seed === undefined ? randomInt(1_000, 1_000_000_000) : Number(values.seed);
  const seeds = Array.from({ length: Number(values.counties) }, (_, n) => first + n);
  if (seeds.includes(TRAINING_SEED)) throw new Error(`Seed ${TRAINING_SEED} made the model: choose another`);
  say(`seed ${first}; to repeat: npm run bench -- identity --seed ${first}`);
  const model = readModel(JSON.parse(readFileSync(new URL("matching/person-1.json", policiesFolder()), "utf8")));
  const records = Number(values.records);
  const inMemory = await measureInMemory({ seeds, wishes: { records, policies: MATCH_POLICIES, model }, say });
  const timed = Number(values.timed);
  const onDatabases = timed > 0 ? await measureOnDatabase({ wishes: { seed: first, records, timed }, say }) : [];
  const results = {
    bench: "identity",
    at: new Date().toISOString(),
    machine: machine(),
    seconds: Math.round((Date.now() - began) / 1_000),
    model: { version: model.version, trainedOn: model.training.trainedOn, records: model.training.records },
    inMemory,
    onDatabases,
  };
  writeResults("identity", results, report(results));
  say(report(results));
}
