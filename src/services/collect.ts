import { setMaxListeners } from "node:events";
import type { AgencySystem, Call } from "../adapters/agency-system.ts";
import { AgencyFault } from "../adapters/agency-fault.ts";
import { CollectCursorRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { markGone, noteRecords } from "./records.ts";

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
  if (counts.changed + counts.gone > 0) hub.log.info({ agencyId, ...counts }, "collected");
  return { ...counts, stoppedBy: null };
}

async function collectPages(
  { hub, system, agencyId }: { hub: Hub; system: AgencySystem; agencyId: string },
  call: Call,
  counts: { changed: number; gone: number },
): Promise<void> {
  const { manager } = hub.db;
  let cursor = (await manager.findOneBy(CollectCursorRow, { agencyId }))?.cursor ?? null;
  for (let more = true; more;) {
    const page = await system.changes(cursor, call);
    if (page.changed.length > 0) await noteRecords(hub, { agencyId, records: page.changed });
    await markGone(hub, agencyId, page.gone);
    if (page.cursor !== cursor)
      await manager.upsert(CollectCursorRow, { agencyId, cursor: page.cursor, at: hub.now() }, ["agencyId"]);
    ({ cursor, more } = page);
    counts.changed += page.changed.length;
    counts.gone += page.gone.length;
  }
}
