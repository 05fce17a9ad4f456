import type { EntityManager } from "typeorm";
import type { Ruling } from "../domain/sharing.ts";
import { permit } from "../domain/sharing.ts";
import { auditLogOf, insertWaiting } from "../store/audit-log.ts";
import type { AuditRow } from "../store/rows-audit.ts";
import { checkpointAtOpening, sealSoon } from "./audit-keeping.ts";
import type { Caller, Hub } from "./hub.ts";

export interface Act {
  /** What is done: `child.read`, `referral.submitted`. */
  readonly what: string;
  /** The children or referrals it is done to; none for an act on nobody. */
  readonly subjects: readonly string[];
  readonly ruling: Ruling;
  /** Of the line of the ledger that is written with it: `digestOf`. */
  readonly digest?: string;
}

/** What an entry says of itself; who, when and in which request is the caller's. */
export interface Entry {
  readonly what: string;
  readonly subjectId: string | null;
  readonly rule: string;
  readonly allowed: boolean;
  /** Null where it is what the caller states. */
  readonly purpose: string | null;
  readonly power: string | null;
  readonly parts: string | null;
  readonly sources: string | null;
  readonly accessId: string | null;
  readonly digest?: string | null;
}

/** Writes who did, or tried to do, what to whom: one row for each subject, in one statement, before any answer leaves. Within a
 *  transaction (`db`) they are chained once it is over. */
export async function record(hub: Hub, caller: Caller, { db, ...act }: Act & { db?: EntityManager }): Promise<void> {
  const { rule, allowed } = act.ruling;
  const { what, digest = null } = act;
  const said = { what, rule, allowed, digest, ...OF_NO_CHILD };
  const subjects = act.subjects.length > 0 ? act.subjects : [null];
  const entries = subjects.map((subjectId): Entry => ({ ...said, subjectId }));
  if (!db) return writeEntries(hub, caller, entries);
  await insertWaiting(hub, db, rowsOf(hub, caller, entries));
  sealSoon(hub);
}

const OF_NO_CHILD = { purpose: null, power: null, parts: null, sources: null, accessId: null } as const;

/** Writes these entries; resolves once they are there, chained. */
export async function writeEntries(hub: Hub, caller: Caller, entries: readonly Entry[]): Promise<void> {
  await auditLogOf(hub)(rowsOf(hub, caller, entries));
  checkpointAtOpening(hub);
}

function rowsOf(hub: Hub, { actor, purpose, power = null, requestId }: Caller, entries: readonly Entry[]): AuditRow[] {
  const { id: actorId, role, agencyId } = actor;
  const at = hub.now();
  // Spelt out: this is made for every child on every page.
  return entries.map((entry) => ({
    id: hub.newId(),
    at,
    actorId,
    role,
    agencyId,
    what: entry.what,
    subjectId: entry.subjectId,
    rule: entry.rule,
    allowed: entry.allowed,
    purpose: entry.purpose ?? purpose,
    power: entry.power ?? power,
    parts: entry.parts,
    sources: entry.sources,
    accessId: entry.accessId,
    digest: entry.digest ?? null,
    requestId,
    chain: null,
    seq: null,
    hash: null,
  }));
}

/** Refuses what the ruling does not allow, and leaves a record of the attempt. */
export async function permitOrRecord(hub: Hub, caller: Caller, act: Act): Promise<void> {
  if (!act.ruling.allowed) await record(hub, caller, act);
  permit(act.ruling);
}
