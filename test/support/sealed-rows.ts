// A row of each table that has sealed columns, filled with words that can be looked for; everything else in it is made up.

import type { DataSource, ObjectLiteral } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata.js";
import { SEALED } from "../../src/store/sealed-columns.ts";

const AT = new Date("2026-03-02T09:00:00.000Z");

function madeUp({ type, length }: ColumnMetadata, id: string): unknown {
  if (type === Date) return AT;
  if (type === Boolean) return false;
  if (type === Number || type === "double precision") return 1;
  if (type === "date") return "2026-03-02";
  return id.padEnd(64, "0").slice(0, Number(length) || 36);
}

export interface FilledRow {
  readonly table: (typeof SEALED)[number][0];
  readonly columns: readonly string[];
  readonly row: ObjectLiteral;
  /** What it is found by. */
  readonly where: ObjectLiteral;
}

/** One of each table, known by this id. */
export const filledRows = (db: DataSource, id: string, wordsFor: (place: string) => string): FilledRow[] =>
  SEALED.map(([table, ...columns]) => {
    const { columns: all, primaryColumns, tableName } = db.getMetadata(table);
    const row = Object.fromEntries(
      all.map((column) => {
        const { propertyName } = column;
        const words = columns.includes(propertyName) ? wordsFor(`${tableName}.${propertyName}`) : madeUp(column, id);
        return [propertyName, words];
      }),
    );
    const [key] = primaryColumns.map(({ propertyName }) => propertyName);
    return { table, columns, row, where: { [key ?? "id"]: row[key ?? "id"] as unknown } };
  });
