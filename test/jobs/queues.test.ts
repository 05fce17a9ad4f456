import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Trouble } from "../../src/jobs/queue-engine.ts";
import { redisWarnings } from "../../src/jobs/queue-redis.ts";
import { type Job, type JobData, type Queues, type QueueStore, makeQueues } from "../../src/jobs/queues.ts";
import { type Embedded, openEmbedded } from "../../src/store/embedded.ts";
import { killChildren, startChild } from "./child.ts";

const REFERRAL = "0192f7a4-2b1c-7d3e-8f00-0123456789ab";

// A database of its own, which these tests empty.
const redisUrl = Object.assign(new URL(process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379"), { pathname: "/13" }).href;

async function whyNoRedis(): Promise<string | null> {
  const redis = new Redis(redisUrl, { lazyConnect: true, retryStrategy: () => null });
  redis.on("error", () => {});
  try {
    await redis.connect();
    return null;
  } catch (error) {
    return `Redis does not answer at ${redisUrl} (${String(error)})`;
  } finally {
    redis.disconnect();
  }
}

const away = await whyNoRedis();
if (away !== null && process.env["CI"] === "true") throw new Error(`${away}, and with CI=true it must`);
if (away !== null) process.stdout.write(`Queues are tested on the embedded database only: ${away}\n`);

class Weather extends Error {
  override readonly name = "Weather";
}
class Refused extends Error {
  override readonly name = "Refused";
  readonly code = "NOT_FOUND";
}

interface Engine {
  store(): QueueStore;
  /** Everything the store keeps, as text. */
  everything(): Promise<string>;
  empty(): Promise<void>;
}

function describeQueues(name: string, engine: Engine): void {
  describe(`queues on ${name}`, () => {
    const prefix = randomUUID();
    const troubles: Trouble[] = [];
    let queues: Queues;

    const fresh = () => {
      queues = makeQueues(engine.store(), { prefix, retryMs: 20, onTrouble: (trouble) => troubles.push(trouble) });
    };
    /** Works on the queue until `count` jobs were begun, and gives them in that order. */
    const work = (count: number, react: (job: Job) => Promise<void> = async () => {}) =>
      new Promise<Job[]>((resolve) => {
        const begun: Job[] = [];
        const handler = async (job: Job) => {
          begun.push(job);
          if (begun.length === count) resolve(begun);
          await react(job);
        };
        queues.work("routing", handler, { concurrency: 4, isFinal: (error) => error instanceof Refused });
      });

    beforeAll(fresh);
    afterEach(async () => {
      await queues.close(100);
      await engine.empty();
      troubles.length = 0;
      fresh();
    });
    afterAll(() => queues.close());

    it("runs a job once with its ids", async () => {
      const worked = work(1);
      await queues.wake("routing", { id: `route-${REFERRAL}`, data: { referralId: REFERRAL } });
      expect(await worked).toEqual([{ id: `route-${REFERRAL}`, data: { referralId: REFERRAL }, attempt: 1 }]);
    });

    it("sets one alarm however often it is set", async () => {
      for (const id of ["due-1", "due-1", "due-1", "due-2"]) await queues.wake("routing", { id, data: {} });
      const begun = await work(2);
      await queues.close();
      expect(begun.map((job) => job.id).toSorted()).toEqual(["due-1", "due-2"]);
      expect(begun).toHaveLength(2);
    });

    it("runs a delayed job after those due before it", async () => {
      await queues.wake("routing", { id: "collect-late", data: {} }, 400);
      await queues.wake("routing", { id: "collect-soon", data: {} }, 100);
      await queues.wake("routing", { id: "collect-now", data: {} });
      expect((await work(3)).map((job) => job.id)).toEqual(["collect-now", "collect-soon", "collect-late"]);
    });

    it("brings an alarm forward, never back", async () => {
      await queues.wake("routing", { id: "due-7", data: {} }, 3_600_000);
      await queues.wake("routing", { id: "due-7", data: {} }, 50);
      await queues.wake("routing", { id: "due-7", data: {} }, 3_600_000);
      expect(await work(1)).toMatchObject([{ id: "due-7" }]);
    });

    it("sets many timed alarms at once, each once", async () => {
      const alarm = (ms: number) => ({ id: `due-${ms}`, data: { at: new Date(ms).toISOString() }, delayMs: 0 });
      const many = Array.from({ length: 700 }, (_, ms) => alarm(ms));
      await queues.wakeAll("routing", many);
      await Promise.all([queues.wakeAll("routing", many), queues.wakeAll("routing", [alarm(1), alarm(1), alarm(700)])]);
      const begun = await work(701);
      await queues.close();
      expect(new Set(begun.map((job) => job.id)).size).toBe(701);
      expect(begun).toHaveLength(701);
    });

    it("leaves a timed alarm where it is when it is set again", async () => {
      await queues.wakeAll("routing", [{ id: "due-1", data: {}, delayMs: 50 }]);
      await queues.wakeAll("routing", [{ id: "due-1", data: {}, delayMs: 3_600_000 }]);
      expect(await work(1)).toMatchObject([{ id: "due-1" }]);
    });

    it("leaves nothing of a timed alarm that failed for good in the way of the next", async () => {
      const alarm = { id: "due-7", data: {}, delayMs: 0 };
      const seen = { twice: false };
      const begun = work(2, () => Promise.reject(new Refused("not known"))).finally(() => (seen.twice = true));
      while (!seen.twice) await queues.wakeAll("routing", [alarm]);
      await begun;
      await queues.close();
      expect(await engine.everything()).not.toContain("Refused");
    });

    it("says which queues somebody here works on", async () => {
      expect(await queues.workedOn()).toEqual([]);
      queues.work("lateness", async () => {}, { concurrency: 1 });
      queues.work("telling", async () => {}, { concurrency: 1 });
      expect(await queues.workedOn()).toEqual(["lateness", "telling"]);
    });

    it("tries again after a failure that may pass", async () => {
      await queues.wake("routing", { id: "collect-again", data: {} });
      const begun = await work(3, async ({ attempt }) => {
        if (attempt < 3) throw new Weather("rain");
      });
      expect(begun.map((job) => job.attempt)).toEqual([1, 2, 3]);
      expect(troubles.map(({ error }) => error)).toEqual([new Weather("rain"), new Weather("rain")]);
    });

    it("does not try a refusal again, but takes a new alarm", async () => {
      const seen = { twice: false };
      const begun = work(2, () => Promise.reject(new Refused("not known"))).finally(() => (seen.twice = true));
      // A job that is still running, or about to be tried again, is this same alarm.
      while (!seen.twice) await queues.wake("routing", { id: "collect-refused", data: {} });
      expect((await begun).map((job) => job.attempt)).toEqual([1, 1]);
    });

    it("keeps nothing of a failure but its kind", async () => {
      await queues.wake("routing", { id: "collect-refused", data: { referralId: REFERRAL } });
      await work(1, () => Promise.reject(new Refused("Amelia Hartley is not known")));
      await queues.close();
      const kept = await engine.everything();
      expect(kept).toContain("Refused NOT_FOUND");
      expect(kept).not.toContain("Hartley");
    });

    it("ticks at once and then on and on", async () => {
      const begun = work(3);
      await queues.every("routing", { id: "every-tick", everyMs: 200, data: { agencyId: "tick" } });
      await queues.every("routing", { id: "every-tick", everyMs: 100, data: { agencyId: "tick" } });
      expect((await begun).map((job) => job.data)).toEqual([
        { agencyId: "tick" },
        { agencyId: "tick" },
        { agencyId: "tick" },
      ]);
    });

    it("is fresh once, and once more when emptied", async () => {
      const first = [await queues.isFresh(), await queues.isFresh()];
      await engine.empty();
      expect([...first, await queues.isFresh(), await queues.isFresh()]).toEqual([true, false, true, false]);
    });

    it("notices its loss and sets the schedules again", async () => {
      await queues.every("routing", { id: "every-tick", everyMs: 50, data: {} });
      let noticed = () => {};
      const looked = () => new Promise<void>((resolve) => (noticed = resolve));
      const first = looked();
      queues.watch(async () => noticed(), 50);
      await first;
      const second = looked();
      await engine.empty();
      await second;
      expect(await work(2)).toMatchObject([{ data: {} }, { data: {} }]);
    });

    it("stops in time though a job is in hand", async () => {
      let end = () => {};
      const begun = work(1, () => new Promise<void>((resolve) => (end = resolve)));
      await queues.wake("routing", { id: "collect-long", data: {} });
      await begun;
      await queues.close(50);
      await expect(queues.wake("routing", { id: "collect-more", data: {} })).rejects.toThrow("closing");
      end();
    });

    it("waits for the job in hand when there is time", async () => {
      let ended = false;
      const begun = work(1, async () => {
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
        ended = true;
      });
      await queues.wake("routing", { id: "collect-short", data: {} });
      await begun;
      await queues.close();
      expect(ended).toBe(true);
      expect(await engine.everything()).not.toContain("collect-short");
    });

    it("refuses to carry anything but ids", async () => {
      const data = { note: "seen with a bruise" } as JobData;
      await expect(queues.wake("routing", { id: "due-1", data })).rejects.toThrow("ids only");
      await expect(queues.wake("routing", { id: "amelia", data: {} })).rejects.toThrow("ids only");
      await expect(queues.every("collect", { id: "every-a", everyMs: 1_000, data })).rejects.toThrow("ids only");
      const alarms = [
        { id: "due-1", data: {}, delayMs: 0 },
        { id: "due-2", data, delayMs: 0 },
      ];
      await expect(queues.wakeAll("routing", alarms)).rejects.toThrow("ids only");
    });
  });
}

let embedded: Embedded;
beforeAll(async () => {
  embedded = await openEmbedded({ folder: null });
});
afterAll(async () => {
  await killChildren();
  await embedded.close();
});

describeQueues("the embedded database", {
  store: () => ({ embedded: embedded.pool }),
  async everything() {
    const { rows } = await embedded.pool.query("SELECT to_jsonb(j) AS job FROM bullmq.job j");
    return JSON.stringify(rows);
  },
  async empty() {
    const { rows } = await embedded.pool.query<{ table: string }>(
      `SELECT tablename AS "table" FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
    );
    await embedded.pool.query(`TRUNCATE ${rows.map(({ table }) => `bullmq.${table}`).join()} CASCADE`);
  },
});

describe.skipIf(away !== null)("Redis", () => {
  let redis: Redis;
  beforeAll(async () => {
    redis = new Redis(redisUrl);
    await redis.flushdb();
  });
  afterAll(async () => {
    await redis.flushdb();
    await redis.quit();
  });

  async function textOf(key: string): Promise<unknown> {
    const type = await redis.type(key);
    if (type === "hash") return redis.hgetall(key);
    if (type === "list") return redis.lrange(key, 0, -1);
    if (type === "zset") return redis.zrange(key, 0, -1);
    return type === "stream" ? redis.xrange(key, "-", "+") : type === "set" ? redis.smembers(key) : redis.get(key);
  }

  describeQueues("Redis", {
    store: () => ({ redisUrl }),
    // A completed job is named by the stream of events, which BullMQ trims; the rest forgets it.
    async everything() {
      const keys = (await redis.keys("*")).filter((key) => !key.endsWith(":events"));
      return JSON.stringify(await Promise.all(keys.map(async (key) => [key, await textOf(key)])));
    },
    async empty() {
      await redis.flushdb();
    },
  });

  it("runs the job of a killed worker again", async () => {
    const prefix = randomUUID();
    const child = startChild("redis-child", ["stall", redisUrl, prefix]);
    expect(await child.line()).toBe("collect-interrupted");
    await child.kill();
    const queues = makeQueues({ redisUrl }, { prefix });
    const again = new Promise<Job>((resolve) => {
      queues.work("routing", async (job) => resolve(job), { concurrency: 1 });
    });
    expect(await again).toEqual({ id: "collect-interrupted", data: {}, attempt: 1 });
    await queues.close();
  }, 60_000);

  it("leaves nothing open that keeps a process alive", async () => {
    const child = startChild("redis-child", ["finish", redisUrl, randomUUID()]);
    expect(await child.line()).toBe("collect-interrupted");
    expect(await child.ended()).toBe(0);
  });

  it("keeps all keys in one slot of a cluster", async () => {
    await redis.flushdb();
    const queues = makeQueues({ redisUrl }, { prefix: "hub" });
    await queues.isFresh();
    for (const queue of ["routing", "collect"] as const) await queues.wake(queue, { id: "due-1", data: {} });
    await queues.close();
    const keys = await redis.keys("*");
    expect(keys.filter((key) => !key.startsWith("{hub}:"))).toEqual([]);
    expect(keys.length).toBeGreaterThan(4);
  });

  it("answers questions about its settings", async () => {
    const queues = makeQueues({ redisUrl }, { prefix: randomUUID() });
    expect(await queues.checkSettings()).toEqual(redisWarnings(await redis.info()));
    await queues.close();
  });
});

describe("a Redis that is away", () => {
  it("fails an alarm at once and lets the hub stop", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, "close");
    const troubles: Trouble[] = [];
    const queues = makeQueues(
      { redisUrl: `redis://127.0.0.1:${port}` },
      { prefix: "away", onTrouble: (trouble) => troubles.push(trouble) },
    );
    queues.work("collect", async () => {}, { concurrency: 1 });
    await expect(queues.wake("collect", { id: "due-1", data: {} })).rejects.toThrow("Redis does not answer");
    await expect(queues.wakeAll("lateness", [{ id: "due-1", data: {}, delayMs: 0 }])).rejects.toThrow("not answer");
    await expect(queues.ping()).rejects.toThrow("Redis does not answer");
    await expect(queues.workedOn()).rejects.toThrow("Redis does not answer");
    await queues.close();
    expect(troubles.length).toBeGreaterThan(0);
  });
});
