// Audit rows on their way into their table: every row is there before its request is answered, but rows of requests under way at
// once share a statement.

import type { DataSource } from "typeorm";
import { insertWhole } from "./insert-whole.ts";
import { inTurns } from "./in-turns.ts";
import { AuditRow } from "./rows.ts";

const TURNS = { most: 2_000, atOnce: 2 };

const makeAuditLog = (db: DataSource) =>
  inTurns<AuditRow, undefined>(async (rows) => {
    await insertWhole(db.manager, AuditRow, { rows });
    return rows.map(() => undefined);
  }, TURNS);

const made = new WeakMap<DataSource, ReturnType<typeof makeAuditLog>>();

/** Writes these rows; resolves once they are there. */
export function auditLogOf(db: DataSource) {
  let log = made.get(db);
  if (!log) made.set(db, (log = makeAuditLog(db)));
  return log;
}
