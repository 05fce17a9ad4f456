// Everybody who may be one of the people whose records are being taken in, held for one transaction. It grows as records are
// linked, so that the next record of a page may be the child the last one has just made.

import { type EntityManager, In } from "typeorm";
import type { ComparedRecord, Override, PersonOnFile } from "../domain/identity.ts";
import { type Found, recordsWithKeys } from "../store/link-keys.ts";
import { IdentityOverrideRow } from "../store/rows-identity.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { holdPeople } from "./identity-ledger.ts";
import { comparedRecord } from "./identity-profiles.ts";

export interface Folder {
  /** Which records the keys found when the folder was opened. */
  readonly found: Found;
  /** Everybody who shares a key with this record, without the record itself. */
  candidates(recordRowId: string, hashes: readonly string[]): readonly PersonOnFile[];
  /** The other records of this person. */
  others(personId: string, recordRowId: string): readonly ComparedRecord[];
  /** What people decided about this record and others. */
  overrides(recordRowId: string): readonly Override[];
  /** Puts a record under a person, in place of what it was. */
  put(personId: string, record: ComparedRecord, hashes: readonly string[]): void;
  /** Takes a record out. */
  remove(recordRowId: string): void;
}

interface Wanted {
  readonly hashes: readonly string[];
  /** Records that are known already and come in changed. */
  readonly changed: readonly AgencyRecordRow[];
}

/** Opens it over the keys of all records that come in, and holds everybody in it. Hold the keys first. */
export async function openFolder(hub: Hub, db: EntityManager, { hashes, changed }: Wanted): Promise<Folder> {
  const found = await recordsWithKeys(db, hashes);
  const rowIds = [...new Set([...found.byHash.values()].flat())];
  const about = rowIds.length > 0 ? await db.find(AgencyRecordRow, { select: SLIM, where: { id: In(rowIds) } }) : [];
  const personIds = [...new Set([...about, ...changed].map(({ personId }) => personId))];
  await holdPeople(db, personIds);
  // Read once more, now that nobody else can move them.
  const rows = personIds.length > 0 ? await db.findBy(AgencyRecordRow, { personId: In(personIds) }) : [];
  return makeFolder(hub, { found, rows, overrides: await overridesOf(db, changed) });
}

const SLIM = { id: true, personId: true } as const;

async function overridesOf(db: EntityManager, changed: readonly AgencyRecordRow[]): Promise<readonly Override[]> {
  const ids = In(changed.map(({ id }) => id));
  if (changed.length === 0) return [];
  const rows = await db.find(IdentityOverrideRow, {
    where: [{ recordA: ids }, { recordB: ids }],
    order: { id: "ASC" },
  });
  // The latest of a pair holds.
  const latest = new Map(rows.map((row) => [`${row.recordA} ${row.recordB}`, row]));
  return [...latest.values()].map(({ recordA: a, recordB: b, verdict }) => ({ a, b, verdict }));
}

interface Contents {
  readonly found: Found;
  readonly rows: readonly AgencyRecordRow[];
  readonly overrides: readonly Override[];
}

function makeFolder(hub: Hub, { found, rows, overrides }: Contents): Folder {
  const people = new Map<string, Map<string, ComparedRecord>>();
  const personOf = new Map<string, string>();
  const byHash = new Map<string, Set<string>>();
  for (const [hash, ids] of found.byHash) byHash.set(hash, new Set(ids));
  for (const row of rows) {
    const record = comparedRecord(hub, row);
    if (record) file(row.personId, record);
  }

  function file(personId: string, record: ComparedRecord): void {
    const records = people.get(personId) ?? new Map<string, ComparedRecord>();
    people.set(personId, records.set(record.id, record));
    personOf.set(record.id, personId);
  }

  const remove = (recordRowId: string): void => {
    people.get(personOf.get(recordRowId) ?? "")?.delete(recordRowId);
    personOf.delete(recordRowId);
    for (const ids of byHash.values()) ids.delete(recordRowId);
  };

  const others = (personId: string, recordRowId: string): readonly ComparedRecord[] =>
    [...(people.get(personId)?.values() ?? [])].filter(({ id }) => id !== recordRowId);

  return {
    found,
    others,
    remove,
    overrides: (recordRowId) => overrides.filter(({ a, b }) => a === recordRowId || b === recordRowId),
    candidates(recordRowId, hashes) {
      const ids = new Set(
        hashes.flatMap((hash) => [...(byHash.get(hash) ?? [])].flatMap((id) => personOf.get(id) ?? [])),
      );
      return [...ids]
        .map((personId) => ({ personId, records: others(personId, recordRowId) }))
        .filter(({ records }) => records.length > 0);
    },
    put(personId, record, hashes) {
      remove(record.id);
      file(personId, record);
      for (const hash of hashes)
        if (!found.capped.has(hash)) byHash.set(hash, (byHash.get(hash) ?? new Set()).add(record.id));
    },
  };
}
