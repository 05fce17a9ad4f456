// Subject access requests, as whoever answers for data protection sees them.

import type { EntityManager } from "typeorm";
import { mayServeSubjectAccess } from "../domain/sharing-keeping.ts";
import type { PageArgs } from "../schema/connection.ts";
import { Obligation } from "../schema/obligation.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import type { SubjectAccess } from "../schema/subject-access.ts";
import { pageOfRows } from "../store/page.ts";
import { ExportFileRow } from "../store/rows-audit.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";

/** What such a file is, among those made for somebody. */
export const SUBJECT_ACCESS = "SUBJECT_ACCESS";

/** Requests, latest first; with `open`, only those that nobody has answered. */
export async function listSubjectAccess(
  hub: Hub,
  caller: Caller,
  { open, ...page }: PageArgs & { readonly open: boolean },
): Promise<RowConnection<SubjectAccess>> {
  const act = { what: "subject-access.read", subjects: [] as string[], ruling: mayServeSubjectAccess(caller.actor) };
  await permitOrRecord(hub, caller, act);
  const { manager } = hub.db;
  const query = manager.createQueryBuilder(ExportFileRow, "x").where("x.kind = :kind", { kind: SUBJECT_ACCESS });
  if (open) query.innerJoin(Obligation, "o", "o.id = x.obligationId AND o.metAt IS NULL AND o.state <> 'CANCELLED'");
  const found = await pageOfRows(query, { by: "at", newestFirst: true }, page);
  await record(hub, caller, { ...act, subjects: found.edges.flatMap(({ node }) => node.childId ?? []) });
  const edges = [];
  for (const { cursor, node } of found.edges) edges.push({ cursor, node: await requestIn(manager, node.id) });
  return { ...found, edges };
}

/** A request as it stands. */
export async function requestIn(db: EntityManager, id: string): Promise<SubjectAccess> {
  const row = await db.findOneByOrFail(ExportFileRow, { id });
  const step = await db.findOneByOrFail(StatutoryStep, { id });
  const clock = await db.findOneByOrFail(Obligation, { id: row.obligationId ?? "" });
  const answer = await db.findOneBy(StatutoryStep, { followsId: id, kind: "SUBJECT_ACCESS_ANSWERED" });
  const { because, madeAt, expiresAt, fetchedAt, sha256, childId } = row;
  return {
    id,
    childId: childId ?? "",
    because,
    receivedAt: step.happenedAt,
    dueOn: clock.dueOn,
    obligationId: clock.id,
    madeAt,
    expiresAt,
    fetchedAt,
    sha256,
    answeredAt: answer?.happenedAt ?? null,
  };
}
