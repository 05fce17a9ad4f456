// PostgreSQL inside the process, for running with nothing installed: rows (TypeORM) and jobs (BullMQ) share it.

import { PGlite } from "@electric-sql/pglite";
import { lockFolder, prepareData } from "./embedded-folder.ts";
import { EmbeddedPool } from "./embedded-pool.ts";
import { PARSERS, Session } from "./embedded-session.ts";

export interface EmbeddedOptions {
  /** Null keeps everything in memory. */
  readonly folder: string | null;
  /** How long a statement waits for another caller's transaction before it is refused (SQLSTATE 55P03). */
  readonly waitMs?: number;
}

/** An open embedded database. Close the DataSource and the queues before it. */
export interface Embedded {
  /** For TypeORM, which makes its pool itself: `driver: { Pool }`. */
  readonly Pool: new (options?: unknown) => EmbeddedPool;
  /** For BullMQ, as `connection`, and for a query of one's own. */
  readonly pool: EmbeddedPool;
  close(): Promise<void>;
}

const START = "CREATE SCHEMA IF NOT EXISTS bullmq; SET search_path TO public, bullmq; SET TIME ZONE 'UTC'";

const open = async (data: string | null): Promise<PGlite> => {
  const db = await PGlite.create({ parsers: PARSERS, ...(data !== null && { dataDir: data }) });
  await db.exec(START);
  return db;
};

/** Opens the database, making it first where the folder is new (some seconds, in a child process). */
export async function openEmbedded({ folder, waitMs = 20_000 }: EmbeddedOptions): Promise<Embedded> {
  const unlock = folder === null ? () => {} : await lockFolder(folder);
  try {
    const session = new Session(await open(folder === null ? null : await prepareData(folder)), waitMs);
    class Pool extends EmbeddedPool {
      constructor() {
        super(session);
      }
    }
    return {
      Pool,
      pool: new Pool(),
      async close() {
        await session.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
