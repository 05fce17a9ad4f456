// The audit's checkpoints, from the last to the first. The last one's signature vouches for it, and each for the one before by its hash:
// a signature takes a hundred times as long to look at.

import type { KeyObject } from "node:crypto";
import type { DataSource } from "typeorm";
import type { Finding } from "../domain/audit-finding.ts";
import { checkpointHash, checkpointsBefore, headsIn, numberOf, signedText } from "../store/audit-checkpoints.ts";
import type { AuditCheckpointRow } from "../store/rows-audit.ts";
import { isSigned, keyIdOf } from "./audit-signing.ts";
import type { SignedHead } from "./audit-walk.ts";

export interface CheckpointsSeen {
  readonly checkpoints: number;
  readonly findings: readonly Finding[];
  /** By chain: how long it was, by whatever can be trusted. */
  readonly heads: ReadonlyMap<string, readonly SignedHead[]>;
}

interface Kept {
  /** Checkpoints that were kept elsewhere. */
  readonly elsewhere: readonly AuditCheckpointRow[];
  readonly keys: readonly KeyObject[];
}

const AT_ONCE = 1_000;

/** Looks at every checkpoint in the database, and at those that were kept elsewhere. */
export async function seeCheckpoints(db: DataSource, { elsewhere, keys }: Kept): Promise<CheckpointsSeen> {
  const findings: Finding[] = [];
  const longest = new Map<string, SignedHead>();
  const others: [string, SignedHead][] = [];
  const kept = new Map(elsewhere.map((row) => [row.id, row]));
  const named = (id: string, says: string) =>
    void findings.push({ kind: "CHECKPOINT", id, chain: null, places: null, says });
  let checkpoints = 0;
  /** The last one that can be trusted, which says what the one before must be. */
  let next: AuditCheckpointRow | null = null;
  const strangers = new Set<number>();
  for await (const row of latestFirst(db)) {
    checkpoints += 1;
    const vouched: boolean = next !== null && numberOf(next) === numberOf(row) + 1;
    const isRight = vouched ? next?.previous === checkpointHash(row) : isOneOfOurs(row, keys);
    const own = kept.get(row.id);
    kept.delete(row.id);
    if (!isRight || (own && checkpointHash(own) !== checkpointHash(row))) {
      named(row.id, isRight ? "the one that was kept elsewhere is another" : whyWrong(row, keys, vouched));
      strangers.add(numberOf(row));
      if (!isOneOfOurs(row, keys)) continue;
    }
    const gone = missingBetween(numberOf(row), next ? numberOf(next) : null, strangers);
    if (gone) named(gone, "it is gone, or all from it to the next");
    next = row;
    for (const [chain, seq, hash] of headsIn(row)) {
      const known = longest.get(chain);
      if (!known || known.seq < seq) longest.set(chain, { seq, hash, checkpoint: row.id });
    }
  }
  const first = missingBetween(0, next ? numberOf(next) : null, strangers);
  if (first) named(first, "it is gone, or all from it to the next");
  for (const row of elsewhere) {
    if (!isOneOfOurs(row, keys))
      named(row.id, "the one that was kept elsewhere is not signed by a key that is known here");
    else {
      if (kept.has(row.id)) named(row.id, "it was kept elsewhere, and is gone here");
      for (const [chain, seq, hash] of headsIn(row)) others.push([chain, { seq, hash, checkpoint: row.id }]);
    }
  }
  return { checkpoints, findings, heads: byChain([...longest, ...others]) };
}

function byChain(heads: readonly (readonly [string, SignedHead])[]): Map<string, SignedHead[]> {
  const found = new Map<string, SignedHead[]>();
  for (const [chain, head] of heads) found.set(chain, [...(found.get(chain) ?? []), head]);
  return found;
}

async function* latestFirst(db: DataSource): AsyncGenerator<AuditCheckpointRow> {
  for (let before: string | null = null; ;) {
    const rows: AuditCheckpointRow[] = await checkpointsBefore(db, before, AT_ONCE);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    before = last.id;
  }
}

const isOneOfOurs = (row: AuditCheckpointRow, keys: readonly KeyObject[]): boolean =>
  keys.some((key) => keyIdOf(key) === row.keyId && isSigned(signedText(row), row.signature, key));

function whyWrong(row: AuditCheckpointRow, keys: readonly KeyObject[], vouched: boolean): string {
  if (vouched) return "it is not the one that the next was signed after";
  return keys.some((key) => keyIdOf(key) === row.keyId)
    ? "its signature does not fit it"
    : `it is signed by key ${row.keyId.slice(0, 32)}, which is not known here: name its file with --public-key`;
}

/** The first number between these two that is nobody's; null where none is missing. */
function missingBetween(from: number, upTo: number | null, strangers: ReadonlySet<number>): string | null {
  if (upTo === null) return null;
  for (let number = from + 1; number < upTo; number += 1)
    if (!strangers.has(number)) return String(number).padStart(12, "0");
  return null;
}
