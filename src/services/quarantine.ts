// Records that came in with a sealed number. One officer sees them, and decides.

import { AgencyFault, asAgencyFault } from "../adapters/agency-fault.ts";
import type { FoundRecord } from "../adapters/agency-system.ts";
import { itemsOf } from "../domain/absence.ts";
import { Refusal } from "../domain/refusal.ts";
import { type QuarantineState, sealedRecordText } from "../domain/sealed.ts";
import { mayKnowOfSealed } from "../domain/sharing-sealed.ts";
import { isUuid } from "../domain/uuid.ts";
import type { PageArgs } from "../schema/connection.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import type { DecideQuarantine, QuarantinedRecord } from "../schema/sealed.ts";
import { insertNew } from "../store/insert.ts";
import { pageOfRows } from "../store/page.ts";
import { QuarantinedRecordRow, SealedKeyRow } from "../store/rows-identity.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { noteRecords } from "./records.ts";
import { seal, unseal } from "./seal.ts";
import { addSealed, QUARANTINE, type QuarantinedContent } from "./sealing.ts";

const DECIDED = "quarantine-decision";

const contentOf = (hub: Hub, { id: rowId, sealed }: QuarantinedRecordRow): QuarantinedContent =>
  JSON.parse(unseal(hub, sealed, { purpose: QUARANTINE, rowId })) as QuarantinedContent;

function shown(hub: Hub, row: QuarantinedRecordRow): QuarantinedRecord {
  const { agencyId, recordId, carries } = contentOf(hub, row);
  const { id, state, at, decidedBy, decidedAt, because } = row;
  const why = because && unseal(hub, because, { purpose: DECIDED, rowId: id });
  return { id, agencyId, recordId, carries, state, at, decidedBy, decidedAt, because: why };
}

/** Quarantined records, latest first: a page; of one state or all. */
export async function listQuarantined(
  hub: Hub,
  caller: Caller,
  { state = null, ...page }: PageArgs & { readonly state?: QuarantineState | null },
): Promise<RowConnection<QuarantinedRecord>> {
  const act = { what: "quarantine.read", subjects: [], ruling: mayKnowOfSealed(caller.actor) };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
  const query = hub.db.manager.createQueryBuilder(QuarantinedRecordRow, "q");
  if (state) query.where("q.state = :state", { state });
  const found = await pageOfRows(query, { by: "at", newestFirst: true }, page);
  return { ...found, edges: found.edges.map(({ cursor, node }) => ({ cursor, node: shown(hub, node) })) };
}

/** Decides on one. RELEASE: it comes in at once without the sealed number, and so it does whenever it comes again. SEAL: it is dropped in
 *  silence from then on. Refuses what is decided already (CONFLICT, unless in the same way), and a release while its agency does not answer
 *  (INCOMPLETE): nothing is decided then, so that nothing is forgotten. */
export async function decideQuarantine(hub: Hub, caller: Caller, input: DecideQuarantine): Promise<QuarantinedRecord> {
  const { id, decision, because } = input;
  const act = { what: "quarantine.decided", subjects: isUuid(id) ? [id] : [], ruling: mayKnowOfSealed(caller.actor) };
  await permitOrRecord(hub, caller, act);
  const found = isUuid(id) ? await hub.db.manager.findOneBy(QuarantinedRecordRow, { id }) : null;
  if (!found) throw new Refusal("NOT_FOUND", "There is no such quarantined record");
  const content = contentOf(hub, found);
  const waits = decision === "RELEASE" && found.state === "WAITING" ? await fetched(hub, caller, content) : null;
  const state = decision === "RELEASE" ? ("RELEASED" as const) : ("SEALED" as const);
  const done = await hub.db.transaction("READ COMMITTED", async (db) => {
    const row = await db.findOneOrFail(QuarantinedRecordRow, { where: { id }, lock: { mode: "pessimistic_write" } });
    if (row.state === state) return row;
    if (row.state !== "WAITING") throw new Refusal("CONFLICT", "It was decided in another way already");
    if (decision === "SEAL") await addSealed(hub, db, [sealedRecordText(content.agencyId, content.recordId)]);
    else
      await insertNew(
        db,
        SealedKeyRow,
        [...content.permits].sort().map((hash) => ({ hash })),
      );
    const sealed = seal(hub, because, { purpose: DECIDED, rowId: id });
    const decided = { state, decidedBy: caller.actor.id, because: sealed, decidedAt: hub.now() };
    await db.update(QuarantinedRecordRow, id, decided);
    await record(hub, caller, { ...act, db });
    return { ...row, ...decided };
  });
  if (waits) await noteRecords(hub, { agencyId: content.agencyId, records: [waits] });
  return shown(hub, done);
}

/** The record as its agency holds it now; null where it no longer does. */
async function fetched(
  hub: Hub,
  { signal, purpose, requestId }: Caller,
  { agencyId, recordId, register }: QuarantinedContent,
): Promise<FoundRecord | null> {
  const system = hub.systems.get(agencyId);
  const away = new Refusal("INCOMPLETE", "Its agency does not answer just now: nothing was decided, so try again");
  if (!system) throw away;
  const call = { signal, purpose, correlationId: requestId };
  const [answer] = await system
    .ask({ recordIds: [recordId], parts: ["DEMOGRAPHICS"] }, call)
    .catch((error: unknown) => {
      const { code } = asAgencyFault(agencyId, error);
      if (!(error instanceof AgencyFault)) hub.log.error({ agencyId, fault: code }, "an adapter failed to answer");
      return [];
    });
  if (!answer || answer.demographics.status === "DID_NOT_ANSWER") throw away;
  const [demographics] = itemsOf(answer.demographics);
  if (!demographics) return null;
  return { recordId, restricted: answer.restricted, demographics, ...(register !== null && { register }) };
}
