// What one sweep costs the database: statements, rows that became objects, and rows that the engine itself had to look at.

import type { DataSource, Logger, QueryRunner } from "typeorm";
import type { Hub } from "../../src/services/hub.ts";
import { sweep } from "../../src/services/sweep.ts";

export interface Swept {
  readonly ms: number;
  readonly statements: number;
  /** Rows that were loaded; none of them is due. */
  readonly loaded: number;
  /** Rows and index entries that the engine read for it, whichever table they are of. */
  readonly read: number;
}

/** One sweep with nothing due. */
export async function sweepOnce(hub: Hub): Promise<Swept> {
  const { db } = hub;
  const counting = await holdToOneSession(db);
  const before = await counting.read();
  const idle = (await counting.read()) - before;
  const watched = watch(db);
  const from = performance.now();
  const found = await sweep(hub).finally(watched.end);
  const ms = performance.now() - from;
  const read = (await counting.read()) - before - 2 * idle;
  await counting.release();
  if (found > 0) throw new Error(`The sweep found ${found} due where nothing is`);
  return { ms, statements: watched.statements(), loaded: watched.loaded(), read };
}

function watch(db: DataSource) {
  let statements = 0;
  let loaded = 0;
  const { logger } = db;
  const counting: Logger = {
    logQuery: () => void (statements += 1),
    logQueryError: () => {},
    logQuerySlow: () => {},
    logSchemaBuild: () => {},
    logMigration: () => {},
    log: () => {},
  };
  db.logger = counting;
  db.subscribers.push({ afterLoad: () => void (loaded += 1) });
  return {
    statements: () => statements,
    loaded: () => loaded,
    end() {
      db.logger = logger;
      db.subscribers.pop();
    },
  };
}

/** Engines count what they read by session or late: all statements go through one session while somebody counts. */
async function holdToOneSession(db: DataSource) {
  if (db.options.type === "postgres") return { read: () => readByPostgres(db), release: async () => {} };
  const { poolSize = 1 } = db.options as { poolSize?: number };
  const held: QueryRunner[] = Array.from({ length: poolSize - 1 }, () => db.createQueryRunner());
  await Promise.all(held.map((runner) => runner.connect()));
  return {
    read: () => readByMysql(db),
    release: async () => void (await Promise.all(held.map((runner) => runner.release()))),
  };
}

async function readByMysql(db: DataSource): Promise<number> {
  const rows = (await db.query("SHOW SESSION STATUS LIKE 'Handler_read%'")) as { Value: string }[];
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
}

async function readByPostgres(db: DataSource): Promise<number> {
  await db.query("SELECT pg_stat_force_next_flush()");
  const [row] = (await db.query(
    "SELECT COALESCE(SUM(seq_tup_read + COALESCE(idx_tup_fetch, 0)), 0) AS read FROM pg_stat_user_tables WHERE schemaname = 'public'",
  )) as { read: string }[];
  return Number(row?.read);
}
