// BullMQ alone, on the same kind of store: jobs that carry an id, are not written down anywhere else, and do nothing.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createPostgresBackend, Queue, runMigrations, Worker } from "bullmq";
import { Redis } from "ioredis";
import { openEmbedded } from "../../src/store/embedded.ts";
import { serveStarter, wishesOf } from "../support/programs.ts";
import { perSecond } from "./creating.ts";

export interface RawWishes {
  /** Null for an embedded PostgreSQL of its own. */
  readonly redisUrl: string | null;
}

export type RawAsked =
  | { readonly to: "add"; readonly count: number; readonly atOnce: number }
  /** Waiting already, or due at one instant. */
  | { readonly to: "process"; readonly count: number; readonly due: "WAITING" | "AT_ONE_INSTANT" };

const QUEUE = "raw";
const CONCURRENCY = 50;
const BULK = 500;
const LEAD_MS = 2_000;
const HOURS_12 = 12 * 3_600_000;
const KEPT = { removeOnComplete: true, removeOnFail: true };

const { redisUrl } = wishesOf<RawWishes>();
const store = redisUrl === null ? await onEmbedded() : onRedis(redisUrl);
const queue = store.produce();
let made = 0;

serveStarter({}, { answer, close });

async function close(): Promise<void> {
  await queue.close();
  await store.close();
}

const nextId = (): string => `raw-${(made += 1)}`;

async function answer(asked: RawAsked): Promise<object> {
  if (asked.to === "add") {
    const add = () => {
      const id = nextId();
      return queue.add(QUEUE, { id }, { ...KEPT, jobId: id, delay: HOURS_12 + made });
    };
    return { perSecond: await perSecond(add, asked) };
  }
  return { perSecond: await processAll(asked.count, asked.due) };
}

async function processAll(count: number, due: "WAITING" | "AT_ONE_INSTANT"): Promise<number> {
  const at = Date.now() + LEAD_MS + count;
  for (let from = 0; from < count; from += BULK) {
    const jobs = Array.from({ length: Math.min(BULK, count - from) }, () => {
      const id = nextId();
      const delay = due === "WAITING" ? 0 : Math.max(0, at - Date.now());
      return { name: QUEUE, data: { id }, opts: { ...KEPT, jobId: id, delay } };
    });
    await queue.addBulk(jobs);
  }
  let done = 0;
  let finished = (): void => {};
  const all = new Promise<void>((resolve) => (finished = resolve));
  const worker = store.consume(async () => {
    done += 1;
    if (done === count) finished();
  });
  await worker.waitUntilReady();
  let began = performance.now();
  if (due === "AT_ONE_INSTANT") {
    void worker.run();
    const lead = at - Date.now();
    if (lead <= 0) throw new Error("The jobs were not queued before they fell due");
    await sleep(lead);
    began = performance.now();
  } else void worker.run();
  await all;
  const ms = performance.now() - began;
  await worker.close();
  return count / (ms / 1_000);
}

function onRedis(url: string) {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  const shared = { connection: redis, prefix: "{raw}" };
  return {
    produce: () => new Queue(QUEUE, shared),
    consume: (run: () => Promise<void>) =>
      new Worker(QUEUE, run, { ...shared, concurrency: CONCURRENCY, autorun: false }),
    close: async () => void (await redis.quit()),
  };
}

async function onEmbedded() {
  const folder = mkdtempSync(join(tmpdir(), "raw-bench-"));
  const { pool, close } = await openEmbedded({ folder: join(folder, "database") });
  const client = await pool.connect();
  await runMigrations(client, "bullmq").finally(() => client.release());
  return {
    produce: () => new Queue(QUEUE, { connection: pool }, createPostgresBackend),
    consume: (run: () => Promise<void>) =>
      new Worker(QUEUE, run, { connection: pool, concurrency: CONCURRENCY, autorun: false }, createPostgresBackend),
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
