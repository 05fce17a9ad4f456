// Work that is parked: who owns it, why, since when; and set going again in one action, one by one or all of a kind.

import { type EntityManager, In, IsNull, Not } from "typeorm";
import { type QueueName, QUEUES } from "../domain/queue.ts";
import { Refusal } from "../domain/refusal.ts";
import { readSchedule } from "../domain/schedule.ts";
import { mayTendWork } from "../domain/sharing-operations.ts";
import { Message } from "../schema/message.ts";
import { Obligation } from "../schema/obligation.ts";
import type { ParkedWork } from "../schema/health.ts";
import { DeliveryRow, TroubledWorkRow } from "../store/rows-clocks.ts";
import { permitOrRecord, record } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import { QUEUE_OF } from "./due-acts.ts";
import type { Caller, ClockAlarm, Hub } from "./hub.ts";
import { settleTrouble } from "./troubled.ts";

const PARKED = { parkedAt: Not(IsNull()), doneAt: IsNull() } as const;
/** Most that is listed, oldest first; the count of all is among the hub's alarms. */
const MOST = 100;
/** Set going in one transaction. */
const AT_ONCE = 200;

/** What is parked, the oldest first: ids and codes, nothing about a person. */
export async function parkedWork(hub: Hub, caller: Caller): Promise<ParkedWork[]> {
  await permitOrRecord(hub, caller, { what: "parked.read", subjects: [], ruling: mayTendWork(caller.actor) });
  const rows = await hub.db.manager.find(TroubledWorkRow, { where: PARKED, order: { parkedAt: "ASC" }, take: MOST });
  return rows.flatMap(({ queue, subjectId, fault, teamId, parkedAt, attempts }) =>
    parkedAt ? [{ queue: queue as QueueName, subjectId, fault, teamId, parkedAt, attempts }] : [],
  );
}

/** What to set going again. */
export interface Replay {
  readonly queue: QueueName;
  /** Null for all of the queue. */
  readonly subjectId: string | null;
}

/** Sets parked work going again, with all its attempts before it. Refuses where nothing of it is parked. */
export async function replayWork(hub: Hub, caller: Caller, { queue, subjectId }: Replay): Promise<boolean> {
  await permitOrRecord(hub, caller, { what: "parked.replayed", subjects: [], ruling: mayTendWork(caller.actor) });
  if (!QUEUES.includes(queue) || (subjectId !== null && !isUuid(subjectId))) throw notParked();
  let replayed = 0;
  for (;;) {
    const ids = await oneBatch(hub, caller, { queue, subjectId });
    replayed += ids;
    if (ids === 0 || subjectId !== null || caller.signal.aborted) break;
  }
  if (replayed === 0) throw notParked();
  return true;
}

const notParked = (): Refusal =>
  new Refusal("NOT_FOUND", "There is no such parked work: somebody may have replayed it");

/** Some of it. Returns how many. */
async function oneBatch(hub: Hub, caller: Caller, { queue, subjectId }: Replay): Promise<number> {
  const done = await hub.db.transaction("READ COMMITTED", async (db) => {
    const known = await db.find(TroubledWorkRow, {
      where: { queue, ...(subjectId !== null && { subjectId }), ...PARKED },
      order: { subjectId: "ASC" },
      take: AT_ONCE,
      lock: { mode: "pessimistic_write" },
    });
    if (known.length === 0) return null;
    const at = hub.now();
    const subjects = known.map((row) => row.subjectId);
    await db.update(
      TroubledWorkRow,
      { queue, subjectId: In(subjects) },
      { parkedAt: null, tryAt: at, attempts: 0, replayedAt: at, replayedByActorId: caller.actor.id },
    );
    await record(hub, caller, { what: "parked.replayed", subjects, ruling: mayTendWork(caller.actor), db });
    return { count: known.length, wake: await setGoing(hub, { db, queue, known, at }) };
  });
  await done?.wake();
  return done?.count ?? 0;
}

interface Going {
  readonly db: EntityManager;
  readonly queue: QueueName;
  /** As it was while it was parked. */
  readonly known: readonly TroubledWorkRow[];
  readonly at: Date;
}

/** Makes the rows due now. Returns what to do after the commit. */
async function setGoing(hub: Hub, going: Going): Promise<() => Promise<void>> {
  const { db, queue, known, at } = going;
  const ids = known.map(({ subjectId }) => subjectId);
  if (queue === "routing")
    return async () => {
      for (const id of ids) await hub.wake.route(id);
    };
  if (queue !== "telling") return clocksGoing(hub, going);
  await db.update(DeliveryRow, { id: In(ids), state: "PARKED" }, { state: "WAITING", nextAt: at, attempts: 0 });
  await db.update(Message, { id: In(ids), readAt: IsNull(), handOnAt: Not(IsNull()) }, { handOnAt: at });
  return () => hub.wake.telling([at]);
}

async function clocksGoing(hub: Hub, { db, queue, known, at }: Going): Promise<() => Promise<void>> {
  const rows = await db.find(Obligation, {
    where: { id: In(known.map(({ subjectId }) => subjectId)) },
    order: { id: "ASC" },
    lock: { mode: "pessimistic_write" },
  });
  const tryAt = new Map(known.map((row) => [row.subjectId, row.tryAt]));
  const alarms: ClockAlarm[] = [];
  for (const row of rows) {
    const act = row.nextAct;
    if (!act || QUEUE_OF[act] !== queue || !isWaiting(row, { tryAt: tryAt.get(row.id) ?? null, at })) continue;
    await db.update(Obligation, row.id, { nextAt: at });
    alarms.push({ act, at });
    tryAt.delete(row.id);
  }
  // Met, cancelled, moved or gone on meanwhile: nothing is left to do.
  await settleTrouble(hub, db, { queue, subjectIds: [...tryAt.keys()] });
  return async () => {
    if (alarms.length > 0) await hub.wake.clocks(alarms);
  };
}

/** Whether it is this act that failed: one whose time has come, or a pause that should have ended. */
function isWaiting(row: Obligation, { tryAt, at }: { readonly tryAt: Date | null; readonly at: Date }): boolean {
  if (row.nextAct === "RESUME") return row.nextAt === null || row.nextAt.getTime() === tryAt?.getTime();
  try {
    const acts = readSchedule(row.schedule, row.dueAt);
    const act = acts.find(({ act: kind, number }) => kind === row.nextAct && number === row.nextNumber);
    return act !== undefined && act.at <= at;
  } catch {
    // What it kept cannot be read: that is its trouble.
    return true;
  }
}
