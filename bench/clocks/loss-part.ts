// What the queues hold, and how long the hub does without: a Redis that was emptied, a worker that died in the middle of its work.

import { setTimeout as sleep } from "node:timers/promises";
import { type Spread, spreadOf } from "../support/figures.ts";
import { type Program, startProgram } from "../support/programs.ts";
import type { OwnRedis } from "../support/redis.ts";
import { type Amounts, type Engine, startHub } from "./engine-part.ts";
import type { Asked } from "./hub.ts";
import type { WorkerWishes } from "./worker.ts";

export interface LossOptions {
  readonly settings: Engine["settings"];
  readonly own: OwnRedis;
  readonly amounts: Amounts;
  readonly say: (line: string) => void;
}

const POLL_MS = 20;
const PATIENCE_MS = 60_000;
/** The sweep runs so often: a killing or an emptying strikes at another moment between two of them in each round. */
const SWEEP_MS = 10_000;
/** Until what is owed falls due, once it is written. */
const SOON_MS = 1_500;
/** From taking a job until it waits in the middle of it. */
const DEEP_IN_MS = 500;
const DELAYED = "{hub}:lateness:delayed";
const ACTIVE = "{hub}:lateness:active";
const EPOCH = "{hub}:epoch";

export async function measureLoss({ settings, own, amounts, say }: LossOptions) {
  const hub = await startHub(settings);
  const ask = <Answer>(asked: Asked): Promise<Answer> => hub.ask<Answer>(asked);
  const workers: Program<object>[] = [];
  const work = async (): Promise<Program<object>> => {
    const worker = await startProgram<object>({
      at: new URL("./worker", import.meta.url),
      wishes: { settings } satisfies WorkerWishes,
    });
    workers.push(worker);
    return worker;
  };
  try {
    const memory = await alarmsInMemory({ own, ask, amounts });
    say(`memory: ${JSON.stringify(memory)}`);
    await ask({ to: "fill", count: amounts.outstanding, days: amounts.days });
    const { ms } = await ask<{ ms: number }>({ to: "refill" });
    const queued = await own.redis.zcard(DELAYED);
    say(`horizon: ${queued} of ${amounts.outstanding} queued in ${Math.round(ms)} ms`);
    let alive = await work();
    const killed: number[] = [];
    const flushed: Flushed[] = [];
    for (let round = 0; round < amounts.rounds; round += 1) {
      const next = { round: round / amounts.rounds, own, ask };
      flushed.push(await flush(next));
      say(`flushed ${round + 1}/${amounts.rounds}: ${JSON.stringify(flushed.at(-1))}`);
    }
    for (let round = 0; round < amounts.rounds; round += 1) {
      const { ms: resumed, heir } = await kill({ round: round / amounts.rounds, own, ask, victim: alive, work });
      alive = heir;
      killed.push(resumed);
      say(`killed ${round + 1}/${amounts.rounds}: ${Math.round(resumed)} ms`);
    }
    return {
      memory,
      horizon: { outstanding: amounts.outstanding, days: amounts.days, queued, refillMs: ms },
      flushed: spreads(flushed),
      killed: spreadOf(killed),
    };
  } finally {
    await Promise.all([...workers, hub].map((program) => program.stop()));
  }
}

type Ask = <Answer>(asked: Asked) => Promise<Answer>;

interface Memory {
  readonly alarms: number;
  readonly bytesEach: number;
}

async function alarmsInMemory(parts: { own: OwnRedis; ask: Ask; amounts: Amounts }): Promise<Memory> {
  const { own, ask, amounts } = parts;
  // The first alarm also makes the queue.
  await ask({ to: "ring", count: 1 });
  await sleep(DEEP_IN_MS);
  const before = { bytes: await usedMemory(own), alarms: await own.redis.zcard(DELAYED) };
  await ask({ to: "ring", count: amounts.alarms });
  const alarms = (await own.redis.zcard(DELAYED)) - before.alarms;
  const bytesEach = ((await usedMemory(own)) - before.bytes) / alarms;
  await own.redis.flushall();
  return { alarms, bytesEach };
}

async function usedMemory({ redis }: OwnRedis): Promise<number> {
  const [, bytes] = /^used_memory:(\d+)/m.exec(await redis.info("memory")) ?? [];
  return Number(bytes);
}

interface Round {
  /** How far between two sweeps it strikes, from 0 to 1. */
  readonly round: number;
  readonly own: OwnRedis;
  readonly ask: Ask;
}

interface Flushed {
  readonly noticedMs: number;
  readonly refilledMs: number;
  /** From the instant at which something fell due whose alarm was lost until it went on record. */
  readonly overdueMs: number;
}

async function flush({ round, own, ask }: Round): Promise<Flushed> {
  const { redis } = own;
  await until(async () => (await redis.exists(EPOCH)) === 1);
  await sleep(SWEEP_MS * round);
  const queued = await redis.zcard(DELAYED);
  const { dueAt } = await ask<{ dueAt: number }>({ to: "owe", inMs: SOON_MS });
  await redis.flushall();
  const from = performance.now();
  const done = ask<{ at: number }>({ to: "await" });
  await until(async () => (await redis.exists(EPOCH)) === 1);
  const noticedMs = performance.now() - from;
  await until(async () => (await redis.zcard(DELAYED)) >= queued);
  const refilledMs = performance.now() - from;
  return { noticedMs, refilledMs, overdueMs: (await done).at - dueAt };
}

interface Killing extends Round {
  readonly victim: Program<object>;
  readonly work: () => Promise<Program<object>>;
}

/** Kills the only worker in the middle of its work, once another one is there; the other is the next one's victim. */
async function kill({ round, own, ask, victim, work }: Killing) {
  await ask({ to: "oweHeld", inMs: SOON_MS });
  await until(async () => (await own.redis.llen(ACTIVE)) > 0);
  await sleep(DEEP_IN_MS);
  const heir = await work();
  await sleep(SWEEP_MS * round);
  await victim.kill();
  const from = Date.now();
  await ask({ to: "letGo" });
  const { at } = await ask<{ at: number }>({ to: "await" });
  return { ms: at - from, heir };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const limit = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > limit) throw new Error("What is measured did not happen within a minute");
    await sleep(POLL_MS);
  }
}

const spreads = (all: readonly Flushed[]): Record<keyof Flushed, Spread> => ({
  noticedMs: spreadOf(all.map(({ noticedMs }) => noticedMs)),
  refilledMs: spreadOf(all.map(({ refilledMs }) => refilledMs)),
  overdueMs: spreadOf(all.map(({ overdueMs }) => overdueMs)),
});
