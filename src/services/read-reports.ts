// Who read what: by child and by worker. Every look into these is on record itself.

import { In } from "typeorm";
import type { Power } from "../domain/access.ts";
import { readPeriod } from "../domain/read-period.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayReadReports } from "../domain/sharing-reports.ts";
import type { Ruling } from "../domain/sharing.ts";
import { Escalation } from "../schema/escalation.ts";
import { Obligation } from "../schema/obligation.ts";
import type { ReadsByWorkerArgs, ReadsOfChildArgs } from "../schema/read-report-inputs.ts";
import { AuditEntry, type ReadsOfChild, type Worker } from "../schema/read-reports.ts";
import { Referral } from "../schema/referral.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import { pageOfRows } from "../store/page.ts";
import { everyIdOf } from "../store/people.ts";
import { ChildAccessRow, WorkerSeenRow } from "../store/rows-access.ts";
import { AuditRow } from "../store/rows-audit.ts";
import { permitOrRecord, record } from "./audit.ts";
import { childKnownBy } from "./children.ts";
import type { Caller, Hub } from "./hub.ts";

/** Lets whoever answers for data protection in, and puts on record that they looked. `what` does not end as reading a child does: the
 *  officer's look is none, and nobody need be told of it. */
export async function openReport(
  hub: Hub,
  caller: Caller,
  { what, subjects }: { readonly what: `report.${string}`; readonly subjects: readonly string[] },
): Promise<Ruling> {
  const ruling = mayReadReports(caller.actor);
  await permitOrRecord(hub, caller, { what, subjects: [], ruling });
  await record(hub, caller, { what, subjects, ruling });
  return ruling;
}

/** What the sealed records officer did says that something is sealed, which is for that officer alone to know. */
const NOT_OF_SEALED = "a.rule <> 'sealed-records-officer'";

/** Everything that was done to one child, by whatever id they were known, and to what hangs on them: newest first. A child whom nobody
 *  knows has no entry; nothing else is said of them. */
export async function readsOfChild(hub: Hub, caller: Caller, args: ReadsOfChildArgs): Promise<ReadsOfChild> {
  const what = "report.reads-of-child";
  await permitOrRecord(hub, caller, { what, subjects: [], ruling: mayReadReports(caller.actor) });
  const { childId = null, identifier = null } = args;
  if ((childId === null) === (identifier === null))
    throw new Refusal("BAD_INPUT", "Name the child once: either by childId or by identifier");
  const { startAt, endAt } = readPeriod(args.from, args.until);
  const named = identifier ? await childKnownBy(hub, identifier) : childId;
  await openReport(hub, caller, { what, subjects: named === null ? [] : [named] });
  const ids = named === null ? [] : ((await everyIdOf(hub.db, [named])).get(named) ?? [named]);
  const subjects = [...ids, ...(await whatHangsOn(hub, ids))];
  const query = hub.db.manager
    .createQueryBuilder(AuditRow, "a")
    .where("a.subjectId IN (:...subjects)", { subjects: subjects.length > 0 ? subjects : [""] })
    .andWhere("a.at >= :startAt AND a.at < :endAt", { startAt, endAt })
    .andWhere(NOT_OF_SEALED);
  const page = await pageOfRows(query, { by: "at", newestFirst: true }, args);
  return { childId: named, entries: await asEntries(hub, page) };
}

/** Referrals, challenges and clocks about these: reading one of them is on record under its own id. */
async function whatHangsOn({ db }: Hub, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { manager } = db;
  const wanted = { select: { id: true }, where: { childId: In([...ids]) } } as const;
  const found = await Promise.all([
    manager.find(Referral, wanted),
    manager.find(Escalation, wanted),
    manager.find(Obligation, wanted),
    manager.find(StatutoryStep, wanted),
  ]);
  return found.flat().map(({ id }) => id);
}

/** Everything that one worker did, newest first. */
export async function readsByWorker(
  hub: Hub,
  caller: Caller,
  { actorId, from, until, ...page }: ReadsByWorkerArgs,
): Promise<RowConnection<AuditEntry>> {
  const what = "report.reads-by-worker";
  await permitOrRecord(hub, caller, { what, subjects: [], ruling: mayReadReports(caller.actor) });
  const { startAt, endAt } = readPeriod(from, until);
  await openReport(hub, caller, { what, subjects: [] });
  const query = hub.db.manager
    .createQueryBuilder(AuditRow, "a")
    .where("a.actorId = :actorId AND a.at >= :startAt AND a.at < :endAt", { actorId, startAt, endAt })
    .andWhere(NOT_OF_SEALED);
  return asEntries(hub, await pageOfRows(query, { by: "at", newestFirst: true }, page));
}

async function asEntries(hub: Hub, { edges, pageInfo }: RowConnection<AuditRow>): Promise<RowConnection<AuditEntry>> {
  const nodes = await entriesShown(
    hub,
    edges.map(({ node }) => node),
  );
  return { edges: edges.map(({ cursor }, at) => ({ cursor, node: nodes[at] as AuditEntry })), pageInfo };
}

/** Entries as the officer is shown them. */
export async function entriesShown({ db }: Hub, rows: readonly AuditRow[]): Promise<AuditEntry[]> {
  const ids = [...new Set(rows.flatMap(({ accessId }) => accessId ?? []))];
  const ways = await db.manager.find(ChildAccessRow, { select: { id: true, kind: true }, where: { id: In(ids) } });
  const kindOf = new Map(ways.map(({ id, kind }) => [id, kind]));
  return rows.map(({ parts, sources, power, accessId, ...row }) =>
    Object.assign(new AuditEntry(), row, {
      power: power as Power | null,
      parts: parts?.split(",") ?? [],
      sources: sources?.split(",") ?? [],
      accessKind: accessId === null ? null : (kindOf.get(accessId) ?? null),
    }),
  );
}

/** Who these sign-ins are, as far as they have signed in. For reports that the caller was given. */
export async function workersOf({ db }: Hub, actorIds: readonly string[]): Promise<Worker[]> {
  const rows = await db.manager.findBy(WorkerSeenRow, { actorId: In([...actorIds]) });
  const seen = new Map(rows.map((row) => [row.actorId, row]));
  return actorIds.map((actorId) => {
    const { name = null, role = null, agencyId = null, seenAt = null } = seen.get(actorId) ?? {};
    return { actorId, name, role, agencyId, seenAt };
  });
}
