// An agency's record becomes a pointer in the hub, and is linked to a person or starts a new one. Nothing is copied but
// keyed hashes, the restriction mark and the pointer itself.

import { In, type EntityManager } from "typeorm";
import type { ChangePage, FoundRecord } from "../adapters/agency-system.ts";
import { groupBy } from "../domain/group.ts";
import { becameAnother, decideLink, type KnownPerson, LINKING_KINDS, type MatchKey } from "../domain/linking.ts";
import { matchTextsOf } from "../domain/match-keys.ts";
import { dayInEngland, yearsBetween } from "../domain/plain-date.ts";
import { insertMany } from "../store/insert.ts";
import { LockRow, MatchKeyRow, PersonRow, AgencyRecordRow, IdentityLinkRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";

export interface NotedRecords {
  readonly agencyId: string;
  readonly records: readonly FoundRecord[];
}

/** Makes sure that the hub knows these records, and returns the person each belongs to, by record id. Run twice, it changes
 *  nothing. One at a time across all processes: two records of one child must not become two people. */
export async function noteRecords(hub: Hub, { agencyId, records }: NotedRecords): Promise<ReadonlyMap<string, string>> {
  const keysOf = keysWith(hub);
  const seen = await knownRecords(hub.db.manager, agencyId, records);
  const before = await keysHeld(hub.db.manager, [...seen.values()]);
  const isSettled = (record: FoundRecord) => {
    const row = seen.get(record.recordId);
    return row !== undefined && !becameAnother(before.get(row.id) ?? [], keysOf(record));
  };
  if (records.every(isSettled)) {
    // Nobody new: nothing is linked, so nobody need wait.
    await refresh(hub.db.manager, { known: seen, before, records, keysOf, at: hub.now() });
    return personIdsOf(seen);
  }
  return hub.db.transaction(async (db) => {
    await db.findOne(LockRow, { where: { name: "identity" }, lock: { mode: "pessimistic_write" } });
    const known = await knownRecords(db, agencyId, records);
    const held = await keysHeld(db, [...known.values()]);
    const at = hub.now();
    const moved = records.filter((record) => {
      const row = known.get(record.recordId);
      return row && becameAnother(held.get(row.id) ?? [], keysOf(record));
    });
    // What a record said while it was another child's must not draw that child to it again.
    const movedRows = moved.flatMap(({ recordId }) => known.get(recordId)?.id ?? []);
    if (movedRows.length > 0) await db.delete(MatchKeyRow, { recordRowId: In(movedRows) });
    const settled = records.filter((record) => !moved.includes(record));
    await refresh(db, { known, before: held, records: settled, keysOf, at });
    const fresh = records.filter((record) => !known.has(record.recordId) || moved.includes(record));
    await linkAll(hub, db, { agencyId, records: fresh, known, keysOf, at });
    return personIdsOf(known);
  });
}

interface ToLink {
  readonly agencyId: string;
  /** New records, and records that have become another child's. */
  readonly records: readonly FoundRecord[];
  /** Grows by each record that is linked. */
  readonly known: Map<string, AgencyRecordRow>;
  readonly keysOf: (record: FoundRecord) => readonly MatchKey[];
  readonly at: Date;
}

/** Decides for each record whose it is, one after the other: the next may belong to a person the last has just made. */
async function linkAll(hub: Hub, db: EntityManager, { agencyId, records, known, keysOf, at }: ToLink): Promise<void> {
  const index = await makeIndex(db, records.flatMap(keysOf));
  const made = { people: [] as PersonRow[], records: [] as AgencyRecordRow[], links: [] as IdentityLinkRow[] };
  const keyRows: MatchKeyRow[] = [];
  const done = new Set<string>();
  for (const record of records) {
    const { recordId, restricted } = record;
    if (done.has(recordId)) continue;
    done.add(recordId);
    const keys = keysOf(record);
    const decision = decideLink(keys, index.candidates(keys));
    const personId = decision.personId ?? hub.newId();
    if (decision.personId === null) made.people.push({ id: personId, kind: kindOf(record, at), createdAt: at });
    const row = known.get(recordId);
    const id = row?.id ?? hub.newId();
    if (row) await db.update(AgencyRecordRow, id, { personId, gone: false, seenAt: at });
    const pointer = { id, agencyId, recordId, personId, restricted, gone: false, firstSeenAt: at, seenAt: at };
    if (!row) made.records.push(pointer);
    known.set(recordId, row ? { ...row, personId } : pointer);
    const because = row ? `The record changed and is another's now. ${decision.because}` : decision.because;
    made.links.push({ id: hub.newId(), recordRowId: id, personId, rule: decision.rule, because, at });
    for (const key of keys) keyRows.push({ recordRowId: id, ...key });
    index.add(personId, keys);
  }
  await insertMany(db, PersonRow, made.people);
  await insertMany(db, AgencyRecordRow, made.records);
  await insertMany(db, IdentityLinkRow, made.links);
  await insertMany(db, MatchKeyRow, keyRows);
}

/** The keys that these records had when they were last seen, by row. */
async function keysHeld(db: EntityManager, rows: readonly AgencyRecordRow[]): Promise<Map<string, MatchKey[]>> {
  if (rows.length === 0) return new Map();
  const held = await db.findBy(MatchKeyRow, { recordRowId: In(rows.map(({ id }) => id)) });
  const byRow = groupBy(held, ({ recordRowId }) => recordRowId);
  return new Map(byRow);
}

const personIdsOf = (known: ReadonlyMap<string, AgencyRecordRow>) =>
  new Map([...known].map(([recordId, { personId }]) => [recordId, personId]));

/** A record's keys, hashed once however often they are wanted. */
function keysWith(hub: Hub): (record: FoundRecord) => readonly MatchKey[] {
  const made = new Map<FoundRecord, readonly MatchKey[]>();
  return (record) => {
    const known = made.get(record);
    if (known) return known;
    const texts = new Map(matchTextsOf(record.demographics).map(({ kind, text }) => [`${kind}|${text}`, kind]));
    const keys = [...texts].map(([text, kind]) => ({ kind, hash: hub.keyed(text) }));
    made.set(record, keys);
    return keys;
  };
}

/** Marks records that the agency no longer holds. The pointers stay: what was shared from them was shared. */
export async function markGone(hub: Hub, agencyId: string, recordIds: ChangePage["gone"]): Promise<void> {
  if (recordIds.length === 0) return;
  await hub.db.manager.update(AgencyRecordRow, { agencyId, recordId: In([...recordIds]) }, { gone: true });
}

/** Remembers a restriction as soon as an answer shows it, so that it holds while that agency is out of reach. */
export async function markRestricted(hub: Hub, agencyId: string, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await hub.db.manager.update(AgencyRecordRow, { agencyId, recordId: In([...recordIds]) }, { restricted: true });
}

async function knownRecords(db: EntityManager, agencyId: string, records: readonly FoundRecord[]) {
  const recordIds = records.map(({ recordId }) => recordId);
  const rows = recordIds.length > 0 ? await db.findBy(AgencyRecordRow, { agencyId, recordId: In(recordIds) }) : [];
  return new Map(rows.map((row) => [row.recordId, row]));
}

/** Records seen again: their marks and keys follow the agency, their links stay as they were decided. A restriction is never
 *  lifted here: a list of changes does not see everything that restricts. */
async function refresh(db: EntityManager, { known, before, records, keysOf, at }: SeenAgain): Promise<void> {
  const again = records.flatMap((record) => {
    const row = known.get(record.recordId);
    return row ? [{ row, record, keys: keysOf(record) }] : [];
  });
  if (again.length === 0) return;
  await db.update(AgencyRecordRow, { id: In(again.map(({ row }) => row.id)) }, { gone: false, seenAt: at });
  const restricted = again.filter(({ row, record }) => record.restricted && !row.restricted).map(({ row }) => row.id);
  if (restricted.length > 0) await db.update(AgencyRecordRow, { id: In(restricted) }, { restricted: true });
  const changed = again.filter(({ row, keys }) => {
    const old = before.get(row.id) ?? [];
    return old.length !== keys.length || !old.every(({ hash }) => keys.some((key) => key.hash === hash));
  });
  if (changed.length === 0) return;
  await db.delete(MatchKeyRow, { recordRowId: In(changed.map(({ row }) => row.id)) });
  const rows = changed.flatMap(({ row, keys }) => keys.map((key) => ({ recordRowId: row.id, ...key })));
  await insertMany(db, MatchKeyRow, rows);
}

interface SeenAgain {
  readonly known: ReadonlyMap<string, AgencyRecordRow>;
  readonly before: ReadonlyMap<string, readonly MatchKey[]>;
  readonly records: readonly FoundRecord[];
  readonly keysOf: (record: FoundRecord) => readonly MatchKey[];
  readonly at: Date;
}

const kindOf = ({ demographics: { bornOn, expectedOn } }: FoundRecord, at: Date): PersonRow["kind"] =>
  bornOn && !expectedOn && yearsBetween(bornOn, dayInEngland(at)) >= 18 ? "ADULT" : "CHILD";

/** Everybody who shares a key that may link with these, with all their keys; grows as records are linked. */
async function makeIndex(db: EntityManager, wanted: readonly MatchKey[]) {
  const people = new Map<string, { personId: string; records: (readonly MatchKey[])[] }>();
  const byHash = new Map<string, Set<string>>();
  const add = (personId: string, keys: readonly MatchKey[]): void => {
    const person = people.get(personId) ?? { personId, records: [] };
    people.set(personId, person);
    person.records.push(keys);
    for (const { kind, hash } of keys)
      if (LINKING_KINDS.includes(kind)) byHash.set(hash, (byHash.get(hash) ?? new Set()).add(personId));
  };
  for (const { personId, keys } of await recordsSharing(db, wanted)) add(personId, keys);
  const candidates = (keys: readonly MatchKey[]): KnownPerson[] => {
    const ids = new Set(keys.flatMap(({ hash }) => [...(byHash.get(hash) ?? [])]));
    return [...ids].flatMap((id) => people.get(id) ?? []);
  };
  return { add, candidates };
}

/** Every record of everybody who shares a key with these that may link them. */
async function recordsSharing(db: EntityManager, keys: readonly MatchKey[]) {
  const hashes = keys.filter(({ kind }) => LINKING_KINDS.includes(kind)).map(({ hash }) => hash);
  if (hashes.length === 0) return [];
  const found = await db
    .createQueryBuilder(AgencyRecordRow, "mine")
    .innerJoin(MatchKeyRow, "shared", "shared.recordRowId = mine.id")
    .where("shared.hash IN (:...hashes)", { hashes })
    .select("DISTINCT mine.personId", "personId")
    .getRawMany<{ personId: string }>();
  const personIds = found.map(({ personId }) => personId);
  if (personIds.length === 0) return [];
  const rows = await db
    .createQueryBuilder(AgencyRecordRow, "mine")
    .innerJoin(MatchKeyRow, "held", "held.recordRowId = mine.id")
    .where("mine.personId IN (:...personIds)", { personIds })
    .select("mine.id", "recordRowId")
    .addSelect("mine.personId", "personId")
    .addSelect("held.kind", "kind")
    .addSelect("held.hash", "hash")
    .getRawMany<{ recordRowId: string; personId: string } & MatchKey>();
  const byRecord = groupBy(rows, ({ recordRowId }) => recordRowId);
  return [...byRecord.values()].map((held) => ({ personId: held[0]?.personId ?? "", keys: held }));
}
