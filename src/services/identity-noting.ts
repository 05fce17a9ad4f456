// One record after another finds its person. What is decided is collected, and written together.

import { type EntityManager, Not } from "typeorm";
import {
  type ComparedRecord,
  type IdentityDecision,
  type PersonOnFile,
  VETOES,
  type Veto,
} from "../domain/identity.ts";
import { decideIdentity } from "../domain/identity-decision.ts";
import { dayInEngland, yearsBetween } from "../domain/plain-date.ts";
import { becameAnother } from "../domain/record-compared.ts";
import { insertMany } from "../store/insert.ts";
import { addKeys, dropKeys } from "../store/link-keys.ts";
import { IdentityLinkRow, type IdentityReviewRow, type LinkKeyRow } from "../store/rows-identity.ts";
import { recordHash } from "../store/row-hashes.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import type { Folder } from "./identity-folder.ts";
import { believe, type Belief, linkRow } from "./identity-ledger.ts";
import { linkHashes, openProfile, type Prepared, registerIn, sealProfile } from "./identity-profiles.ts";
import { hasWork } from "./identity-work.ts";
import { askAbout, reviewsOf } from "./identity-reviews-made.ts";

export interface Noting {
  readonly hub: Hub;
  readonly db: EntityManager;
  readonly agencyId: string;
  readonly folder: Folder;
  /** Rows of this agency by record id; grows by each record that is new. */
  readonly known: Map<string, AgencyRecordRow>;
}

interface Pending {
  readonly people: PersonRow[];
  readonly records: AgencyRecordRow[];
  readonly links: IdentityLinkRow[];
  readonly keys: LinkKeyRow[];
  readonly reviews: IdentityReviewRow[];
}

const nothing = (): Pending => ({ people: [], records: [], links: [], keys: [], reviews: [] });

/** Decides for each of these records, new or changed, whose it is, and writes it. */
export async function noteAll(noting: Noting, records: readonly Prepared[]): Promise<void> {
  const { known } = noting;
  let pending = nothing();
  const write = async () => {
    await writeAll(noting, pending);
    pending = nothing();
  };
  const done = new Set<string>();
  for (const record of records) {
    if (done.has(record.recordId)) continue;
    done.add(record.recordId);
    const row = known.get(record.recordId);
    if (row) {
      // What is written so far may be what this record is about to join.
      await write();
      await noteChanged(noting, row, record);
    } else noteNew(noting, record, pending);
  }
  await write();
}

async function writeAll({ hub, db, agencyId, folder }: Noting, pending: Pending): Promise<void> {
  await insertMany(db, PersonRow, pending.people);
  await insertMany(db, AgencyRecordRow, pending.records);
  await insertMany(db, IdentityLinkRow, pending.links);
  await askAbout(hub, db, pending.reviews);
  const passed = await addKeys(db, pending.keys, folder.found);
  if (passed > 0) hub.log.warn({ agencyId, keys: passed }, "keys that find too many records were passed over");
}

function noteNew(noting: Noting, record: Prepared, pending: Pending): void {
  const { hub, agencyId, folder, known } = noting;
  const { found, profile, hash, recordId } = record;
  const id = hub.newId();
  const at = hub.now();
  const register = found.register ?? null;
  const compared: ComparedRecord = { id, register: registerIn({ agencyId, register }), ...profile };
  const hashes = linkHashes(hub, profile);
  const decision = decide(noting, compared, folder.candidates(id, hashes));
  const personId = decision.personId ?? hub.newId();
  if (decision.personId === null)
    pending.people.push({
      id: personId,
      kind: kindOf(record, at),
      createdAt: at,
      joinedTo: null,
      shielded: false,
      sealedAt: null,
    });
  const row: AgencyRecordRow = {
    id,
    agencyId,
    recordId,
    recordHash: recordHash(hub, agencyId, recordId),
    personId,
    restricted: found.restricted,
    gone: false,
    register,
    profile: sealProfile(hub, id, profile),
    profileHash: hash,
    firstSeenAt: at,
    seenAt: at,
  };
  pending.records.push(row);
  known.set(recordId, row);
  pending.links.push(linkRow(hub, beliefOf(hub, { row, personId, decision }), null));
  for (const key of hashes) pending.keys.push({ hash: key, recordRowId: id });
  pending.reviews.push(...reviewsOf(hub, { recordRowId: id, personId, decision }));
  folder.put(personId, compared, hashes);
}

/** A record that says something else than it did. It stays whose it was, unless it has become another's altogether, or was alone and
 *  is now seen to be somebody the hub knows. What contradicts the belief waits for a person. */
async function noteChanged(noting: Noting, row: AgencyRecordRow, record: Prepared): Promise<void> {
  const { hub, db, agencyId, folder, known } = noting;
  const { found, profile, hash } = record;
  const before = openProfile(hub, row);
  const register = found.register ?? null;
  const compared: ComparedRecord = { id: row.id, register: registerIn({ agencyId, register }), ...profile };
  const hashes = linkHashes(hub, profile);
  const another = before !== null && becameAnother(before.compared, profile.compared, hub.matcher.words);
  folder.remove(row.id);
  const everybody = folder.candidates(row.id, hashes);
  const people = another
    ? everybody.filter(({ personId }) => personId !== row.personId)
    : withOwn(everybody, row, folder);
  const decision = decide(noting, compared, people);
  // Also beside a record that cannot be read it is not alone.
  const alone = !(await db.existsBy(AgencyRecordRow, { personId: row.personId, id: Not(row.id) }));
  const personId = await whoseNow({ noting, row, decision, another, alone });
  const at = hub.now();
  const kept = { register, profile: sealProfile(hub, row.id, profile), profileHash: hash };
  if (personId !== row.personId) {
    if (decision.personId === null)
      await db.insert(PersonRow, {
        id: personId,
        kind: kindOf(record, at),
        createdAt: at,
        joinedTo: null,
        shielded: false,
        sealedAt: null,
      });
    const belief = beliefOf(hub, { row, personId, decision });
    const why = another ? `The record changed and is another's now. ${belief.because}` : belief.because;
    await believe(hub, db, { ...belief, because: why.slice(0, 200), isAnother: another });
  }
  await db.update(AgencyRecordRow, row.id, kept);
  known.set(record.recordId, { ...row, ...kept, personId });
  await dropKeys(db, [row.id]);
  await addKeys(
    db,
    hashes.map((key) => ({ hash: key, recordRowId: row.id })),
    folder.found,
  );
  await askAbout(hub, db, reviewsOf(hub, { recordRowId: row.id, personId, decision }));
  folder.put(personId, compared, hashes);
}

/** The record's own person is always in question, whatever its keys find. */
function withOwn(people: readonly PersonOnFile[], row: AgencyRecordRow, folder: Folder): readonly PersonOnFile[] {
  const records = folder.others(row.personId, row.id);
  if (records.length === 0 || people.some(({ personId }) => personId === row.personId)) return people;
  return [...people, { personId: row.personId, records }];
}

interface Whose {
  readonly noting: Noting;
  readonly row: AgencyRecordRow;
  readonly decision: IdentityDecision;
  readonly another: boolean;
  /** It is the only record of its person. */
  readonly alone: boolean;
}

async function whoseNow({ noting: { hub, db }, row, decision, another, alone }: Whose): Promise<string> {
  if (another) return decision.personId ?? hub.newId();
  if (!alone || decision.personId === null) return row.personId;
  // What the hub does for somebody is not moved to another without a person who looked.
  return (await hasWork(db, row.personId)) ? row.personId : decision.personId;
}

const decide = ({ hub, folder }: Noting, record: ComparedRecord, people: readonly PersonOnFile[]): IdentityDecision =>
  decideIdentity(hub.matcher, record, { people, overrides: folder.overrides(record.id) });

interface Decided {
  readonly row: Pick<AgencyRecordRow, "id" | "personId">;
  readonly personId: string;
  readonly decision: IdentityDecision;
}

function beliefOf(hub: Hub, { row, personId, decision }: Decided): Belief {
  const chosen = decision.considered.find((each) => each.personId === decision.personId);
  const shown = chosen ?? decision.considered[0];
  const next = decision.considered.find((each) => each !== shown);
  return {
    record: row,
    personId,
    rule: decision.rule,
    because: decision.because.slice(0, 200),
    band: decision.band,
    weight: shown?.weight ?? null,
    contributions: shown?.contributions ?? [],
    vetoes: shown?.vetoes ?? [],
    runnerUp: next ? { personId: next.personId, weight: next.weight } : null,
    decidedBy: `model:${hub.matcher.policy}`,
  };
}

const kindOf = ({ found: { demographics } }: Prepared, at: Date): PersonRow["kind"] => {
  const { bornOn, expectedOn } = demographics;
  return bornOn && !expectedOn && yearsBetween(bornOn, dayInEngland(at)) >= 18 ? "ADULT" : "CHILD";
};

/** Vetoes in words, from their codes. */
export const vetoesIn = (codes: string | null): Veto[] =>
  codes === null ? [] : (JSON.parse(codes) as (keyof typeof VETOES)[]).map((code) => ({ code, because: VETOES[code] }));
