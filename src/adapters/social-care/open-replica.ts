import { DataSource, type DataSourceOptions } from "typeorm";
import { CARE_TABLES } from "./ssd-care-tables.ts";
import { NEED_TABLES } from "./ssd-need-tables.ts";
import {
  CHILD_ID_COLUMNS,
  PEOPLE_TABLES,
  makePersonTable,
  type ChildIdColumn,
  type PersonTable,
} from "./ssd-tables.ts";
import { PROTECTION_TABLES } from "./ssd-protection-tables.ts";

/** An open pool on the replica, and what was learnt of it. */
export interface OpenReplica {
  readonly source: DataSource;
  readonly person: PersonTable;
  /** MariaDB and MySQL limit a statement's time in different words. */
  readonly mariaDb: boolean;
}

const POOL = 10;
const [USUAL, OTHER] = CHILD_ID_COLUMNS;

/** Opens within one attempt's time, so that no later question waits for a server that greeted and then fell silent. */
export async function openWithin(databaseUrl: string, limitMs: number): Promise<OpenReplica> {
  const opening = openReplica(databaseUrl, limitMs);
  // A little before the lane gives the attempt up, so that the next one starts afresh.
  const limit = AbortSignal.timeout(Math.round(limitMs * 0.9));
  const late = new Promise<never>((_, reject) => {
    limit.addEventListener("abort", () => reject(new Error("timed out while opening")), { once: true });
  });
  try {
    return await Promise.race([opening, late]);
  } catch (error) {
    opening.then(({ source }) => source.destroy()).catch(() => {});
    throw error;
  }
}

/** Connects, and looks which of its two names the NHS number's column has here. Rejects if the database is not there. */
async function openReplica(databaseUrl: string, limitMs: number): Promise<OpenReplica> {
  const first = await connect(databaseUrl, USUAL, limitMs);
  try {
    const mariaDb = await isMariaDb(first.source);
    if (!(await hasColumn(first.source, OTHER))) return { ...first, mariaDb };
    const second = await connect(databaseUrl, OTHER, limitMs);
    await first.source.destroy();
    return { ...second, mariaDb };
  } catch (error) {
    await first.source.destroy();
    throw error;
  }
}

async function connect(url: string, column: ChildIdColumn, limitMs: number) {
  const person = makePersonTable(column);
  const tables = [person, ...PEOPLE_TABLES, ...NEED_TABLES, ...PROTECTION_TABLES, ...CARE_TABLES];
  const entities = tables.map(({ schema }) => schema);
  const source = new DataSource(optionsFor(url, entities, limitMs));
  try {
    return { source: await source.initialize(), person };
  } catch (error) {
    // The pool may be there although its first statement failed.
    source.driver.disconnect().catch(() => {});
    throw error;
  }
}

/** Days and numbers stay the text the server wrote: a driver's `Date` would move midnight into another day. */
function optionsFor(url: string, entities: DataSourceOptions["entities"] & object, limitMs: number): DataSourceOptions {
  const common = { url, entities, synchronize: false, migrationsRun: false, logging: false, poolSize: POOL } as const;
  // Less than one attempt may take, so that a connection nobody answers fails before the lane gives up on it.
  const connectTimeout = Math.round(limitMs * 0.75);
  if (url.startsWith("postgres"))
    return {
      ...common,
      type: "postgres",
      connectTimeoutMS: connectTimeout,
      extra: { keepAlive: true, query_timeout: limitMs, types: { getTypeParser: () => (text: string) => text } },
    };
  return {
    ...common,
    type: url.startsWith("mariadb:") ? "mariadb" : "mysql",
    connectTimeout,
    dateStrings: true,
    // node-postgres reads `sslmode` from the address itself.
    ...(new URL(url).searchParams.get("ssl") === "true" && { ssl: { rejectUnauthorized: true } }),
    extra: { enableKeepAlive: true, jsonStrings: true },
  };
}

async function isMariaDb(source: DataSource): Promise<boolean> {
  const [row] = await source.query<{ version?: string }[]>("SELECT version() AS version");
  return /mariadb/i.test(row?.version ?? "");
}

async function hasColumn(source: DataSource, column: ChildIdColumn): Promise<boolean> {
  const schema = source.options.type === "postgres" ? "current_schema()" : "DATABASE()";
  const rows = await source.query<unknown[]>(
    `SELECT 1 AS found FROM information_schema.columns
     WHERE table_schema = ${schema} AND table_name = 'ssd_person' AND column_name = '${column}'`,
  );
  return rows.length > 0;
}
