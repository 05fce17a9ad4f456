// What may happen at the council overnight: a row is written, changed or purged, and the refresh that shows it leaves its mark.

import { z } from "zod";
import type { Statement } from "./engine.ts";
import { TABLES, columnsOf, isTable, keyOf, personColumnOf, type TableName } from "./schema.ts";

const value = z.union([z.string(), z.number(), z.null()]);
const table = z.custom<TableName>(isTable, "not one of the dataset's tables");
const changes = z.object({
  /** Rows to write, by table and column. */
  insert: z.array(z.object({ table, row: z.record(z.string(), value) })).default([]),
  /** Columns to set in the row with this key. */
  update: z.array(z.object({ table, key: z.string(), set: z.record(z.string(), value) })).default([]),
  /** People whose every row is removed, as the council's retention rules do. */
  purge: z.array(z.string()).default([]),
});

/** The name under which a finished refresh stands in the change log, with nobody's id. Its time is the replica's "as of". */
export const REFRESH = "ssd_refresh";

function checkColumns(name: TableName, row: Record<string, unknown>): void {
  const known = new Set(columnsOf(name).map((column) => column.name));
  const unknown = Object.keys(row).filter((column) => !known.has(column));
  if (unknown.length > 0) throw new Error(`${name} has no column ${unknown.join(", ")}`);
}

/** The statements for one night's changes, as `POST /__sim/emit` takes them; an empty event is a night without any. */
export function nightStatements(event: unknown, at: string): Statement[] {
  const { insert, update, purge } = changes.parse(event);
  const log = (name: string, values: [key: string, person: string | null, op: string]): Statement => ({
    sql: "INSERT INTO ssd_ext_change_log (table_name, row_pk, person_id, op, changed_at) VALUES (?, ?, ?, ?, ?)",
    values: [name, ...values, at],
  });
  return [
    ...insert.flatMap(({ table: name, row }) => {
      checkColumns(name, row);
      const columns = Object.keys(row);
      const person = personColumnOf(name);
      return [
        {
          sql: `INSERT INTO ${name} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
          values: Object.values(row),
        },
        log(name, [String(row[keyOf(name)]), person ? textOrNull(row[person]) : null, "I"]),
      ];
    }),
    ...update.flatMap(({ table: name, key, set }) => {
      checkColumns(name, set);
      const assigned = Object.keys(set).map((column) => `${column} = ?`);
      return [
        {
          sql: `UPDATE ${name} SET ${assigned.join(", ")} WHERE ${keyOf(name)} = ?`,
          values: [...Object.values(set), key],
        },
        logged(name, key, at),
      ];
    }),
    ...purge.flatMap((person) => everyRowOf(person).concat(log("ssd_person", [person, person, "D"]))),
    log(REFRESH, ["-", null, "U"]),
  ];
}

/** An update's log row: whose row it is, the database knows. */
function logged(name: TableName, key: string, at: string): Statement {
  const person = personColumnOf(name);
  return {
    sql: `INSERT INTO ssd_ext_change_log (table_name, row_pk, person_id, op, changed_at)
      SELECT '${name}', ${keyOf(name)}, ${person ?? "NULL"}, 'U', '${at}' FROM ${name} WHERE ${keyOf(name)} = ?`,
    values: [key],
  };
}

function everyRowOf(person: string): Statement[] {
  return (Object.keys(TABLES) as TableName[]).flatMap((name) => {
    const column = personColumnOf(name);
    if (!column || name === "ssd_ext_change_log") return [];
    return [{ sql: `DELETE FROM ${name} WHERE ${column} = ?`, values: [person] }];
  });
}

const textOrNull = (given: string | number | null | undefined): string | null =>
  given === null || given === undefined ? null : String(given);
