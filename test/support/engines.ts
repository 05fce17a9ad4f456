// The engines that a suite runs on: the embedded one always, MariaDB with Redis where both answer.

import { Redis } from "ioredis";
import { createConnection } from "mysql2/promise";
import { randomBytes } from "node:crypto";
import { everythingIn, refuseLeaks } from "./leaks.ts";

/** An engine to run a suite on. */
export interface TestEngine {
  readonly name: string;
  /** Settings for `readConfig`, of a database (and a Redis database) that nobody else uses until `drop`. */
  settings(): Promise<{ settings: Record<string, string>; drop(): Promise<void> }>;
}

const MARIADB_URL = process.env["MARIADB_URL"] ?? "mariadb://root@127.0.0.1:3306";
const REDIS_URL = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";
/** 13 belongs to the tests of the queues; 0 may be somebody's own. */
const REDIS_DATABASES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15];
const MARK = "safeguarding-hub:test";
const AWAY_MS = 2_000;

const databaseAt = (server: string, path: string) => Object.assign(new URL(server), { pathname: `/${path}` }).href;

const connect = () =>
  createConnection({ uri: MARIADB_URL.replace(/^mariadb:/, "mysql:"), connectTimeout: AWAY_MS, timezone: "Z" });

async function openRedis(url: string): Promise<Redis> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: AWAY_MS });
  redis.on("error", () => {});
  await redis.connect();
  return redis;
}

/** A database of its own name on the MariaDB server, dropped again by `drop`. */
export async function freshMariadb(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `hub_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  const run = async (statement: string) => {
    const connection = await connect();
    await connection.query(statement).finally(() => connection.end());
  };
  await run(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  return { url: databaseAt(MARIADB_URL, name), drop: () => run(`DROP DATABASE IF EXISTS ${name}`) };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const TAKE_OVER = `if redis.call("get", KEYS[1]) == ARGV[1] then redis.call("flushdb")
redis.call("set", KEYS[1], ARGV[2]) return 1 end return 0`;

/** True once this database carries our mark: it was empty, or whoever marked it has ended without clearing up. */
async function claim(redis: Redis, mine: string): Promise<boolean> {
  const holder = await redis.get(MARK);
  if (holder !== null) {
    return !isAlive(Number(holder.split(" ")[0])) && (await redis.eval(TAKE_OVER, 1, MARK, holder, mine)) === 1;
  }
  return (await redis.dbsize()) === 0 && (await redis.set(MARK, mine, "NX")) === "OK";
}

async function freshRedis(): Promise<{ url: string; drop(): Promise<void> }> {
  const mine = `${process.pid} ${randomBytes(8).toString("hex")}`;
  for (const number of REDIS_DATABASES) {
    const url = databaseAt(REDIS_URL, String(number));
    const redis = await openRedis(url);
    if (await claim(redis, mine)) {
      return {
        url,
        async drop() {
          const held = await everythingIn(redis);
          await redis.flushdb();
          await redis.quit();
          refuseLeaks("Redis", held);
        },
      };
    }
    await redis.quit();
  }
  throw new Error("Every Redis database that tests may use is taken");
}

async function whyNot(what: string, tries: () => Promise<{ end?(): Promise<void>; quit?(): Promise<unknown> }>) {
  try {
    const connection = await tries();
    await (connection.end?.() ?? connection.quit?.());
    return null;
  } catch (error) {
    const { code } = error as { code?: string };
    return `${what} does not answer (${code ?? (error as Error).message})`;
  }
}

const missing = [
  await whyNot("MariaDB", connect),
  await whyNot("Redis", async () => {
    const redis = await openRedis(REDIS_URL);
    return { quit: () => redis.quit() };
  }),
].filter((reason) => reason !== null);

/** Why the services engine is left out here; empty where nothing is. */
export const skippedEngines: readonly string[] = missing;

if (missing.length > 0) {
  if (process.env["CI"] === "true") throw new Error(`CI needs MariaDB and Redis: ${missing.join("; ")}`);
  process.stderr.write(`Suites run on the embedded engine only: ${missing.join("; ")}\n`);
}

const embedded: TestEngine = {
  name: "embedded",
  settings: async () => ({ settings: {}, drop: async () => {} }),
};

const services: TestEngine = {
  name: "MariaDB and Redis",
  async settings() {
    const redis = await freshRedis();
    const database = await freshMariadb();
    return {
      settings: { DATABASE_URL: database.url, REDIS_URL: redis.url },
      async drop() {
        await Promise.all([database.drop(), redis.drop()]);
      },
    };
  },
};

/** Every engine that answers here. With CI=true both must. */
export const ENGINES: readonly TestEngine[] = missing.length > 0 ? [embedded] : [embedded, services];
