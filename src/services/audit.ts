import type { EntityManager } from "typeorm";
import type { Ruling } from "../domain/sharing.ts";
import { permit } from "../domain/sharing.ts";
import { auditLogOf } from "../store/audit-log.ts";
import { insertMany } from "../store/insert.ts";
import { AuditRow } from "../store/rows.ts";
import type { Caller, Hub } from "./hub.ts";

export interface Act {
  /** What is done: `child.read`, `referral.submitted`. */
  readonly what: string;
  /** The children or referrals it is done to; none for an act on nobody. */
  readonly subjects: readonly string[];
  readonly ruling: Ruling;
}

/** Writes who did, or tried to do, what to whom: one row for each subject, in one statement, before any answer leaves. */
export async function record(hub: Hub, caller: Caller, { db, ...act }: Act & { db?: EntityManager }) {
  const { purpose, requestId } = caller;
  const { id: actorId, role, agencyId } = caller.actor;
  const { rule, allowed } = act.ruling;
  const { what } = act;
  const at = hub.now();
  const subjects = act.subjects.length > 0 ? act.subjects : [null];
  // Spelt out: this is made for every child on every page.
  const rows = subjects.map((subjectId): AuditRow => {
    return { id: hub.newId(), at, actorId, role, agencyId, what, subjectId, rule, allowed, purpose, requestId };
  });
  if (db) await insertMany(db, AuditRow, rows);
  else await auditLogOf(hub.db)(rows);
}

/** Refuses what the ruling does not allow, and leaves a record of the attempt. */
export async function permitOrRecord(hub: Hub, caller: Caller, act: Act): Promise<void> {
  if (!act.ruling.allowed) await record(hub, caller, act);
  permit(act.ruling);
}
