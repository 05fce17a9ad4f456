// Audit rows on their way into their table: every row is there before its request is answered, but rows of requests under way at
// once share a statement, and follow each other in this process's chain.

import type { DataSource, EntityManager } from "typeorm";
import { type AuditStore, chainOf } from "./audit-chain.ts";
import { insertEntries } from "./audit-insert.ts";
import { inTurns } from "./in-turns.ts";
import type { AuditRow } from "./rows-audit.ts";

/** No more than go into one statement: all of a batch is there, or none of it. One at a time: a chain has one end. */
const TURNS = { most: 1_000, atOnce: 1 };

function makeAuditLog(store: AuditStore) {
  const chain = chainOf(store);
  return inTurns<AuditRow, undefined>(async (rows) => {
    await chain.with((link) => {
      link(rows);
      return insertEntries(store.db.manager, rows);
    });
    return rows.map(() => undefined);
  }, TURNS);
}

const made = new WeakMap<DataSource, ReturnType<typeof makeAuditLog>>();

/** Writes these rows; resolves once they are there. */
export function auditLogOf(store: AuditStore) {
  let log = made.get(store.db);
  if (!log) made.set(store.db, (log = makeAuditLog(store)));
  return log;
}

/** Writes these rows in somebody's transaction, not yet chained: a chain cannot wait for a transaction to end. */
export async function insertWaiting(store: AuditStore, db: EntityManager, rows: readonly AuditRow[]): Promise<void> {
  const { links } = chainOf(store);
  for (const row of rows) row.hash = links.waiting(row);
  await insertEntries(db, rows);
}
