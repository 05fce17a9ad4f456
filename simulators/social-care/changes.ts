// What may happen at the council overnight: a row is written, changed or purged, and the refresh that shows it leaves its mark.

import { z } from "zod";
import type { Statement } from "./inserts.ts";
import { TABLES, columnsOf, isTable, keyOf, personColumnOf, type TableName } from "./schema.ts";
import { utc } from "./values.ts";

const value = z.union([z.string(), z.number(), z.null()]);
const table = z.custom<TableName>(isTable, "not one of the dataset's tables");
const columns = z.record(z.string(), value);

/** Every column must be the table's own, or the night would fail when it is too late to say whose fault it is. */
const ofTable = ({ table: name, row }: { table: TableName; row: Record<string, unknown> }): boolean => {
  const own = new Set(columnsOf(name).map((column) => column.name));
  return Object.keys(row).every((column) => own.has(column));
};
const OF_TABLE = { error: "names a column that its table does not have" };

const changes = z.strictObject({
  /** Rows to write, by table and column. */
  insert: z.array(z.object({ table, row: columns }).refine(ofTable, OF_TABLE)).default([]),
  /** Columns to set in the row with this key. */
  update: z
    .array(
      z
        .object({ table, key: z.string(), set: columns })
        .refine(({ table: name, set }) => ofTable({ table: name, row: set }), OF_TABLE),
    )
    .default([]),
  /** People whose every row is removed, as the council's retention rules do. */
  purge: z.array(z.string()).default([]),
  /** False: written in the case system during the day, and so not in the replica until the next refresh. */
  refresh: z.boolean().default(true),
});
type Changes = z.infer<typeof changes>;

/** The name under which a finished refresh stands in the change log, with nobody's id. Its time is the replica's "as of". */
export const REFRESH = "ssd_refresh";

/** How every row of the log begins. */
export const LOG = "INSERT INTO ssd_ext_change_log (table_name, row_pk, person_id, op, changed_at)";

/** Takes what `POST /__sim/emit` brings, holds back what is only the day's work, and shows all of it at the next refresh. */
export function makeNights(write: (statements: readonly Statement[]) => Promise<void>) {
  let day: Changes[] = [];
  return async (event: unknown): Promise<object> => {
    const change = changes.parse(event);
    day = [...day, change];
    if (!change.refresh) return { refreshed: false, waiting: day.length };
    const night = day;
    day = [];
    await write(nightStatements(night, utc(new Date().toISOString())));
    return { refreshed: true };
  };
}

/** What one refresh does, a change after the other; without any it still leaves its mark. */
function nightStatements(night: readonly Changes[], at: string): Statement[] {
  const log = (name: string, values: [key: string, person: string | null, op: string]): Statement => ({
    sql: `${LOG} VALUES (?, ?, ?, ?, ?)`,
    values: [name, ...values, at],
  });
  const shown = night.flatMap(({ insert, update, purge }) => [
    ...insert.flatMap(({ table: name, row }) => {
      const named = Object.keys(row);
      const person = personColumnOf(name);
      return [
        {
          sql: `INSERT INTO ${name} (${named.join(", ")}) VALUES (${named.map(() => "?").join(", ")})`,
          values: Object.values(row),
        },
        log(name, [String(row[keyOf(name)]), person ? textOrNull(row[person]) : null, "I"]),
      ];
    }),
    ...update.flatMap(({ table: name, key, set }) => {
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
  ]);
  return [...shown, log(REFRESH, ["-", null, "U"])];
}

/** An update's log row: whose row it is, the database knows. */
function logged(name: TableName, key: string, at: string): Statement {
  const person = personColumnOf(name);
  return {
    sql: `${LOG}
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
