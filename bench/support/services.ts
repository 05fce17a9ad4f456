// MariaDB and Redis where they answer, with a database in each that nobody else uses.

import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { createConnection } from "mysql2/promise";
import { withNewKey } from "../../src/store/key-ring.ts";

const DATABASE_SERVER = process.env["DATABASE_URL"] ?? process.env["MARIADB_URL"] ?? "mariadb://root@127.0.0.1:3306";
const REDIS_SERVER = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";
const AWAY_MS = 2_000;
/** Another measurement's or test's mark stays out of our way. */
const MARK = "safeguarding-hub:test";

const at = (server: string, path: string): string => Object.assign(new URL(server), { pathname: `/${path}` }).href;

export interface Services {
  /** With keys: every program on the database reads what the others wrote. */
  readonly settings: Readonly<Record<"DATABASE_URL" | "REDIS_URL" | "HUB_HASH_KEY" | "HUB_KEYS", string>>;
  /** A second database, for social care's tables; in the form its simulator takes. */
  readonly careDatabaseUrl: string;
  drop(): Promise<void>;
}

/** Fresh databases on both, or why there are none. */
export async function openServices(): Promise<Services | string> {
  try {
    const database = await freshDatabases();
    const redis = await freshRedis().catch(async (error: unknown) => {
      await database.drop();
      throw error;
    });
    return {
      settings: {
        DATABASE_URL: at(DATABASE_SERVER, database.names[0]),
        REDIS_URL: redis.url,
        HUB_HASH_KEY: randomBytes(32).toString("hex"),
        HUB_KEYS: JSON.stringify(withNewKey("bench")),
      },
      careDatabaseUrl: at(DATABASE_SERVER.replace(/^mariadb:/, "mysql:"), database.names[1]),
      drop: async () => void (await Promise.all([database.drop(), redis.drop()])),
    };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return `MariaDB and Redis were not measured (${code ?? message})`;
  }
}

async function freshDatabases() {
  const tag = `${process.pid}_${randomBytes(3).toString("hex")}`;
  const names = [`hub_bench_${tag}`, `hub_bench_ssd_${tag}`] as const;
  const run = async (statement: (name: string) => string): Promise<void> => {
    const uri = DATABASE_SERVER.replace(/^mariadb:/, "mysql:");
    const connection = await createConnection({ uri, connectTimeout: AWAY_MS });
    for (const name of names) await connection.query(statement(name));
    await connection.end();
  };
  await run((name) => `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  return { names, drop: () => run((name) => `DROP DATABASE IF EXISTS ${name}`) };
}

async function freshRedis() {
  for (let number = 1; number <= 15; number += 1) {
    const url = at(REDIS_SERVER, String(number));
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: AWAY_MS });
    redis.on("error", () => {});
    await redis.connect();
    if ((await redis.dbsize()) === 0 && (await redis.set(MARK, `${process.pid} bench`, "NX")) === "OK")
      return { url, drop: () => redis.flushdb().then(() => redis.quit()) };
    await redis.quit();
  }
  throw new Error("every Redis database is in use");
}
