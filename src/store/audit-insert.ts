// Entries of the audit in one statement. Those of one request differ in little but whom they are about: what they share is put into
// the statement's text once worked out, since escaping each value of each row takes longer than all else that is done for an entry.

import { escape } from "mysql2";
import type { EntityManager } from "typeorm";
import { sharesAll } from "./audit-link.ts";
import { insertWhole } from "./insert-whole.ts";
import { AuditRow } from "./rows-audit.ts";

/** Rows in a statement. */
const CHUNK = 1_000;

const SHARED = ["at", "actorId", "role", "agencyId", "what", "rule", "allowed", "purpose", "power"] as const;
const ALSO_SHARED = ["parts", "sources", "digest", "requestId"] as const;
const OWN = ["chain", "id", "subjectId", "accessId", "seq", "hash"] as const;
const COLUMNS = [...SHARED, ...ALSO_SHARED, ...OWN];

export async function insertEntries(db: EntityManager, rows: readonly AuditRow[]): Promise<void> {
  const { driver, options } = db.connection;
  if (options.type === "postgres") return insertWhole(db, AuditRow, { rows });
  const into = `INSERT INTO ${driver.escape("audit_entry")} (${COLUMNS.map((name) => driver.escape(name)).join(", ")}) VALUES ?`;
  for (let from = 0; from < rows.length; from += CHUNK) {
    const text = valuesOf(rows.slice(from, from + CHUNK));
    // As one value that is put in as it stands: in the statement itself the driver would look for places of parameters.
    await db.query(into, [{ toSqlString: () => text }]);
  }
}

/** Texts that need no escaping: ids, codes, hashes, commas between. */
const PLAIN = /^[\w .,:|@+/-]*$/;

function literal(value: string | number | boolean | Date | null): string {
  if (value === null) return "NULL";
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (value instanceof Date) return escape(value, false, "Z");
  return PLAIN.test(value) ? `'${value}'` : escape(value);
}

function valuesOf(rows: readonly AuditRow[]): string {
  let last: AuditRow | null = null;
  let shared = "";
  const texts = rows.map((row) => {
    if (!last || !sharesAll(row, last))
      shared = [...SHARED, ...ALSO_SHARED].map((name) => literal(row[name])).join(",");
    last = row;
    const { chain, id, subjectId, accessId, seq, hash } = row;
    return `(${shared},${literal(chain)},${literal(id)},${literal(subjectId)},${literal(accessId)},${seq},${literal(hash)})`;
  });
  return texts.join(",");
}
