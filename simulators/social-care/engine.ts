// The two engines the replica may live in, behind the few things the simulator does with them.

import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import mysql from "mysql2/promise";
import { Client } from "pg";
import { createStatements, type Dialect } from "./ddl.ts";
import { allInserts, type Statement } from "./inserts.ts";
import type { Rows } from "./values.ts";

/** A loaded replica, listening somewhere on loopback, that the simulator can still write to. */
export interface Engine {
  readonly dialect: Dialect;
  /** Where it really listens; the relay stands in front of it. */
  readonly port: number;
  readonly host: string;
  /** The read-only user and database that the hub is given. */
  readonly reader: string;
  readonly database: string;
  /** Runs statements in one transaction, as the owner. `?` stands for a value. */
  write(statements: readonly Statement[]): Promise<void>;
  close(): Promise<void>;
}

const READER = "reader";

function numbered(sql: string): string {
  let count = 0;
  return sql.replaceAll("?", () => `$${(count += 1)}`);
}

/** PostgreSQL in this process's memory. Every client shares its one session, which acts as the reader. */
export async function startEmbedded(rows: Rows): Promise<Engine> {
  const db = await PGlite.create();
  await db.exec(`CREATE ROLE ${READER}; ${createStatements("postgres").join("; ")}`);
  for (const { sql, values } of allInserts(rows)) await db.query(numbered(sql), [...values]);
  await db.exec(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${READER}; SET TIME ZONE 'UTC'; SET ROLE ${READER}`);
  const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port: 0, maxConnections: 200 });
  await server.start();
  const port = Number(server.getServerConn().split(":")[1]);
  return {
    dialect: "postgres",
    host: "127.0.0.1",
    port,
    reader: READER,
    database: "ssd",
    async write(statements) {
      // Through a socket of our own, so that it takes its turn among the readers' transactions.
      const client = new Client({ host: "127.0.0.1", port, user: "postgres", database: "ssd" });
      await client.connect();
      try {
        await client.query("BEGIN; SET LOCAL ROLE postgres");
        for (const { sql, values = [] } of statements) await client.query(numbered(sql), [...values]);
        await client.query("COMMIT");
      } finally {
        await client.end();
      }
    },
    async close() {
      await server.stop();
      await db.close();
    },
  };
}

/** A database is only ever replaced if an earlier run of this simulator could have left it. */
async function refuseForeignTables(pool: mysql.Pool, database: string): Promise<void> {
  const [foreign] = await pool.query<mysql.RowDataPacket[]>(
    "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name NOT LIKE 'ssd\\_%' LIMIT 1",
    [database],
  );
  if (foreign.length > 0)
    throw new Error(`The database ${database} holds other tables; give the simulator one of its own`);
}

/** A database of its own on a MySQL or MariaDB server, dropped at the end. */
export async function startOnServer(rows: Rows, url: URL): Promise<Engine> {
  const database = url.pathname.slice(1);
  if (!/^\w{1,30}$/.test(database)) throw new Error("The database address must end in a name of letters, digits and _");
  const reader = `${database}_r`;
  const pool = mysql.createPool({
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    timezone: "Z",
    multipleStatements: false,
    connectionLimit: 2,
  });
  try {
    await refuseForeignTables(pool, database);
    await pool.query(`DROP DATABASE IF EXISTS ${database}`);
    await pool.query(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`);
  } catch (error) {
    await pool.end();
    throw error;
  }
  async function write(statements: readonly Statement[]): Promise<void> {
    const connection = await pool.getConnection();
    try {
      await connection.query(`USE ${database}`);
      await connection.beginTransaction();
      for (const { sql, values = [] } of statements) await connection.query(sql, [...values]);
      await connection.commit();
    } finally {
      connection.release();
    }
  }
  await write([...createStatements("mysql").map((sql) => ({ sql })), ...allInserts(rows)]);
  await pool.query(`DROP USER IF EXISTS '${reader}'@'%'`);
  await pool.query(`CREATE USER '${reader}'@'%'`);
  await pool.query(`GRANT SELECT ON ${database}.* TO '${reader}'@'%'`);
  return {
    dialect: "mysql",
    host: url.hostname,
    port: Number(url.port || 3306),
    reader,
    database,
    write,
    async close() {
      await pool.query(`DROP DATABASE IF EXISTS ${database}`);
      await pool.query(`DROP USER IF EXISTS '${reader}'@'%'`);
      await pool.end();
    },
  };
}
