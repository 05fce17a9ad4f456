// Unborn children and births. A child's mother is asked of its agency, and kept as a keyed hash alone: by her, a newborn finds the child
// that was expected. Nothing is joined here; a pair that may be one child waits for a person.

import { type EntityManager, In } from "typeorm";
import type { Answer, Call, FoundRecord } from "../adapters/agency-system.ts";
import { type Part, itemsOf } from "../domain/absence.ts";
import {
  asksForMother,
  birthBetween,
  type BirthFacts,
  type BirthSide,
  mayConfirmBirth,
  motherTexts,
} from "../domain/births.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { comparedNumber, sealedNumberText } from "../domain/sealed.ts";
import type { Demographics, StatedRelationship } from "../domain/statements.ts";
import { again } from "../store/again.ts";
import { insertNew } from "../store/insert.ts";
import { addKeys, holdKeys, recordsWithKeys } from "../store/link-keys.ts";
import { keyOfPair } from "../store/overrides.ts";
import { IdentityOverrideRow, IdentityReviewRow, LinkKeyRow } from "../store/rows-identity.ts";
import { recordHashes } from "../store/row-hashes.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { holdPeople } from "./identity-ledger.ts";
import { linkHash, openProfile } from "./identity-profiles.ts";
import { sealedAmong } from "./sealing.ts";

/** How long agencies may take to say who a mother is. */
const LIMIT_MS = 30_000;
const AT_ONCE = 200;

export interface BirthsNoted {
  /** Pairs that a person is asked about now. */
  readonly proposed: number;
  /** Records whose agency did not answer. They are asked about again at the next collection. */
  readonly notAsked: number;
}

/** Stands in the index for a record whose mother is still to be asked for. */
const toAskText = (agencyId: string): string => `births|to ask|${agencyId}`;

/** For unborn children and newborns among these records, and for those of before whose agency did not answer: finds out who the mother is,
 *  and proposes what may be one child. Call it once a page is noted, and at the end of a collection with none. Run again, it
 *  changes nothing. */
export async function noteBirths(
  hub: Hub,
  agencyId: string,
  records: readonly Pick<FoundRecord, "recordId" | "demographics">[],
): Promise<BirthsNoted> {
  const today = dayInEngland(hub.now());
  const recordIds = records
    .filter(({ demographics }) => asksForMother(demographics, today))
    .map((each) => each.recordId);
  const rows = await rowsToAsk(hub, agencyId, recordIds);
  let proposed = 0;
  let notAsked = 0;
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    const told = await ask(hub, { agencyId, rows: some, parts: ["RELATIONSHIPS"] });
    for (const row of some) {
      const answer = told.get(row.recordId);
      const found = answer ? await notePair(hub, row, itemsOf(answer.relationships)) : null;
      if (found === null) notAsked += 1;
      await markToAsk(hub, row, found === null);
      proposed += found ?? 0;
    }
  }
  return { proposed, notAsked };
}

/** The rows of these records, and of those still to be asked about. A record that may not be known has none. */
async function rowsToAsk(hub: Hub, agencyId: string, recordIds: readonly string[]): Promise<AgencyRecordRow[]> {
  const { manager } = hub.db;
  const waiting = await manager.findBy(LinkKeyRow, { hash: linkHash(hub, toAskText(agencyId)) });
  if (recordIds.length === 0 && waiting.length === 0) return [];
  return manager.findBy(AgencyRecordRow, [
    { agencyId, recordHash: In(recordHashes(hub, agencyId, recordIds)), gone: false },
    { id: In(waiting.map(({ recordRowId }) => recordRowId)), agencyId, gone: false },
  ]);
}

interface Asking {
  readonly agencyId: string;
  readonly rows: readonly AgencyRecordRow[];
  readonly parts: readonly [Part];
}

/** What the agency says of each record; those it could not answer about are left out. */
async function ask(hub: Hub, { agencyId, rows, parts }: Asking): Promise<ReadonlyMap<string, Answer>> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const call: Call = { signal, correlationId: hub.newId(), purpose: "children-act-1989-s17" };
  const recordIds = rows.map(({ recordId }) => recordId);
  const answers =
    (await hub.systems
      .get(agencyId)
      ?.ask({ recordIds, parts }, call)
      .catch(() => [])) ?? [];
  const [part] = parts;
  const field = part === "RELATIONSHIPS" ? "relationships" : "demographics";
  return new Map(
    answers.filter((answer) => answer[field].status !== "DID_NOT_ANSWER").map((answer) => [answer.recordId, answer]),
  );
}

/** Hashes of the mothers that these claims name; none for a mother whose own records are sealed. */
async function mothersIn(hub: Hub, claims: readonly StatedRelationship[], db = hub.db.manager): Promise<string[]> {
  const numbers = claims.flatMap(({ otherIdentifiers }) =>
    otherIdentifiers.flatMap((each) => comparedNumber(each) ?? []),
  );
  const sealed = await sealedAmong(hub, numbers.map(sealedNumberText), db);
  const open = claims.filter(({ otherIdentifiers }) =>
    otherIdentifiers.every((each) => {
      const number = comparedNumber(each);
      return number === null || !sealed.has(sealedNumberText(number));
    }),
  );
  return motherTexts(open).map((text) => linkHash(hub, text));
}

/** Keeps whose mother it is. Returns the other records that she is the mother of: of two that are noted at the same moment, the second
 *  finds the first, and nobody can seal her or the record meanwhile. */
function keepMothers(hub: Hub, row: AgencyRecordRow, claims: readonly StatedRelationship[]): Promise<string[]> {
  return again(() =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      await holdKeys(db, await mothersIn(hub, claims, db));
      const mothers = await mothersIn(hub, claims, db);
      if (mothers.length === 0 || !(await db.existsBy(AgencyRecordRow, { id: row.id }))) return [];
      const before = await recordsWithKeys(db, mothers);
      const keys = mothers.map((hash) => ({ hash, recordRowId: row.id }));
      await addKeys(db, keys, before);
      return [...new Set([...before.byHash.values()].flat())].filter((id) => id !== row.id);
    }),
  );
}

/** Keeps whose mother it is, and proposes; null where an agency that is needed for it does not answer. */
async function notePair(hub: Hub, row: AgencyRecordRow, claims: readonly StatedRelationship[]): Promise<number | null> {
  if ((await mothersIn(hub, claims)).length === 0) return 0;
  const { manager } = hub.db;
  const ids = await keepMothers(hub, row, claims);
  const others = ids.length > 0 ? await manager.findBy(AgencyRecordRow, { id: In(ids), gone: false }) : [];
  const apart = others.filter(({ personId }) => personId !== row.personId);
  if (apart.length === 0) return 0;
  const facts = await factsOf(hub, [row, ...apart]);
  const own = facts.get(row.id);
  if (!own || apart.some(({ id }) => !facts.has(id))) return null;
  let proposed = 0;
  for (const other of apart) {
    const birth = birthBetween(own, facts.get(other.id) ?? own);
    if (birth && (await propose(hub, row, other))) proposed += 1;
  }
  return proposed;
}

/** The day born and the day expected, as each record's agency says now; those it did not say are left out. */
async function factsOf(hub: Hub, rows: readonly AgencyRecordRow[]): Promise<ReadonlyMap<string, BirthFacts>> {
  const facts = new Map<string, BirthFacts>();
  for (const agencyId of new Set(rows.map((row) => row.agencyId))) {
    const here = rows.filter((row) => row.agencyId === agencyId);
    const answers = await ask(hub, { agencyId, rows: here, parts: ["DEMOGRAPHICS"] });
    for (const { id, recordId } of here) {
      const answer = answers.get(recordId);
      if (answer) facts.set(id, factsIn(itemsOf(answer.demographics)));
    }
  }
  return facts;
}

function factsIn([who]: readonly Demographics[]): BirthFacts {
  if (!who) return { bornOn: null, expectedOn: null };
  const { bornOn, bornOnAccuracy, expectedOn } = who;
  return { bornOn: bornOnAccuracy === "DAY" ? bornOn : null, expectedOn: bornOn === null ? expectedOn : null };
}

/** Asks a person, once for each pair. What a person decided about the two is not asked again. */
async function propose(hub: Hub, row: AgencyRecordRow, other: AgencyRecordRow): Promise<boolean> {
  const [recordA, recordB] = [row.id, other.id].sort() as [string, string];
  const pair = keyOfPair(row.id, other.id);
  const review: IdentityReviewRow = {
    id: hub.newId(),
    pair,
    kind: "BIRTH",
    recordRowId: recordA,
    otherRecordRowId: recordB,
    weight: 0,
    contributions: "[]",
    vetoes: JSON.stringify(["V11"]),
    needsTwo: false,
    model: hub.matcher.model.version,
    state: "OPEN",
    outcome: null,
    gold: null,
    openedAt: hub.now(),
    closedAt: null,
  };
  return again(() =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      await holdPeople(db, [row.personId, other.personId]);
      // Nobody can seal one of them from here on; of one that is sealed there is nothing to ask.
      if ((await db.countBy(AgencyRecordRow, { id: In([recordA, recordB]) })) < 2) return false;
      const asked = await db.existsBy(IdentityReviewRow, { pair });
      if (asked || (await db.existsBy(IdentityOverrideRow, { recordA, recordB }))) return false;
      await insertNew(db, IdentityReviewRow, [review]);
      return true;
    }),
  );
}

/** Remembers, or no longer, that a record's mother is still to be asked for. */
async function markToAsk(hub: Hub, { id: recordRowId, agencyId }: AgencyRecordRow, toAsk: boolean): Promise<void> {
  const mark = { hash: linkHash(hub, toAskText(agencyId)), recordRowId };
  if (toAsk) await insertNew(hub.db.manager, LinkKeyRow, [mark]);
  else await hub.db.manager.delete(LinkKeyRow, mark);
}

/** Whether a person may confirm this birth: an unborn child becomes one child, so that twins are never one. Ask it within the transaction
 *  that joins them, once both people are held; `because` is for whoever decides. */
export async function mayBeConfirmed(
  hub: Hub,
  db: EntityManager,
  { recordRowId, otherRecordRowId }: Pick<IdentityReviewRow, "recordRowId" | "otherRecordRowId">,
): Promise<ReturnType<typeof mayConfirmBirth>> {
  const sideOf = async (id: string | null): Promise<BirthSide> => {
    const { personId } = await db.findOneByOrFail(AgencyRecordRow, { id: id ?? "" });
    const rows = await db.findBy(AgencyRecordRow, { personId });
    // A record of which nothing is known may be of a child that is born.
    return { personId, born: rows.some((row) => openProfile(hub, row)?.unborn !== true) };
  };
  return mayConfirmBirth(await sideOf(recordRowId), await sideOf(otherRecordRowId));
}
