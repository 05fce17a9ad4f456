// The index by which records are found: keyed hashes only.

import { type EntityManager, In } from "typeorm";
import { groupBy } from "../domain/group.ts";
import { insertNew } from "./insert.ts";
import { CAPPED, LinkKeyRow } from "./rows-identity.ts";
import { LockRow } from "./rows.ts";

/** Records that one key may find. One that has more is no key: it would find a crowd, and take for ever to look through. */
export const MOST_IN_KEY = 300;

export interface Found {
  /** Which records each key finds; none for a key that is full. */
  readonly byHash: ReadonlyMap<string, readonly string[]>;
  /** Keys that are full. */
  readonly capped: ReadonlySet<string>;
}

/** The records that these keys find. */
export async function recordsWithKeys(db: EntityManager, hashes: readonly string[]): Promise<Found> {
  const rows = hashes.length > 0 ? await db.findBy(LinkKeyRow, { hash: In([...new Set(hashes)]) }) : [];
  const capped = new Set(rows.filter(({ recordRowId }) => recordRowId === CAPPED).map(({ hash }) => hash));
  const open = groupBy(
    rows.filter(({ hash }) => !capped.has(hash)),
    ({ hash }) => hash,
  );
  return { byHash: new Map([...open].map(([hash, of]) => [hash, of.map(({ recordRowId }) => recordRowId)])), capped };
}

/** Puts records under their keys. A key that gets its 301st is full from then on: `found` says how many each has already. Returns how
 *  many keys were passed over because they are full. */
export async function addKeys(db: EntityManager, rows: readonly LinkKeyRow[], found: Found): Promise<number> {
  const byHash = groupBy(rows, ({ hash }) => hash);
  const kept: LinkKeyRow[] = [];
  let passed = 0;
  for (const [hash, added] of byHash) {
    const held = new Set([...(found.byHash.get(hash) ?? []), ...added.map(({ recordRowId }) => recordRowId)]);
    const full = found.capped.has(hash) || held.size > MOST_IN_KEY;
    if (full) passed += added.length;
    if (!full) kept.push(...added);
    else if (!found.capped.has(hash)) kept.push({ hash, recordRowId: CAPPED });
  }
  kept.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : a.recordRowId < b.recordRowId ? -1 : 1));
  await insertNew(db, LinkKeyRow, kept);
  return passed;
}

/** Takes records out of the index. */
export async function dropKeys(db: EntityManager, recordRowIds: readonly string[]): Promise<void> {
  if (recordRowIds.length > 0) await db.delete(LinkKeyRow, { recordRowId: In([...recordRowIds]) });
}

/** How many keys are full. */
export const countCapped = (db: EntityManager): Promise<number> => db.countBy(LinkKeyRow, { recordRowId: CAPPED });

/** Holds whatever shares one of these keys until the transaction ends: of two records of one child that come in at the same moment, the
 *  second waits, and finds the first. Taken in order of their names, so that two never wait for each other. */
export async function holdKeys(db: EntityManager, hashes: readonly string[]): Promise<void> {
  const names = new Set(hashes.map((hash) => `identity:${hash.slice(0, 2)}`));
  await db.find(LockRow, {
    where: { name: In([...names].sort()) },
    order: { name: "ASC" },
    lock: { mode: "pessimistic_write" },
  });
}
