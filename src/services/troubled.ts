// Work that fails: tried again with growing pauses and, when that does not help, parked where people see it. What is parked is still
// tried every hour, and stays parked until it is done or replayed.

import type { EntityManager } from "typeorm";
import { In, IsNull } from "typeorm";
import { PARKED_PAUSE_MS, pauseAfter } from "../domain/backoff.ts";
import type { QueueName } from "../domain/queue.ts";
import { insertFirst } from "../store/insert.ts";
import { TroubledWorkRow } from "../store/rows-clocks.ts";
import type { Hub } from "./hub.ts";
import { type Note, tell } from "./telling.ts";

export interface Trouble {
  readonly queue: QueueName;
  /** The referral, obligation, delivery or message that could not be done. */
  readonly subjectId: string;
  readonly error: unknown;
  /** The team whose manager is told when it is parked; null where none owns it: then the partnership's business manager. */
  readonly teamId: string | null;
  /** Parks it at once, and it is not tried again: it was tried often enough, or there is no use in trying. */
  readonly forGood?: boolean;
}

/** What becomes of work that failed. */
export interface Noted {
  /** When to try again, by the hub's clock; null only for what is parked for good. */
  readonly tryAt: Date | null;
  readonly isParked: boolean;
}

/** Puts on record that work failed. Where it is now parked, its owner has been told. Call it outside the transaction that failed. */
export async function noteTrouble(hub: Hub, trouble: Trouble): Promise<Noted> {
  const { queue, subjectId } = trouble;
  const failedAt = hub.now();
  // Due at once, should this process end before it says more.
  await insertFirst(hub.db.manager, TroubledWorkRow, { ...UNTRIED, queue, subjectId, failedAt, tryAt: failedAt });
  try {
    return await noteIn(hub, trouble, telling);
  } catch (error) {
    // That nobody could be told must not keep it from being parked: the alarm about parked work is still there.
    hub.log.error({ queue, subjectId, error: (error as Error).name }, "whoever owns parked work could not be told");
    return noteIn(hub, trouble, async () => []);
  }
}

const UNTRIED = {
  attempts: 0,
  fault: "",
  parkedAt: null,
  teamId: null,
  replayedAt: null,
  replayedByActorId: null,
  doneAt: null,
} as const;

type Tell = (
  hub: Hub,
  work: { readonly db: EntityManager; readonly trouble: Trouble; readonly at: Date },
) => Promise<Date[]>;

async function noteIn(hub: Hub, trouble: Trouble, tellOwner: Tell): Promise<Noted> {
  const { queue, subjectId, error, teamId } = trouble;
  const { noted, tellAt } = await hub.db.transaction(async (db) => {
    const known = await db.findOneOrFail(TroubledWorkRow, {
      where: { queue, subjectId },
      lock: { mode: "pessimistic_write" },
    });
    const failedAt = hub.now();
    const attempts = known.doneAt ? 1 : known.attempts + 1;
    const pause = trouble.forGood ? null : pauseAfter(attempts, Math.random());
    const parkedAt = pause === null ? (known.parkedAt ?? failedAt) : null;
    const tryAt = trouble.forGood ? null : new Date(failedAt.getTime() + (pause ?? PARKED_PAUSE_MS));
    const fault = faultOf(error);
    await db.update(
      TroubledWorkRow,
      { queue, subjectId },
      { attempts, fault, failedAt, tryAt, parkedAt, teamId, doneAt: null },
    );
    const isNewlyParked = parkedAt !== null && known.parkedAt === null;
    const noted: Noted = { tryAt, isParked: parkedAt !== null };
    return { noted, tellAt: isNewlyParked ? await tellOwner(hub, { db, trouble, at: failedAt }) : [] };
  });
  if (tellAt.length > 0) await hub.wake.telling(tellAt);
  return noted;
}

const LONGEST_FAULT = 100;

/** What of an error may be kept: its kind and code. Its message may quote a row. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = error as { code?: unknown };
  return (typeof code === "string" ? `${error.name} ${code}` : error.name).slice(0, LONGEST_FAULT);
}

const telling: Tell = (hub, { db, trouble, at }) => {
  const { queue, subjectId, teamId } = trouble;
  const team = hub.area.teams.find(({ id }) => id === teamId);
  const partnership = hub.area.agencies.find(({ sector }) => sector === "PARTNERSHIP");
  const note: Note = {
    key: `${subjectId} parked-${at.getTime()}`,
    kind: "WORK_PARKED",
    says: `The hub cannot do something that your team waits for (${queue}), and now tries only once an hour. Look at what is parked, and replay it.`,
    urgent: true,
    to: [
      team
        ? { agencyId: team.agencyId, teamId: team.id, role: "MANAGER" }
        : { agencyId: partnership?.id ?? "", teamId: null, role: "BUSINESS_MANAGER" },
    ],
  };
  return tell(hub, { db, notes: [note] });
};

/** Puts on record that work which had failed is done after all. Does nothing for work that never failed. */
export async function settleTrouble(
  hub: Hub,
  db: EntityManager,
  { queue, subjectIds }: { readonly queue: QueueName; readonly subjectIds: readonly string[] },
): Promise<void> {
  if (subjectIds.length === 0) return;
  await db.update(
    TroubledWorkRow,
    { queue, subjectId: In(subjectIds), doneAt: IsNull() },
    { doneAt: hub.now(), tryAt: null, parkedAt: null },
  );
}
