// The sieve in front of everything that comes in: what is sealed is dropped in silence, and what carries a sealed number waits for the
// one officer who may know. See docs/sealed-records.md.

import { type EntityManager, In } from "typeorm";
import type { Compared } from "../domain/compared.ts";
import {
  comparedNumber,
  type ComparedNumber,
  numbersIn,
  permitText,
  sealedNumberText,
  sealedRecordText,
  withoutNumbers,
} from "../domain/sealed.ts";
import type { StatedIdentifier } from "../domain/statements.ts";
import { insertNew } from "../store/insert.ts";
import { QuarantinedRecordRow, SealedFileRow, SealedKeyRow } from "../store/rows-identity.ts";
import type { Hub } from "./hub.ts";
import { seal } from "./seal.ts";
import { tell } from "./telling.ts";

/** A record as it comes in. */
export interface Incoming {
  readonly recordId: string;
  readonly compared: Compared;
  readonly register?: string | null | undefined;
}

interface ToSieve {
  /** The transaction in which the records are noted, once it holds their keys; the database itself where there is none. */
  readonly db?: EntityManager;
  readonly agencyId: string;
  readonly records: readonly Incoming[];
}

/** What must not go on. Nothing of it may be noted, shown, counted or logged by its id. */
export interface Sieved {
  /** Record ids that are sealed themselves. */
  readonly sealed: ReadonlySet<string>;
  /** Record ids that carry a sealed number; they are in quarantine now. */
  readonly quarantined: ReadonlySet<string>;
  /** Record ids that the officer let in without the number: what they are compared by from here on. */
  readonly cleared: ReadonlyMap<string, Compared>;
}

/** What is kept of a quarantined record, encrypted. */
export interface QuarantinedContent {
  readonly agencyId: string;
  readonly recordId: string;
  readonly register: string | null;
  /** Which numberings it carries a sealed number of: `nhs`, `upn`, ... */
  readonly carries: readonly string[];
  /** Hashes that let it in without them. */
  readonly permits: readonly string[];
}

export const QUARANTINE = "quarantine";

/** Which of these texts (`sealedNumberText`, `sealedRecordText`) are sealed. One look at a small index. */
export async function sealedAmong(
  hub: Pick<Hub, "db" | "keyed">,
  texts: readonly string[],
  db: EntityManager = hub.db.manager,
): Promise<ReadonlySet<string>> {
  const byHash = new Map(texts.map((text) => [hub.keyed(text), text]));
  if (byHash.size === 0) return new Set();
  const rows = await db.findBy(SealedKeyRow, { hash: In([...byHash.keys()]) });
  return new Set(rows.flatMap(({ hash }) => byHash.get(hash) ?? []));
}

/** Whether a number is sealed. Whoever is looked for by it is found by nobody, also where a record that an agency finds by it was let in
 *  without it: that would lead from the one identity to the other. */
export async function isSealedNumber(hub: Hub, identifier: Pick<StatedIdentifier, "kind" | "value">): Promise<boolean> {
  const number = comparedNumber(identifier);
  return number !== null && (await sealedAmong(hub, [sealedNumberText(number)])).size > 0;
}

/** Puts these texts among the sealed. */
export async function addSealed(hub: Hub, db: EntityManager, texts: readonly string[]): Promise<void> {
  const hashes = [...new Set(texts.map((text) => hub.keyed(text)))].sort();
  await insertNew(
    db,
    SealedKeyRow,
    hashes.map((hash) => ({ hash })),
  );
}

const NOTHING: Sieved = { sealed: new Set(), quarantined: new Set(), cleared: new Map() };

/** Sorts out what may not come in: run again with the same, it changes nothing. Call it in the transaction that notes the records, once
 *  it holds their keys: nobody can then seal one of them meanwhile. */
export async function sievedOut(hub: Hub, { db = hub.db.manager, agencyId, records }: ToSieve): Promise<Sieved> {
  const textsOf = ({ recordId, compared }: Incoming) => [
    sealedRecordText(agencyId, recordId),
    ...numbersIn(compared).map(sealedNumberText),
  ];
  const hits = await sealedAmong(hub, records.flatMap(textsOf), db);
  if (hits.size === 0) return NOTHING;
  const sealed = new Set(
    records.flatMap(({ recordId }) => (hits.has(sealedRecordText(agencyId, recordId)) ? [recordId] : [])),
  );
  const carrying = records.flatMap((record) => {
    const numbers = numbersIn(record.compared).filter((number) => hits.has(sealedNumberText(number)));
    return numbers.length > 0 && !sealed.has(record.recordId) ? [{ record, numbers }] : [];
  });
  const permitOf = ({ recordId }: Incoming, number: ComparedNumber) => permitText(agencyId, recordId, number);
  const permits = await sealedAmong(
    hub,
    carrying.flatMap(({ record, numbers }) => numbers.map((number) => permitOf(record, number))),
    db,
  );
  const mayComeIn = ({ record, numbers }: Carrying) => numbers.every((number) => permits.has(permitOf(record, number)));
  const held = carrying.filter((each) => !mayComeIn(each));
  const hold = (tx: EntityManager) => quarantine(hub, tx, { agencyId, held });
  // What waits and who is told of it are one.
  if (held.length > 0) await (db.queryRunner?.isTransactionActive ? hold(db) : hub.db.transaction(hold));
  const cleared = carrying
    .filter(mayComeIn)
    .map(({ record, numbers }) => [record.recordId, withoutNumbers(record.compared, numbers)] as const);
  return { sealed, quarantined: new Set(held.map(({ record }) => record.recordId)), cleared: new Map(cleared) };
}

interface Carrying {
  readonly record: Incoming;
  readonly numbers: readonly ComparedNumber[];
}

/** Each of these once, whoever brings it how often; one that was let in before, and carries another sealed number now, waits again. */
async function quarantine(
  hub: Hub,
  db: EntityManager,
  { agencyId, held }: { readonly agencyId: string; readonly held: readonly Carrying[] },
): Promise<void> {
  const fresh: string[] = [];
  for (const { record, numbers } of held) {
    const { recordId, register = null } = record;
    const hash = hub.keyed(`quarantine|${agencyId}|${recordId}`);
    const known = await db.findOneBy(QuarantinedRecordRow, { hash });
    if (known && known.state !== "RELEASED") continue;
    const id = known?.id ?? hub.newId();
    const content: QuarantinedContent = {
      agencyId,
      recordId,
      register,
      carries: [...new Set(numbers.map(({ field }) => field))],
      permits: numbers.map((number) => hub.keyed(permitText(agencyId, recordId, number))),
    };
    const waits = {
      sealed: seal(hub, JSON.stringify(content), { purpose: QUARANTINE, rowId: id }),
      state: "WAITING" as const,
      at: hub.now(),
      decidedBy: null,
      because: null,
      decidedAt: null,
    };
    if (known) await db.update(QuarantinedRecordRow, id, waits);
    else await insertNew(db, QuarantinedRecordRow, [{ id, hash, ...waits }]);
    fresh.push(`${id} ${hub.newId()}`);
  }
  if (fresh.length > 0) await tellOfficers(hub, db, fresh);
}

/** Tells everybody who ever sealed something that a record waits. Whoever they are, they are the ones who may know. */
async function tellOfficers(hub: Hub, db: EntityManager, keys: readonly string[]): Promise<void> {
  const officers = await db.find(SealedFileRow, { select: { id: true, byActorId: true }, where: { what: "SEALING" } });
  const to = [...new Set(officers.map(({ byActorId }) => byActorId))].map((actorId) => ({ actorId }));
  const says = "A record waits for your decision: look at the quarantined records.";
  const notes = keys.map((key) => ({ key, kind: "RECORD_WAITS" as const, says, urgent: false, to }));
  // What of it leaves the hub is found by the sweep: whoever notes the records need not know that anything is to be told.
  await tell(hub, { db, notes });
}
