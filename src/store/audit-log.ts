// Audit rows on their way into their table: every row is there before its request is answered, but rows of requests under way at
// once share a statement.

import type { DataSource } from "typeorm";
import { inTurns } from "./in-turns.ts";
import type { AuditRow } from "./rows.ts";

const COLUMNS = [
  "id",
  "at",
  "actorId",
  "role",
  "agencyId",
  "what",
  "subjectId",
  "rule",
  "allowed",
  "purpose",
  "requestId",
] as const satisfies readonly (keyof AuditRow)[];
const TYPES: Partial<Record<keyof AuditRow, string>> = { at: "timestamp(3)[]", allowed: "boolean[]" };
const TURNS = { most: 2_000, atOnce: 2 };

function makeAuditLog(db: DataSource) {
  const postgres = db.options.type === "postgres";
  const names = COLUMNS.map((column) => db.driver.escape(column)).join(", ");
  const arrays = COLUMNS.map((column, index) => `$${index + 1}::${TYPES[column] ?? "text[]"}`).join(", ");
  const INSERT = postgres
    ? `INSERT INTO ${db.driver.escape("audit_entry")} (${names}) SELECT * FROM unnest(${arrays})`
    : `INSERT INTO ${db.driver.escape("audit_entry")} (${names}) VALUES ?`;
  return inTurns<AuditRow, undefined>(async (rows) => {
    await db.query(
      INSERT,
      postgres
        ? COLUMNS.map((column) => rows.map((row) => (column === "at" ? row.at.toISOString() : row[column])))
        : [rows.map((row) => COLUMNS.map((column) => row[column]))],
    );
    return rows.map(() => undefined);
  }, TURNS);
}

const made = new WeakMap<DataSource, ReturnType<typeof makeAuditLog>>();

/** Writes these rows; resolves once they are there. */
export function auditLogOf(db: DataSource) {
  let log = made.get(db);
  if (!log) made.set(db, (log = makeAuditLog(db)));
  return log;
}
