// BullMQ on Redis. Producers fail fast, since a row already holds what they would say; workers wait for Redis to return.

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { type Engine, type Report, within } from "./queue-engine.ts";
import type { JobData } from "./queue-job.ts";

const AWAY_MS = 2_000;
const MOST_AT_ONCE = 500;

const EACH = {
  disconnectTimeout: 200,
  retryStrategy: (times: number): number => Math.min(100 * 2 ** times, 5_000),
};

/** As `answer` of the engine: a connection on its way gets two seconds, a lost one none. */
async function answering(redis: Redis): Promise<void> {
  if (redis.status === "connecting" || redis.status === "connect") {
    await once(redis, "ready", { signal: AbortSignal.timeout(AWAY_MS) }).catch(() => {});
  }
  if (redis.status !== "ready") throw new Error(`Redis does not answer (${redis.status})`);
}

/** The two settings without which Redis forgets: `noeviction` and `appendonly`, read from INFO as CONFIG may be forbidden. */
export function redisWarnings(info: string): string[] {
  const setting = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1]?.trim();
  const policy = setting("maxmemory_policy");
  const warnings: string[] = [];
  if (policy !== undefined && policy !== "noeviction")
    warnings.push(
      `Redis may drop alarms when its memory is full: set maxmemory-policy to noeviction (it is ${policy}).`,
    );
  if (setting("aof_enabled") === "0") warnings.push("Redis loses its alarms when it stops: set appendonly to yes.");
  return warnings;
}

/** The tag in braces keeps all the hub's keys in one slot of a cluster. */
const keysOf = (prefix: string): string => `{${prefix}}`;

export function makeRedisEngine(url: string, prefix: string, report: Report): Engine {
  const open: Redis[] = [];
  const watched = (redis: Redis): Redis => {
    open.push(redis);
    return redis.on("error", (error: unknown) => report({ doing: "keeping the connection to Redis", error }));
  };
  const producing = watched(
    new Redis(url, {
      ...EACH,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: AWAY_MS,
    }),
  );
  let consuming: Redis | null = null;

  function consumer(): Redis {
    if (consuming) return consuming;
    const redis = watched(new Redis(url, { ...EACH, maxRetriesPerRequest: null }));
    // Each worker blocks on a duplicate: known here, so that closing can end those that Redis never answered.
    const duplicate = redis.duplicate.bind(redis);
    redis.duplicate = (options) => watched(duplicate(options));
    return (consuming = redis);
  }

  const shared = { prefix: keysOf(prefix) };
  return {
    mostAtOnce: MOST_AT_ONCE,
    bulkFrom: 2,
    prepare: async () => {},
    answer: () => answering(producing),
    async ping() {
      await answering(producing);
      await producing.ping();
    },
    produce(name) {
      // No version check here: it would be tried once, and a Redis away in that moment would break the queue for good.
      const options = { ...shared, connection: producing, skipVersionCheck: true };
      return new Queue<JobData>(name, options).on("error", () => {});
    },
    consume(name, process, options) {
      const worker = new Worker<JobData>(name, process, { ...shared, ...options, connection: consumer() });
      return worker.on("error", (error) => report({ doing: `working on the ${name} queue`, error }));
    },
    async claimEpoch() {
      return (await producing.set(`${keysOf(prefix)}:epoch`, randomUUID(), "NX")) === "OK";
    },
    warnings: async () => redisWarnings(await producing.info()),
    async close() {
      const connected = open.filter((redis) => redis.status === "ready");
      await within(AWAY_MS, Promise.all(connected.map((redis) => Promise.all([once(redis, "end"), redis.quit()]))));
      for (const redis of open) if (redis.status !== "end") redis.disconnect();
    },
  };
}
