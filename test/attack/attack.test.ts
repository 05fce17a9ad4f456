// The attack suite: what OWASP's lists for APIs and for GraphQL name, tried on a hub that runs, over real sockets. Tokens have a suite of
// their own. While all of it goes on somebody else works, and at its end the hub must not have grown.

import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documents } from "./documents.ts";
import { injection } from "./injection.ts";
import { others } from "./others.ts";
import { outwards } from "./outwards.ts";
import { requests } from "./requests.ts";
import { slowness } from "./slowness.ts";
import { type AttackWorld, startAttackWorld } from "./world.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

let world: AttackWorld;
let before: number;
const waits: number[] = [];
const over = new AbortController();
let atWork: Promise<void>;

/** Somebody who works while the hub is attacked: every question of theirs is answered. */
async function work(): Promise<void> {
  while (!over.signal.aborted) {
    const began = performance.now();
    const ask = () => world.as("agency-developer", "{ me { role } }");
    // While every connection is taken there is none for them either; the next attempt finds one.
    const { data } = await ask().catch(() => setTimeout(500).then(ask));
    if (data?.me?.role !== "AGENCY_DEVELOPER") throw new Error("Somebody who works was not answered");
    waits.push(performance.now() - began);
    await setTimeout(200);
  }
}

beforeAll(async () => {
  world = await startAttackWorld();
  await world.as("agency-developer", "{ me { role } }");
  collectGarbage();
  before = process.memoryUsage().heapUsed;
  atWork = work();
});
afterAll(async () => {
  over.abort();
  await world?.close();
});

describe("against the hub,", () => {
  documents(() => world);
  requests(() => world);
  others(() => world);
  injection(() => world);
  outwards(() => world);
  slowness(() => world);

  it("nothing that was tried held up somebody else, or stayed in its memory", async () => {
    over.abort();
    await atWork;
    // What only waits to be let go of is let go of by then.
    await setTimeout(200);
    collectGarbage();
    await setTimeout(200);
    collectGarbage();
    const grown = (process.memoryUsage().heapUsed - before) / 1024 / 1024;
    const sorted = waits.toSorted((a, b) => a - b);
    const [half, most] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map(
      (ms) => `${Math.round(ms ?? 0)} ms`,
    );
    process.stdout.write(
      `Somebody else asked ${waits.length} times meanwhile: median ${half}, longest ${most}; heap grew by ${grown.toFixed(1)} MB\n`,
    );
    expect(waits.length).toBeGreaterThan(0);
    expect(grown).toBeLessThan(96);
  });
});
