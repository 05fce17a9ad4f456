// One chain of the audit, looked at from its first place to its last.

import type { DataSource } from "typeorm";
import type { Finding, Range } from "../domain/audit-finding.ts";
import { isLinked, type Links, ownHalf } from "../store/audit-link.ts";
import { chainPages } from "../store/audit-pages.ts";
import type { AuditRow } from "../store/rows-audit.ts";

/** An entry that is not what the hub wrote at its place. */
export interface Unfit {
  readonly row: AuditRow;
  /** Whether its place is known to have been the hub's own, whatever stands there now. */
  readonly placeIsOurs: boolean;
}

/** How long a chain was at some time, by a checkpoint whose signature holds. */
export interface SignedHead {
  readonly seq: number;
  readonly hash: string;
  /** The checkpoint's number. */
  readonly checkpoint: string;
}

export interface Walk {
  readonly chain: string;
  /** What the first entry follows; null where the chain's own row is gone or was changed. */
  readonly opened: string | null;
  readonly heads: readonly SignedHead[];
}

export interface Walked {
  readonly entries: number;
  readonly findings: readonly Finding[];
  readonly unfit: readonly Unfit[];
  /** Places where an entry was and none is. */
  readonly missing: readonly Range[];
}

export interface Looking {
  readonly db: DataSource;
  readonly links: Links;
  /** Hears of each entry that is as the hub wrote it. */
  readonly fits: (row: AuditRow) => void;
  /** Hears how many entries were looked at, now and then. */
  readonly looked: (more: number) => void;
}

/** The entry before, as far as it says what the next must follow. */
interface Before {
  readonly seq: number;
  readonly hash: string | null;
}

export async function walkChain({ db, links, fits, looked }: Looking, { chain, opened, heads }: Walk): Promise<Walked> {
  const findings: Finding[] = [];
  const unfit: Unfit[] = [];
  const missing: Range[] = [];
  const signed = new Map(heads.map((head) => [head.seq, head]));
  const longest = Math.max(0, ...signed.keys());
  let entries = 0;
  let reached = 0;
  let before: Before = { seq: 0, hash: opened };
  for await (const rows of chainPages(db, chain)) {
    for (const row of rows) {
      const seq = row.seq ?? 0;
      const follows = before.hash !== null && seq === before.seq + 1 ? isLinked(row.hash, before.hash, row) : null;
      if (ownHalf(row.hash) !== links.own(row, row)) {
        unfit.push({ row, placeIsOurs: follows === true || (seq > 0 && seq <= longest) });
        before = { seq, hash: follows ? row.hash : null };
        continue;
      }
      if (seq > reached + 1) missing.push({ from: reached + 1, upTo: seq - 1 });
      reached = seq;
      const says = whatIsWrong(row, { follows, head: signed.get(seq) });
      if (says) findings.push({ kind: "CHANGED", id: row.id, chain, places: [seq, seq], says });
      else fits(row);
      before = { seq, hash: says ? null : row.hash };
    }
    entries += rows.length;
    looked(rows.length);
  }
  if (longest > reached) missing.push({ from: reached + 1, upTo: longest });
  return { entries, findings, unfit, missing };
}

/** What is wrong with an entry that says what it always said. */
function whatIsWrong(row: AuditRow, { follows, head }: { follows: boolean | null; head: SignedHead | undefined }) {
  if (follows === false) return "its hash does not follow from the entry before";
  if (head && head.hash !== row.hash)
    return `its hash is not the one that checkpoint ${Number(head.checkpoint)} was signed with: the chain was written anew up to here`;
  return null;
}
