// The ledger of who is who. A belief is only ever added; the record's pointer carries the one that holds, and whoever has lost all
// their records points to where they went, so that nothing the hub did for them is out of sight.

import { type EntityManager, In } from "typeorm";
import type { Band, Veto } from "../domain/identity.ts";
import type { Contribution } from "../domain/match-model.ts";
import { IdentityLinkRow } from "../store/rows-identity.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";

/** A belief about one record, to be written. */
export interface Belief {
  readonly record: Pick<AgencyRecordRow, "id" | "personId">;
  readonly personId: string;
  readonly rule: string;
  /** For a person to read: up to 200 characters, no value of the record. */
  readonly because: string;
  readonly band: Band;
  readonly weight: number | null;
  readonly contributions: readonly Contribution[];
  readonly vetoes: readonly Veto[];
  readonly runnerUp: { readonly personId: string; readonly weight: number } | null;
  /** `model:strict`, or the actor's id. */
  readonly decidedBy: string;
  /** The record was written over with somebody else: whoever had it is not who it is now, and nothing leads from the one to the other. */
  readonly isAnother?: boolean;
}

/** Holds these people until the transaction ends, so that nobody else gives them a record or takes one away meanwhile. Call it once in a
 *  transaction, with everybody: two that hold one after the other could wait for each other. */
export async function holdPeople(db: EntityManager, personIds: readonly string[]): Promise<void> {
  const ids = [...new Set(personIds)];
  if (ids.length === 0) return;
  await db.find(PersonRow, {
    select: { id: true },
    where: { id: In(ids) },
    order: { id: "ASC" },
    lock: { mode: "pessimistic_write" },
  });
}

/** The belief that holds about a record; null for one that was never linked. */
export const latestLink = (db: EntityManager, recordRowId: string): Promise<IdentityLinkRow | null> =>
  db.findOne(IdentityLinkRow, { where: { recordRowId }, order: { id: "DESC" } });

/** A row of the ledger. */
export function linkRow(hub: Hub, belief: Belief, before: IdentityLinkRow | null): IdentityLinkRow {
  const { record, personId, rule, because, band, weight, contributions, vetoes, runnerUp, decidedBy } = belief;
  const fromPersonId = belief.isAnother ? null : (before?.personId ?? null);
  return {
    id: hub.newId(),
    recordRowId: record.id,
    personId,
    rule,
    because,
    at: hub.now(),
    band,
    weight,
    contributions: contributions.length > 0 ? JSON.stringify(contributions) : null,
    vetoes: vetoes.length > 0 ? JSON.stringify(vetoes.map(({ code }) => code)) : null,
    runnerUp: runnerUp ? JSON.stringify(runnerUp) : null,
    model: hub.matcher.model.version,
    decidedBy,
    supersedes: before?.id ?? null,
    fromPersonId,
  };
}

/** Writes a belief about a record that is known already, moves its pointer, and says of whoever has none left where their records
 *  went. In the transaction of `db`; hold both people first. */
export async function believe(hub: Hub, db: EntityManager, belief: Belief): Promise<IdentityLinkRow> {
  const { record, personId, isAnother = false } = belief;
  const link = linkRow(hub, belief, await latestLink(db, record.id));
  await db.insert(IdentityLinkRow, link);
  if (personId === record.personId) return link;
  await db.update(AgencyRecordRow, record.id, { personId });
  const left = isAnother || (await db.existsBy(AgencyRecordRow, { personId: record.personId }));
  if (!left) await db.update(PersonRow, record.personId, { joinedTo: personId });
  // Whoever gets a record is somebody again.
  await db.update(PersonRow, personId, { joinedTo: null });
  return link;
}
