// Ways to write rows that hold whatever runs at the same time. "Once" is a unique index, not a check.

import { type EntityManager, type EntityTarget, type ObjectLiteral, QueryFailedError } from "typeorm";
import type { QueryDeepPartialEntity } from "typeorm/query-builder/QueryPartialEntity.js";

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

/** Inserted in chunks, so that no statement grows past what the engines take well. */
const CHUNK = 100;

/** All of these rows, in as few statements as the engines take well. */
export async function insertMany<Row extends ObjectLiteral>(
  db: EntityManager,
  table: EntityTarget<Row>,
  rows: readonly QueryDeepPartialEntity<Row>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK)
    await db
      .createQueryBuilder()
      .insert()
      .into(table)
      .values(rows.slice(from, from + CHUNK))
      .updateEntity(false)
      .execute();
}
