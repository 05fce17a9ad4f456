import { setMaxListeners } from "node:events";
import type { AgencySystem, Call, ChangePage } from "../adapters/agency-system.ts";
import { AgencyFault } from "../adapters/agency-fault.ts";
import { CollectCursorRow } from "../store/rows.ts";
import { noteBirths } from "./births.ts";
import type { Hub } from "./hub.ts";
import { seedGold } from "./identity-gold.ts";
import { markGone, noteRecords } from "./records.ts";
import { type Belonging, seal, unseal } from "./seal.ts";

/** How long one collection may run before the next takes over from its cursor. */
const LIMIT_MS = 5 * 60_000;

export interface Collected {
  readonly changed: number;
  readonly gone: number;
  /** The fault that ended it early; what came before it is kept. */
  readonly stoppedBy: string | null;
}

const underWay = new WeakMap<Hub, Map<string, Promise<Collected>>>();

/** Reads what is new at one agency and notes each record. Goes on where the last one stopped; the cursor is stored after its
 *  page is, so a crash repeats a page and loses none. Asked again while it runs, it is the same run. */
export function collect(hub: Hub, agencyId: string): Promise<Collected> {
  const runs = underWay.get(hub) ?? new Map<string, Promise<Collected>>();
  underWay.set(hub, runs);
  const run = runs.get(agencyId) ?? collectOnce(hub, agencyId).finally(() => runs.delete(agencyId));
  runs.set(agencyId, run);
  return run;
}

async function collectOnce(hub: Hub, agencyId: string): Promise<Collected> {
  const system = hub.systems.get(agencyId);
  if (!system) return { changed: 0, gone: 0, stoppedBy: null };
  const signal = AbortSignal.timeout(LIMIT_MS);
  setMaxListeners(0, signal);
  const call: Call = {
    signal,
    correlationId: hub.newId(),
    purpose: "children-act-1989-s17",
  };
  const counts = { changed: 0, gone: 0 };
  try {
    await collectPages({ hub, system, agencyId }, call, counts);
  } catch (error) {
    if (!(error instanceof AgencyFault)) throw error;
    hub.log.warn({ agencyId, fault: error.code }, "collection stopped early; it goes on from here next time");
    return { ...counts, stoppedBy: error.code };
  }
  await seedGold(hub);
  if (counts.changed + counts.gone > 0) hub.log.info({ agencyId, ...counts }, "collected");
  return { ...counts, stoppedBy: null };
}

const cursorOf = (agencyId: string): Belonging => ({ purpose: "collect", rowId: agencyId });

/** Where the last collection stopped: null for the beginning, also where the cursor was written under another key or in clear. It is kept
 *  encrypted because an adapter may put record ids into it. */
async function readCursor(hub: Hub, agencyId: string): Promise<string | null> {
  const row = await hub.db.manager.findOneBy(CollectCursorRow, { agencyId });
  if (!row) return null;
  try {
    return unseal(hub, row.cursor, cursorOf(agencyId));
  } catch {
    return null;
  }
}

async function collectPages(
  { hub, system, agencyId }: { hub: Hub; system: AgencySystem; agencyId: string },
  call: Call,
  counts: { changed: number; gone: number },
): Promise<void> {
  const { manager } = hub.db;
  let cursor = await readCursor(hub, agencyId);
  for (let more = true; more;) {
    const page = await system.changes(cursor, call);
    if (page.changed.length > 0) await noteRecords(hub, { agencyId, records: page.changed });
    // With nothing in it too: an agency that could not say who a mother is is asked again.
    await proposeBirths(hub, agencyId, page.changed);
    await markGone(hub, agencyId, page.gone);
    if (page.cursor !== cursor) {
      const sealed = seal(hub, page.cursor, cursorOf(agencyId));
      await manager.upsert(CollectCursorRow, { agencyId, cursor: sealed, at: hub.now() }, ["agencyId"]);
    }
    ({ cursor, more } = page);
    counts.changed += page.changed.length;
    counts.gone += page.gone.length;
  }
}

async function proposeBirths(hub: Hub, agencyId: string, records: ChangePage["changed"]): Promise<void> {
  const { proposed, notAsked } = await noteBirths(hub, agencyId, records);
  if (proposed > 0) hub.log.info({ agencyId, proposed }, "births were proposed to a person");
  if (notAsked > 0) hub.log.warn({ agencyId, notAsked }, "mothers could not be asked for; they are asked for again");
}
