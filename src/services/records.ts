// An agency's record becomes a pointer in the hub, and is linked to a person or starts a new one. Nothing is copied but keyed
// hashes, what the record is compared by (encrypted), the restriction mark and the pointer itself.

import { type EntityManager, In } from "typeorm";
import type { ChangePage, FoundRecord } from "../adapters/agency-system.ts";
import { holdKeys } from "../store/link-keys.ts";
import { again } from "../store/again.ts";
import { recordHashes } from "../store/row-hashes.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { openFolder } from "./identity-folder.ts";
import { noteAll, type Noting } from "./identity-noting.ts";
import { linkHash, linkHashes, openProfile, prepare, type Prepared, withProfile } from "./identity-profiles.ts";
import { sievedOut } from "./sealing.ts";

export interface NotedRecords {
  readonly agencyId: string;
  readonly records: readonly FoundRecord[];
}

/** Makes sure that the hub knows these records, and returns the person each belongs to, by record id; a record that must not be
 *  known is not in it. Run twice, it changes nothing; run by two at once, it makes one person of one child. */
export async function noteRecords(hub: Hub, { agencyId, records }: NotedRecords): Promise<ReadonlyMap<string, string>> {
  const prepared = records.map((found) => prepare(hub, found));
  const { manager } = hub.db;
  const open = await letIn(hub, manager, { agencyId, prepared });
  const seen = await knownRecords(hub, manager, { agencyId, records: open });
  const isSettled = ({ recordId, hash }: Prepared) => seen.get(recordId)?.profileHash === hash;
  if (open.every(isSettled)) {
    // Nobody new and nothing changed: nothing is decided, so nobody need wait.
    await refresh(manager, { known: seen, records: open, at: hub.now() });
    return personIdsOf(seen);
  }
  return again(() =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      await holdKeys(db, [...open.flatMap((record) => keysToHold(hub, agencyId, record)), ...oldKeys(hub, seen)]);
      // Once more, now that nobody can seal one of them meanwhile.
      const noted = await letIn(hub, db, { agencyId, prepared: open });
      const before = await knownRecords(hub, db, { agencyId, records: noted });
      await refresh(db, { known: before, records: noted, at: hub.now() });
      const fresh = noted.filter(({ recordId, hash }) => before.get(recordId)?.profileHash !== hash);
      const { folder, known } = await openOver(hub, db, { agencyId, noted, fresh, known: before });
      await noteAll({ hub, db, agencyId, folder, known }, fresh);
      return personIdsOf(known);
    }),
  );
}

interface ToOpen {
  readonly agencyId: string;
  readonly noted: readonly Prepared[];
  readonly fresh: readonly Prepared[];
  readonly known: Map<string, AgencyRecordRow>;
}

/** The folder over these records, and the records as they stand once everybody in it is held: a person may have moved one just before. */
async function openOver(
  hub: Hub,
  db: EntityManager,
  { agencyId, noted, fresh, known }: ToOpen,
): Promise<Pick<Noting, "folder" | "known">> {
  const changed = fresh.flatMap(({ recordId }) => known.get(recordId) ?? []);
  const hashes = fresh.flatMap(({ profile }) => linkHashes(hub, profile));
  const folder = await openFolder(hub, db, { hashes, changed });
  const now = changed.length > 0 ? await knownRecords(hub, db, { agencyId, records: noted }) : known;
  const isMoved = changed.some(({ recordId, personId }) => now.get(recordId)?.personId !== personId);
  return isMoved ? openOver(hub, db, { agencyId, noted, fresh, known: now }) : { folder, known: now };
}

interface ToLetIn {
  readonly agencyId: string;
  readonly prepared: readonly Prepared[];
}

/** Without what must not be known: sealed records, and those that carry a sealed number and wait for their officer. One that was let in
 *  without its number comes in without it. */
async function letIn(hub: Hub, db: EntityManager, { agencyId, prepared }: ToLetIn): Promise<readonly Prepared[]> {
  const records = prepared.map(({ recordId, profile, found }) => {
    return { recordId, compared: profile.compared, register: found.register };
  });
  const { sealed, quarantined, cleared } = await sievedOut(hub, { db, agencyId, records });
  return prepared
    .filter(({ recordId }) => !sealed.has(recordId) && !quarantined.has(recordId))
    .map((record) => {
      const compared = cleared.get(record.recordId);
      return compared ? { ...record, ...withProfile(hub, { ...record.profile, compared }) } : record;
    });
}

/** The record itself is held too: two who take in the same one must not both make it. */
const keysToHold = (hub: Hub, agencyId: string, { profile, recordId }: Prepared): string[] => [
  linkHash(hub, `record|${agencyId}|${recordId}`),
  ...linkHashes(hub, profile),
];

const oldKeys = (hub: Hub, seen: ReadonlyMap<string, AgencyRecordRow>): string[] =>
  [...seen.values()].flatMap((row) => {
    const profile = openProfile(hub, row);
    return profile ? linkHashes(hub, profile) : [];
  });

const personIdsOf = (known: ReadonlyMap<string, AgencyRecordRow>) =>
  new Map([...known].map(([recordId, { personId }]) => [recordId, personId]));

/** Marks records that the agency no longer holds. The pointers stay: what was shared from them was shared. */
export async function markGone(hub: Hub, agencyId: string, recordIds: ChangePage["gone"]): Promise<void> {
  if (recordIds.length === 0) return;
  await hub.db.manager.update(
    AgencyRecordRow,
    { agencyId, recordHash: In(recordHashes(hub, agencyId, recordIds)) },
    { gone: true },
  );
}

/** Remembers a restriction as soon as an answer shows it, so that it holds while that agency is out of reach. */
export async function markRestricted(hub: Hub, agencyId: string, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await hub.db.manager.update(
    AgencyRecordRow,
    { agencyId, recordHash: In(recordHashes(hub, agencyId, recordIds)) },
    { restricted: true },
  );
}

interface Asked {
  readonly agencyId: string;
  readonly records: readonly { readonly recordId: string }[];
}

async function knownRecords(hub: Hub, db: EntityManager, { agencyId, records }: Asked) {
  const hashes = recordHashes(
    hub,
    agencyId,
    records.map(({ recordId }) => recordId),
  );
  const rows = hashes.length > 0 ? await db.findBy(AgencyRecordRow, { agencyId, recordHash: In(hashes) }) : [];
  return new Map(rows.map((row) => [row.recordId, row]));
}

interface SeenAgain {
  readonly known: ReadonlyMap<string, AgencyRecordRow>;
  readonly records: readonly Prepared[];
  readonly at: Date;
}

/** Records seen again: their marks follow the agency. A restriction is never lifted here: a list of changes does not see everything
 *  that restricts. */
async function refresh(db: EntityManager, { known, records, at }: SeenAgain): Promise<void> {
  const rows = records.flatMap((record) => {
    const row = known.get(record.recordId);
    return row ? [{ row, record }] : [];
  });
  if (rows.length === 0) return;
  await db.update(AgencyRecordRow, { id: In(rows.map(({ row }) => row.id)) }, { gone: false, seenAt: at });
  const restricted = rows
    .filter(({ row, record }) => record.found.restricted && !row.restricted)
    .map(({ row }) => row.id);
  if (restricted.length > 0) await db.update(AgencyRecordRow, { id: In(restricted) }, { restricted: true });
}
