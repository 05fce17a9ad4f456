// Whether what is due is being done: for operators, for metrics, and for whoever waits.

import { IsNull, Not } from "typeorm";
import { alarmsFrom, heldUp, type HubAlarm, overdueSeconds, type Signs } from "../domain/hub-alarm.ts";
import { type QueueName, QUEUES } from "../domain/queue.ts";
import { mayReadAgencies } from "../domain/sharing.ts";
import type { HubStatus } from "../schema/health.ts";
import { oldestWaiting } from "../store/audit-seal.ts";
import { oldestDue } from "../store/overdue.ts";
import { TroubledWorkRow } from "../store/rows-clocks.ts";
import { permitOrRecord } from "./audit.ts";
import { skewOf } from "./clock-skew.ts";
import { signsOfLife } from "./heartbeat.ts";
import type { Caller, Hub } from "./hub.ts";

/** What the hub can see of itself just now. */
export async function readSigns(hub: Hub): Promise<Signs> {
  const hubNow = hub.now();
  const where = { parkedAt: Not(IsNull()), doneAt: IsNull() };
  const [life, oldestDueAt, unchainedSince, count, first] = await Promise.all([
    signsOfLife(hub),
    oldestDue(hub.db, hubNow),
    oldestWaiting(hub.db),
    hub.db.manager.countBy(TroubledWorkRow, where),
    hub.db.manager.findOne(TroubledWorkRow, { where, order: { parkedAt: "ASC" } }),
  ]);
  return {
    ...life,
    hubNow,
    oldestDueAt,
    parked: { count, since: first?.parkedAt ?? null },
    skewMs: skewOf(hub),
    holidaysUntil: hub.national.holidays.until,
    unchainedSince,
  };
}

/** How long whoever asks waits for the database to say. */
const WITHIN_MS = 2_000;

/** Everything that is wrong with the hub just now. Never fails: a database that does not answer is itself an alarm. */
export async function alarmsOf(hub: Hub): Promise<HubAlarm[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, WITHIN_MS, new Error("The database does not answer"));
  });
  try {
    return alarmsFrom(await Promise.race([readSigns(hub), late]));
  } catch {
    const says = "The database does not answer, so nobody knows what waits to be done";
    return [{ code: "DATABASE_AWAY", says, since: null, queue: null }];
  } finally {
    clearTimeout(timer);
  }
}

/** The same for somebody signed in, with what it is made of. */
export async function readHubStatus(hub: Hub, caller: Caller): Promise<HubStatus> {
  await permitOrRecord(hub, caller, { what: "hub.read", subjects: [], ruling: mayReadAgencies(caller.actor) });
  const signs = await readSigns(hub);
  return {
    alarms: alarmsFrom(signs),
    sweptAt: signs.sweptAt,
    queues: QUEUES.map((name) => ({ name, workedAt: signs.workedAt.get(name) ?? null })),
    oldestOverdueSeconds: Math.floor(overdueSeconds(signs.oldestDueAt, signs.hubNow)),
    parked: signs.parked.count,
  };
}

const HOLDS_MS = 1_000;
const looks = new WeakMap<Hub, { readonly at: number; readonly found: Promise<HubAlarm[]> }>();

/** As `alarmsOf`; whoever asks within a second of another hears the same. */
export function recentAlarms(hub: Hub): Promise<HubAlarm[]> {
  const last = looks.get(hub);
  if (last && performance.now() - last.at < HOLDS_MS) return last.found;
  const found = alarmsOf(hub);
  looks.set(hub, { at: performance.now(), found });
  return found;
}

/** What somebody is told who waits for work of this queue; null while it goes on as it should. Cheap enough for every row of a list. */
export const heldUpBecause = async (hub: Hub, queue: QueueName): Promise<string | null> =>
  heldUp(await recentAlarms(hub), queue);

/** How often what is still wrong is said again. */
const SAID_AGAIN_MS = 60_000;

/** Says in the log, at error level, what is wrong: within ten seconds, and again each minute for as long as it is. Every process does
 *  so, also one that answers questions only, since it may be the only one left. Returns what stops it. */
export function watchAlarms(hub: Hub, everyMs = 10_000): () => void {
  let said = new Map<string, number>();
  const look = async () => {
    const still = new Map<string, number>();
    for (const { code, says, since, queue } of await alarmsOf(hub)) {
      const key = `${code} ${queue ?? ""}`;
      const last = said.get(key);
      const isDue = last === undefined || performance.now() - last >= SAID_AGAIN_MS;
      still.set(key, isDue ? performance.now() : last);
      if (isDue) hub.log.error({ alarm: code, queue, since }, says);
    }
    said = still;
  };
  const timer = setInterval(() => void look(), everyMs).unref();
  return () => clearInterval(timer);
}
