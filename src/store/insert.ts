// Ways to write rows that hold whatever runs at the same time. "Once" is a unique index, not a check.

import { type EntityManager, type EntityTarget, type ObjectLiteral, QueryFailedError } from "typeorm";
import type { QueryDeepPartialEntity } from "typeorm/query-builder/QueryPartialEntity.js";
import { insertWhole } from "./insert-whole.ts";

/** MySQL and MariaDB; PostgreSQL and PGlite. */
const DUPLICATE = new Set(["ER_DUP_ENTRY", "23505"]);

export function isDuplicate(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code } = error.driverError as { code?: string };
  return code !== undefined && DUPLICATE.has(code);
}

/** True for whoever inserts these unique columns first, false for everyone after. Any other failure is thrown.
 *  Inside a transaction, call it as the first write: PostgreSQL gives a transaction up after a failed statement. */
export async function insertFirst<Row extends ObjectLiteral>(
  db: EntityManager,
  table: EntityTarget<Row>,
  row: QueryDeepPartialEntity<Row>,
): Promise<boolean> {
  try {
    await db.insert(table, row);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** All of these rows, in as few statements as the engines take well. Give whole rows. */
export const insertMany = <Row extends ObjectLiteral>(
  db: EntityManager,
  table: EntityTarget<Row>,
  rows: readonly Row[],
): Promise<void> => insertWhole(db, table, { rows });

/** Those of these rows that are not there yet, by any unique index; the rest are left as they stand. Nothing else that is wrong with
 *  a row is passed over. Give whole rows, in the order of their unique columns: two transactions then wait for each other, and
 *  never both. */
export const insertNew = <Row extends ObjectLiteral>(
  db: EntityManager,
  table: EntityTarget<Row>,
  rows: readonly Row[],
): Promise<void> => insertWhole(db, table, { rows, keepExisting: true });
