// The ledger beside the audit: each of its lines was written together with one entry, which holds what the line said.

import type { Finding } from "../domain/audit-finding.ts";
import { decisionPages } from "../store/audit-pages.ts";
import type { AuditRow } from "../store/rows-audit.ts";
import { digestOf, whichIn } from "./audit-decisions.ts";
import type { Hub } from "./hub.ts";

/** What the audit says of a child whose time was over: the lines about it are gone, and should be. */
const ERASED = "child.erased";

interface Line {
  readonly id: string;
  readonly digest: string;
}

export interface Ledger {
  readonly lines: number;
  /** Takes an entry that is as the hub wrote it. */
  readonly take: (row: AuditRow) => void;
  readonly findings: () => Promise<Finding[]>;
}

type Reading = Pick<Hub, "db" | "keyed">;

/** Reads the ledger first: whatever line it finds, its entry is found afterwards. */
export async function readLedger(hub: Reading): Promise<Ledger> {
  const lines = await linesOf(hub);
  const entries = new Map<string, AuditRow>();
  const erased = new Set<string>();
  return {
    lines: lines.size,
    take(row) {
      if (row.digest !== null) entries.set(whichIn(row.digest), row);
      if (row.what === ERASED && row.allowed && row.subjectId !== null) erased.add(row.subjectId);
    },
    async findings() {
      const found: Finding[] = [];
      const orphans = [...entries.keys()].filter((which) => !lines.has(which));
      // Some may have been written since the ledger was read.
      const now = orphans.length > 0 ? await linesOf(hub) : lines;
      for (const [which, { id, chain, seq, digest, subjectId }] of entries) {
        const line = lines.get(which) ?? now.get(which);
        if (!line && subjectId !== null && erased.has(subjectId)) continue;
        const places = seq === null ? null : ([seq, seq] as const);
        if (!line)
          found.push({
            kind: "DECISION_REMOVED",
            id: null,
            chain,
            places,
            says: `the line that entry ${id} was written with is gone`,
          });
        else if (line.digest !== digest)
          found.push({
            kind: "DECISION_CHANGED",
            id: line.id,
            chain: null,
            places: null,
            says: `it is not what entry ${id} holds of it`,
          });
      }
      for (const [which, { id }] of lines)
        if (!entries.has(which))
          found.push({
            kind: "DECISION_INSERTED",
            id,
            chain: null,
            places: null,
            says: "no entry was written with it",
          });
      return found;
    },
  };
}

async function linesOf(hub: Reading): Promise<Map<string, Line>> {
  const lines = new Map<string, Line>();
  for await (const page of decisionPages(hub.db))
    for (const line of page) {
      const digest = digestOf(hub, line);
      lines.set(whichIn(digest), { id: line.id, digest });
    }
  return lines;
}
