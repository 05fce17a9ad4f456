// From nothing: every record is decided once more, in the order in which the beliefs that hold were written, and what comes out is
// compared with what is believed. Changes nothing. What people decided stands as they decided it.

import { In } from "typeorm";
import { decideIdentity } from "../domain/identity-decision.ts";
import type { ComparedRecord, Override } from "../domain/identity.ts";
import { groupBy } from "../domain/group.ts";
import { MOST_IN_KEY } from "../store/link-keys.ts";
import { IdentityOverrideRow, IdentityReviewRow } from "../store/rows-identity.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { comparedRecord, linkHashes, openProfile } from "./identity-profiles.ts";

export interface Rebuilt {
  readonly records: number;
  /** People that the records make. */
  readonly people: number;
  /** Records that come out with somebody else than they are believed to be, and that nobody is asked about: by row id. */
  readonly differ: readonly string[];
  /** The same of records about which a person is asked already: what they say changed after they were joined or left apart. */
  readonly asked: readonly string[];
  /** Records not seen since the hub keeps what they are compared by. */
  readonly withoutProfile: number;
}

interface Latest {
  readonly id: string;
  readonly decidedBy: string;
}

const PAGE = 1_000;

/** Decides everything anew in memory. `onProgress` is told how many records are done. */
export async function rebuildIdentity(hub: Hub, onProgress: (done: number) => void = () => {}): Promise<Rebuilt> {
  const latest = await latestBeliefs(hub);
  const overrides = await overridesByRecord(hub);
  const fresh = makeFreshFolder();
  let [done, withoutProfile] = [0, 0];
  for (let from = 0; from < latest.length; from += PAGE) {
    const page = latest.slice(from, from + PAGE);
    const rows = await hub.db.manager.findBy(AgencyRecordRow, { id: In(page.map(({ recordRowId }) => recordRowId)) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { recordRowId, belief } of page) {
      const row = byId.get(recordRowId);
      const profile = row && openProfile(hub, row);
      const record = row && comparedRecord(hub, row);
      if (!row || !profile || !record) {
        withoutProfile += 1;
        continue;
      }
      const hashes = linkHashes(hub, profile);
      const decided = belief.decidedBy.startsWith("model")
        ? decideIdentity(hub.matcher, record, {
            people: fresh.candidates(hashes),
            overrides: overrides.get(record.id) ?? [],
          }).personId
        : fresh.standsFor(row.personId);
      fresh.put(decided ?? record.id, { record, hashes, believed: row.personId });
      done += 1;
    }
    onProgress(done);
  }
  const { people, differ } = fresh.compared();
  const asked = await waitingAmong(hub, differ);
  return { records: done, withoutProfile, people, asked: [...asked], differ: differ.filter((id) => !asked.has(id)) };
}

/** Those of these records that are in a pair that waits for a person. */
async function waitingAmong(hub: Hub, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let from = 0; from < ids.length; from += PAGE) {
    const some = In(ids.slice(from, from + PAGE));
    const state = "OPEN" as const;
    const rows = await hub.db.manager.findBy(IdentityReviewRow, [
      { state, recordRowId: some },
      { state, otherRecordRowId: some },
    ]);
    for (const { recordRowId, otherRecordRowId } of rows)
      for (const id of [recordRowId, otherRecordRowId]) if (id !== null) found.add(id);
  }
  return new Set(ids.filter((id) => found.has(id)));
}

async function latestBeliefs(hub: Hub): Promise<{ readonly recordRowId: string; readonly belief: Latest }[]> {
  const name = (text: string) => hub.db.driver.escape(text);
  const [link, id, record] = [name("identity_link"), name("id"), name("recordRowId")];
  const last = `SELECT MAX(${id}) AS ${name("last")} FROM ${link} GROUP BY ${record}`;
  const columns = `l.${id}, l.${record}, l.${name("decidedBy")}`;
  const rows = await hub.db.query<{ id: string; recordRowId: string; decidedBy: string }[]>(
    `SELECT ${columns} FROM ${link} l JOIN (${last}) m ON m.${name("last")} = l.${id} ORDER BY l.${id}`,
  );
  return rows.map(({ recordRowId, ...belief }) => ({ recordRowId, belief }));
}

async function overridesByRecord(hub: Hub): Promise<ReadonlyMap<string, readonly Override[]>> {
  const rows = await hub.db.manager.find(IdentityOverrideRow, { order: { id: "ASC" } });
  const latest = new Map(rows.map((row) => [`${row.recordA} ${row.recordB}`, row]));
  const all = [...latest.values()].map(({ recordA: a, recordB: b, verdict }): Override => ({ a, b, verdict }));
  const byRecord = new Map<string, Override[]>();
  for (const override of all)
    for (const id of [override.a, override.b]) byRecord.set(id, [...(byRecord.get(id) ?? []), override]);
  return byRecord;
}

interface Put {
  readonly record: ComparedRecord;
  readonly hashes: readonly string[];
  readonly believed: string;
}

function makeFreshFolder() {
  const people = new Map<string, ComparedRecord[]>();
  const believedOf = new Map<string, string>();
  const personOf = new Map<string, string>();
  const byHash = new Map<string, string[]>();
  /** The fresh person that holds a believed person's first record. */
  const first = new Map<string, string>();
  return {
    candidates(hashes: readonly string[]) {
      const found = hashes.map((hash) => byHash.get(hash) ?? []).filter((ids) => ids.length <= MOST_IN_KEY);
      const ids = new Set(found.flat().flatMap((id) => personOf.get(id) ?? []));
      return [...ids].map((personId) => ({ personId, records: people.get(personId) ?? [] }));
    },
    standsFor: (believed: string): string | null => first.get(believed) ?? null,
    put(personId: string, { record, hashes, believed }: Put): void {
      people.set(personId, [...(people.get(personId) ?? []), record]);
      personOf.set(record.id, personId);
      believedOf.set(record.id, believed);
      if (!first.has(believed)) first.set(believed, personId);
      for (const hash of hashes) byHash.set(hash, [...(byHash.get(hash) ?? []), record.id]);
    },
    /** Records that are not with the same others as before. */
    compared(): { readonly people: number; readonly differ: readonly string[] } {
      const sizes = groupBy(believedOf.values(), (believed) => believed);
      const differ = [...people.values()].flatMap((records) => {
        const believed = new Set(records.map(({ id }) => believedOf.get(id)));
        const [only] = [...believed];
        const whole = believed.size === 1 && sizes.get(only ?? "")?.length === records.length;
        return whole ? [] : records.map(({ id }) => id);
      });
      return { people: people.size, differ };
    },
  };
}
