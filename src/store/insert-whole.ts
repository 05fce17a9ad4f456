// Many whole rows in one statement. TypeORM's own insert names a parameter for each value of each row, which takes longer than the
// database does.

import type { ColumnType, EntityManager, EntityTarget, ObjectLiteral } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata.js";
import { keptAs } from "./sealed-columns.ts";

/** Rows in a statement: far below what the engines take. */
const CHUNK = 1_000;

interface Rows<Row> {
  /** With every column; null where there is nothing. */
  readonly rows: readonly Row[];
  /** A row that is there already, by any unique index, is left as it stands. Else it is an error. */
  readonly keepExisting?: boolean;
}

/** Inserts rows of plain columns: texts, numbers, truth values, days and instants. */
export async function insertWhole<Row extends ObjectLiteral>(
  db: EntityManager,
  table: EntityTarget<Row>,
  { rows, keepExisting = false }: Rows<Row>,
): Promise<void> {
  const { driver, options } = db.connection;
  const { tableName, columns, primaryColumns } = db.connection.getMetadata(table);
  const names = columns.map(({ databaseName }) => driver.escape(databaseName)).join(", ");
  const key = driver.escape(primaryColumns[0]?.databaseName ?? "id");
  const isPostgres = options.type === "postgres";
  // INSERT IGNORE would also let through what does not fit its column.
  const unless = isPostgres ? "ON CONFLICT DO NOTHING" : `ON DUPLICATE KEY UPDATE ${key} = ${key}`;
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    const { text, values } = isPostgres ? forPostgres(columns, chunk) : forMysql(columns, chunk);
    const insert = `INSERT INTO ${driver.escape(tableName)} (${names}) ${text}`;
    await db.query(keepExisting ? `${insert} ${unless}` : insert, values);
  }
}

/** What stands after the columns' names. */
interface Given {
  readonly text: string;
  readonly values: unknown[];
}

function forMysql(columns: readonly ColumnMetadata[], rows: readonly ObjectLiteral[]): Given {
  return {
    text: "VALUES ?",
    values: [rows.map((row) => columns.map((column) => keptOf(column, row)))],
  };
}

/** An array for each column; for one row that would take longer than the row itself. */
function forPostgres(columns: readonly ColumnMetadata[], rows: readonly ObjectLiteral[]): Given {
  const [first = {}] = rows;
  if (rows.length === 1)
    return {
      text: `VALUES (${columns.map((_, index) => `$${index + 1}`).join(", ")})`,
      values: columns.map((column) => plain(keptOf(column, first))),
    };
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${arrayOf(type)}`).join(", ");
  return {
    text: `SELECT * FROM unnest(${arrays})`,
    values: columns.map((column) => rows.map((row) => plain(keptOf(column, row)))),
  };
}

/** A row's value as its column keeps it. */
const keptOf = (column: ColumnMetadata, row: ObjectLiteral): unknown => keptAs(column, row[column.propertyName]);

/** Instants are kept in UTC without a zone. */
const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

function arrayOf(type: ColumnType): string {
  if (type === Date) return "timestamp(3)[]";
  if (type === Boolean) return "boolean[]";
  if (type === Number) return "integer[]";
  if (type === "double precision") return "double precision[]";
  return type === "date" ? "date[]" : "text[]";
}
