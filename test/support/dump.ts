// Everything that a database holds, as text: every table, every column, whoever made it.

import type { DataSource } from "typeorm";
import { SEALED } from "../../src/store/sealed-columns.ts";

/** One line for each row: the table's name, then its values. */
export async function everythingInTables(db: DataSource): Promise<string[]> {
  const postgres = db.options.type === "postgres";
  const where = postgres
    ? "table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'"
    : "table_schema = DATABASE()";
  const tables = await db.query<{ s: string; t: string }[]>(
    `SELECT table_schema AS s, table_name AS t FROM information_schema.tables WHERE ${where}`,
  );
  const lines: string[] = [];
  for (const { s, t } of tables) {
    const name = `${db.driver.escape(s)}.${db.driver.escape(t)}`;
    const rows = await db.query<Record<string, unknown>[]>(`SELECT * FROM ${name}`);
    lines.push(...rows.map((row) => `${t} ${JSON.stringify(row)}`));
  }
  return lines;
}

/** What whoever has the keys can read besides: one line for each row that has sealed columns. */
export async function everythingOpened({ manager }: DataSource): Promise<string[]> {
  const lines: string[] = [];
  for (const [table] of SEALED) {
    const rows = await manager.find(table);
    lines.push(...rows.map((row) => `${table.name} ${JSON.stringify(row)}`));
  }
  return lines;
}
