// What leaves the hub: claimed for two minutes, sent outside any transaction, and marked. A process that dies between sending and
// marking leaves it to be sent again under the same id.

import { randomInt } from "node:crypto";
import { type EntityManager, In, LessThanOrEqual } from "typeorm";
import { groupBy } from "../domain/group.ts";
import { MOST_TRIES, retryAfterMs, Undelivered } from "../domain/message.ts";
import type { Delivery } from "../schema/delivery.ts";
import { again } from "../store/again.ts";
import { DeliveryRow } from "../store/rows-clocks.ts";
import type { Caller, Hub } from "./hub.ts";
import { type Parcel, parcelsOf, type Waiting } from "./parcels.ts";
import { noteTrouble, settleTrouble } from "./troubled.ts";
import { webhookGone } from "./webhooks.ts";

/** Rows taken on at once: fewer than can be sent while they are held, though each take the ten seconds that it may. */
const AT_ONCE = 50;
const MOST_IN_DIGEST = 500;
const SIDE_BY_SIDE = 10;
const HELD_MS = 120_000;
/** After this nothing more of a batch is begun; what is left is put back. */
const BEGIN_WITHIN_MS = 60_000;

/** Sends everything that is due by then, each once however many do so at the same time. Returns how many deliveries were taken up.
 *  What nobody takes is tried again later, and in the end parked. */
export async function deliverDue(hub: Hub, caller: Caller, upTo: Date): Promise<number> {
  // Nothing that is put off may be due again in the same round.
  const from = Math.max(hub.now().getTime(), upTo.getTime());
  const failed = new Map<string, Undelivered>();
  let done = 0;
  while (!caller.signal.aborted) {
    const claimed = await claim(hub, { upTo, heldUntil: new Date(from + HELD_MS) });
    await sendAll(hub, caller, { claimed, from, failed });
    done += claimed.length;
    if (claimed.length < AT_ONCE) break;
  }
  return done;
}

const DUE = (upTo: Date) => ({ state: "WAITING", nextAt: LessThanOrEqual(upTo) }) as const;

/** Due rows. Each counts as tried: one that kills its process ends, too. */
function claim(hub: Hub, { upTo, heldUntil }: { upTo: Date; heldUntil: Date }): Promise<DeliveryRow[]> {
  const claimOnce = async (db: EntityManager): Promise<DeliveryRow[]> => {
    const single = await db.find(DeliveryRow, {
      where: { ...DUE(upTo), inDigest: false },
      order: { nextAt: "ASC", id: "ASC" },
      take: AT_ONCE,
      lock: { mode: "pessimistic_write", onLocked: "skip_locked" },
    });
    const rows = [...single, ...(single.length < AT_ONCE ? await claimDigests(db, upTo) : [])];
    if (rows.length === 0) return rows;
    await db
      .createQueryBuilder()
      .update(DeliveryRow)
      .set({ nextAt: heldUntil, attempts: () => `${hub.db.driver.escape("attempts")} + 1` })
      .where("id IN (:...ids)", { ids: rows.map(({ id }) => id) })
      .execute();
    return rows.map((row) => ({ ...row, attempts: row.attempts + 1 }));
  };
  // Two who claim digests at once may cross each other; the one that is given up claims again.
  return again(() => hub.db.transaction("READ COMMITTED", claimOnce));
}

/** Whole digests. Here another who claims is waited for, not passed over: half a digest each would be two emails. */
async function claimDigests(db: EntityManager, upTo: Date): Promise<DeliveryRow[]> {
  const due = { ...DUE(upTo), inDigest: true };
  const some = await db.find(DeliveryRow, { where: due, order: { nextAt: "ASC", id: "ASC" }, take: AT_ONCE });
  if (some.length === 0) return [];
  return db.find(DeliveryRow, {
    where: { ...due, targetHash: In(some.map(({ targetHash }) => targetHash ?? "")) },
    order: { nextAt: "ASC", id: "ASC" },
    take: MOST_IN_DIGEST,
    lock: { mode: "pessimistic_write" },
  });
}

interface Round {
  readonly claimed: readonly DeliveryRow[];
  /** From here pauses are counted. */
  readonly from: number;
  /** By target or, where the mail server is away, for all email: what failed in this round is not tried for the next parcel. */
  readonly failed: Map<string, Undelivered>;
}

async function sendAll(hub: Hub, caller: Caller, { claimed, from, failed }: Round): Promise<void> {
  if (claimed.length === 0) return;
  const parcels = await parcelsOf(hub, claimed);
  const signal = AbortSignal.any([caller.signal, AbortSignal.timeout(BEGIN_WITHIN_MS)]);
  const wakeAt = new Set<number>();
  const next = async (): Promise<void> => {
    for (let parcel = parcels.shift(); parcel && !signal.aborted; parcel = parcels.shift()) {
      const fault = failed.get(parcel.target) ?? failed.get(parcel.channel) ?? (await faultIn(parcel));
      if (fault === null) await sent(hub, parcel);
      else {
        failed.set(isAway(parcel, fault) ? parcel.channel : parcel.target, fault);
        const at = await putOff(hub, caller, { parcel, fault, from });
        if (at) wakeAt.add(at.getTime());
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, next));
  if (parcels.length > 0) {
    await putBack(hub, parcels, from);
    wakeAt.add(from);
  }
  if (wakeAt.size > 0) await hub.wake.telling([...wakeAt].map((at) => new Date(at)));
  for (const each of ended) if (each.status === "rejected") throw each.reason;
}

/** What was claimed and never begun was not tried, and is due again. */
async function putBack(hub: Hub, parcels: readonly Parcel[], from: number): Promise<void> {
  const ids = parcels.flatMap(({ waiting }) => idsOf(waiting));
  const attempts = hub.db.driver.escape("attempts");
  await hub.db.manager
    .createQueryBuilder()
    .update(DeliveryRow)
    .set({ nextAt: new Date(from), attempts: () => `${attempts} - 1` })
    // Only while it is still held: somebody else may have taken it up.
    .where({ id: In(ids), state: "WAITING", nextAt: new Date(from + HELD_MS) })
    .execute();
}

/** Null where it was taken. */
async function faultIn(parcel: Parcel): Promise<Undelivered | null> {
  try {
    await parcel.send();
    return null;
  } catch (error) {
    return error instanceof Undelivered ? error : new Undelivered("FAULT");
  }
}

/** The mail server could not be reached at all, which is nothing about the address. */
const isAway = ({ channel }: Parcel, { code }: Undelivered): boolean =>
  channel === "EMAIL" && /^E[A-Z]+$/.test(code) && code !== "EENVELOPE" && code !== "EMESSAGE";

const idsOf = (waiting: readonly Waiting[]): string[] => waiting.map(({ row }) => row.id);

async function sent(hub: Hub, { waiting }: Parcel): Promise<void> {
  const done = { state: "SENT", sentAt: hub.now(), nextAt: null, fault: null } as const;
  await hub.db.manager.update(DeliveryRow, idsOf(waiting), done);
  const subjectIds = idsOf(waiting.filter(({ row }) => row.fault !== null));
  if (subjectIds.length > 0) await settleTrouble(hub, hub.db.manager, { queue: "telling", subjectIds });
}

interface Failed {
  readonly parcel: Parcel;
  readonly fault: Undelivered;
  readonly from: number;
}

/** Puts what failed off, or parks it. Returns when the next of it is tried; null where none is. */
async function putOff(hub: Hub, caller: Caller, { parcel, fault, from }: Failed): Promise<Date | null> {
  const { code, forGood } = fault;
  hub.log.warn({ fault: code, deliveryIds: idsOf(parcel.waiting) }, "this did not leave the hub");
  if (code === "STATUS_410") {
    await webhookGone(hub, caller, parcel.target);
    return null;
  }
  const tired = parcel.waiting.filter(({ row }) => forGood || row.attempts >= MOST_TRIES);
  for (const each of tired) await park(hub, each, fault);
  const rest = parcel.waiting.filter((each) => !tired.includes(each));
  if (rest.length === 0) return null;
  const tries = Math.max(...rest.map(({ row }) => row.attempts));
  // To the second, so that what failed together is few alarms.
  const at = new Date(Math.ceil((from + retryAfterMs(tries, randomInt(1_000) / 1_000)) / 1_000) * 1_000);
  await hub.db.manager.update(DeliveryRow, idsOf(rest), { nextAt: at, fault: code });
  return at;
}

async function park(hub: Hub, { row, message }: Waiting, fault: Undelivered): Promise<void> {
  const { code } = fault;
  // Whoever is told of parked work finds it in their inbox; that an email about it is parked would go round for ever.
  if (code !== "WEBHOOK_ENDED" && message.kind !== "WORK_PARKED")
    await noteTrouble(hub, { queue: "telling", subjectId: row.id, error: fault, teamId: null, forGood: true });
  await hub.db.manager.update(DeliveryRow, row.id, { state: "PARKED", nextAt: null, fault: code });
}

/** How far each of these messages has left the hub: none for one that did not have to. For messages that this caller was given. */
export async function deliveriesOf(hub: Hub, messageIds: readonly string[]): Promise<Delivery[][]> {
  const rows = await hub.db.manager.find(DeliveryRow, {
    where: { messageId: In([...messageIds]) },
    order: { id: "ASC" },
  });
  const byMessage = groupBy(rows, ({ messageId }) => messageId);
  return messageIds.map((id) =>
    (byMessage.get(id) ?? []).map(({ id, channel, state, attempts, nextAt, sentAt, fault }) => {
      return { id, channel, state, attempts, nextAt, sentAt, fault };
    }),
  );
}
