// An agency's record becomes a pointer in the hub, and is linked to a person or starts a new one. Nothing is copied but
// keyed hashes, the restriction mark and the pointer itself.

import { In, type EntityManager } from "typeorm";
import type { ChangePage, FoundRecord } from "../adapters/agency-system.ts";
import { groupBy } from "../domain/group.ts";
import { decideLink, type KnownPerson, LINKING_KINDS, type MatchKey } from "../domain/linking.ts";
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
export function noteRecords(hub: Hub, { agencyId, records }: NotedRecords): Promise<ReadonlyMap<string, string>> {
  return hub.db.transaction(async (db) => {
    await db.findOne(LockRow, { where: { name: "identity" }, lock: { mode: "pessimistic_write" } });
    const known = await knownRecords(db, agencyId, records);
    const index = await makeIndex(hub, db, records);
    const at = hub.now();
    const made = { people: [] as PersonRow[], records: [] as AgencyRecordRow[], links: [] as IdentityLinkRow[] };
    const keyRows: MatchKeyRow[] = [];

    for (const record of records) {
      const row = known.get(record.recordId);
      const keys = index.keysOf(record);
      if (row) {
        await refresh(db, row, { record, keys, at });
        continue;
      }
      const decision = decideLink(keys, index.candidates(keys));
      const personId = decision.personId ?? hub.newId();
      if (decision.personId === null) made.people.push({ id: personId, kind: kindOf(record, at), createdAt: at });
      const id = hub.newId();
      const { recordId, restricted } = record;
      const fresh = { id, agencyId, recordId, personId, restricted, gone: false, firstSeenAt: at, seenAt: at };
      made.records.push(fresh);
      known.set(recordId, fresh);
      made.links.push({
        id: hub.newId(),
        recordRowId: id,
        personId,
        rule: decision.rule,
        because: decision.because,
        at,
      });
      for (const key of keys) keyRows.push({ recordRowId: id, ...key });
      index.add(personId, keys);
    }
    await insertMany(db, PersonRow, made.people);
    await insertMany(db, AgencyRecordRow, made.records);
    await insertMany(db, IdentityLinkRow, made.links);
    await insertMany(db, MatchKeyRow, keyRows);
    return new Map([...known].map(([recordId, { personId }]) => [recordId, personId]));
  });
}

/** Marks records that the agency no longer holds. The pointers stay: what was shared from them was shared. */
export async function markGone(hub: Hub, agencyId: string, recordIds: ChangePage["gone"]): Promise<void> {
  if (recordIds.length === 0) return;
  await hub.db.manager.update(AgencyRecordRow, { agencyId, recordId: In([...recordIds]) }, { gone: true });
}

/** Remembers a restriction as soon as any answer shows it, so that it holds while that agency is out of reach. */
export async function markRestricted(hub: Hub, agencyId: string, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await hub.db.manager.update(AgencyRecordRow, { agencyId, recordId: In([...recordIds]) }, { restricted: true });
}

async function knownRecords(db: EntityManager, agencyId: string, records: readonly FoundRecord[]) {
  const recordIds = records.map(({ recordId }) => recordId);
  const rows = recordIds.length > 0 ? await db.findBy(AgencyRecordRow, { agencyId, recordId: In(recordIds) }) : [];
  return new Map(rows.map((row) => [row.recordId, row]));
}

/** A record seen again: its mark and its keys follow the agency, its link stays as it was decided. */
async function refresh(
  db: EntityManager,
  row: AgencyRecordRow,
  { record, keys, at }: { record: FoundRecord; keys: readonly MatchKey[]; at: Date },
): Promise<void> {
  await db.update(AgencyRecordRow, row.id, { restricted: record.restricted, gone: false, seenAt: at });
  const old = await db.findBy(MatchKeyRow, { recordRowId: row.id });
  const same = old.length === keys.length && old.every(({ hash }) => keys.some((key) => key.hash === hash));
  if (same) return;
  await db.delete(MatchKeyRow, { recordRowId: row.id });
  await insertMany(
    db,
    MatchKeyRow,
    keys.map((key) => ({ recordRowId: row.id, ...key })),
  );
}

const kindOf = ({ demographics: { bornOn, expectedOn } }: FoundRecord, at: Date): PersonRow["kind"] =>
  bornOn && !expectedOn && yearsBetween(bornOn, dayInEngland(at)) >= 18 ? "ADULT" : "CHILD";

/** Everybody who shares a key with any of these records, with all their keys; grows as records are linked. */
async function makeIndex(hub: Hub, db: EntityManager, records: readonly FoundRecord[]) {
  const cache = new Map<FoundRecord, MatchKey[]>();
  const keysOf = (record: FoundRecord): MatchKey[] => {
    const found = cache.get(record);
    if (found) return found;
    const texts = matchTextsOf(record.demographics);
    const hashes = new Map(texts.map(({ kind, text }) => [`${kind}|${text}`, kind]));
    const keys = [...hashes].map(([text, kind]) => ({ kind, hash: hub.keyed(text) }));
    cache.set(record, keys);
    return keys;
  };
  const people = new Map<string, { personId: string; records: (readonly MatchKey[])[] }>();
  const byHash = new Map<string, Set<string>>();
  const add = (personId: string, keys: readonly MatchKey[]): void => {
    const person = people.get(personId) ?? { personId, records: [] };
    people.set(personId, person);
    person.records.push(keys);
    for (const { kind, hash } of keys)
      if (LINKING_KINDS.includes(kind)) byHash.set(hash, (byHash.get(hash) ?? new Set()).add(personId));
  };
  for (const { personId, keys } of await recordsSharing(db, records.flatMap(keysOf))) add(personId, keys);
  const candidates = (keys: readonly MatchKey[]): KnownPerson[] => {
    const ids = new Set(keys.flatMap(({ hash }) => [...(byHash.get(hash) ?? [])]));
    return [...ids].flatMap((id) => people.get(id) ?? []);
  };
  return { keysOf, add, candidates };
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
