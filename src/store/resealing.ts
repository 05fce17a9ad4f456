// Every place where sealed values lie, read and changed without opening them: for the job that changes the key.

import type { DataSource } from "typeorm";
import { beginningOf } from "./key-ring.ts";
import { columnOf, purposeOf, SEALED, SEALED_BY_SERVICES } from "./sealed-columns.ts";

/** A column whose values are sealed. */
export interface Place {
  /** `referral.concern`. */
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** What its rows are known by. */
  readonly key: string;
  readonly purpose: string;
  /** Its values are bound to their rows, and were sealed before there was a ring. */
  readonly bound: boolean;
}

export interface Kept {
  readonly id: string;
  readonly kept: string;
}

/** All of them, always in the same order. */
export function placesOf(db: DataSource): Place[] {
  const place = (row: (typeof SEALED)[number][0], name: string, purpose: string | null): Place => {
    const column = columnOf(db, row, name);
    const { tableName, primaryColumns } = column.entityMetadata;
    return {
      name: purposeOf(column),
      table: tableName,
      column: column.databaseName,
      key: primaryColumns[0]?.databaseName ?? "id",
      purpose: purpose ?? purposeOf(column),
      bound: purpose !== null,
    };
  };
  return [
    ...SEALED.flatMap(([row, ...columns]) => columns.map((name) => place(row, name, null))),
    ...SEALED_BY_SERVICES.map(([row, name, purpose]) => place(row, name, purpose)),
  ];
}

/** Statements about one place. */
function wordsFor(db: DataSource, { table, column, key }: Place) {
  const name = (text: string) => db.driver.escape(text);
  const postgres = db.options.type === "postgres";
  let given = 0;
  const value = () => (postgres ? `$${(given += 1)}` : "?");
  return { table: name(table), column: name(column), key: name(key), value, postgres };
}

/** No key's id holds a letter that LIKE reads as anything else. */
const under = (keyId: string): string => `${beginningOf(keyId)}%`;

/** How many values are not sealed under this key. */
export async function countNotUnder(db: DataSource, place: Place, keyId: string): Promise<number> {
  const { table, column, value } = wordsFor(db, place);
  const query = `SELECT COUNT(*) AS n FROM ${table} WHERE ${column} IS NOT NULL AND ${column} NOT LIKE ${value()}`;
  const [row] = await db.query<{ n: string | number }[]>(query, [under(keyId)]);
  return Number(row?.n ?? 0);
}

export interface Page {
  readonly keyId: string;
  /** Only rows after this one, in the order of their ids. */
  readonly after: string;
  readonly most: number;
}

/** The next values that are not sealed under this key. */
export function notUnder(db: DataSource, place: Place, { keyId, after, most }: Page): Promise<Kept[]> {
  const { table, column, key, value } = wordsFor(db, place);
  return db.query<Kept[]>(
    `SELECT ${key} AS ${db.driver.escape("id")}, ${column} AS kept FROM ${table} WHERE ${key} > ${value()} AND ${column} IS NOT NULL AND ${column} NOT LIKE ${value()} ORDER BY ${key} LIMIT ${most}`,
    [after, under(keyId)],
  );
}

/** A value, and what takes its place. */
export interface Swap extends Kept {
  readonly becomes: string;
}

/** Puts each in the place of what was there, unless somebody has written something else meanwhile. */
export async function swap(db: DataSource, place: Place, swaps: readonly Swap[]): Promise<void> {
  if (swaps.length === 0) return;
  const { table, column, key, value } = wordsFor(db, place);
  const cases = swaps.map(() => `WHEN ${key} = ${value()} AND ${column} = ${value()} THEN ${value()}`).join(" ");
  const ids = swaps.map(value).join(", ");
  await db.query(`UPDATE ${table} SET ${column} = CASE ${cases} ELSE ${column} END WHERE ${key} IN (${ids})`, [
    ...swaps.flatMap(({ id, kept, becomes }) => [id, kept, becomes]),
    ...swaps.map(({ id }) => id),
  ]);
}

/** How many values of this place each key seals; under "" those that no key on any ring does. */
export async function countByKey(db: DataSource, place: Place): Promise<ReadonlyMap<string, number>> {
  const { table, column, postgres } = wordsFor(db, place);
  const id = postgres
    ? `split_part(${column}, '.', 2)`
    : `SUBSTRING_INDEX(SUBSTRING_INDEX(${column}, '.', 2), '.', -1)`;
  const keyId = `CASE WHEN ${column} LIKE 'v1.%.%' THEN ${id} ELSE '' END`;
  const rows = await db.query<{ k: string; n: string | number }[]>(
    `SELECT ${keyId} AS k, COUNT(*) AS n FROM ${table} WHERE ${column} IS NOT NULL GROUP BY ${keyId}`,
  );
  return new Map(rows.map(({ k, n }) => [k, Number(n)]));
}
