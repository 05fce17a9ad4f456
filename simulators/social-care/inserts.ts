// Rows as INSERT statements.

import { columnsOf, type TableName } from "./schema.ts";
import type { Row, Rows } from "./values.ts";

/** `?` stands for a value, in the words of either engine. */
export interface Statement {
  readonly sql: string;
  readonly values?: readonly (string | number | null)[];
}

/** PGlite aborts on very large statements; a hundred rows at once is safe and quick. */
const AT_ONCE = 100;

/** The rows of one table as INSERT statements of at most a hundred rows. */
function* inserts(table: TableName, rows: readonly Row[]): Generator<Required<Statement>> {
  const columns = columnsOf(table)
    .map(({ name }) => name)
    .filter((name) => rows.some((row) => name in row));
  const one = `(${columns.map(() => "?").join(", ")})`;
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    const sql = `INSERT INTO ${table} (${columns.join(", ")}) VALUES ${some.map(() => one).join(", ")}`;
    yield { sql, values: some.flatMap((row) => columns.map((name) => row[name] ?? null)) };
  }
}

/** Every row of every table, table by table. */
export function* allInserts(rows: Rows): Generator<Required<Statement>> {
  for (const table of Object.keys(rows) as TableName[]) yield* inserts(table, rows[table] ?? []);
}
