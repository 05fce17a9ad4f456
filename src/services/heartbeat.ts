import { silence } from "../domain/hub-alarm.ts";
import { type QueueName, QUEUES } from "../domain/queue.ts";
import { type Beats, claimBeat, readBeats, writeBeats } from "../store/heartbeats.ts";
import type { Hub } from "./hub.ts";

/** Whose signs of life are kept: the sweep when it came to its end, the setting of alarms ahead, the erasing of
 *  what is over, and whoever works on a queue. */
export type Alive = "sweep" | "refill" | "retention" | `queue:${QueueName}`;

/** Says that all of these are alive now, by the database's clock. */
export const beat = (hub: Hub, names: readonly Alive[]): Promise<void> => writeBeats(hub.db, names);

export interface Life {
  /** The database's clock at this reading. */
  readonly now: Date;
  readonly sweptAt: Date | null;
  readonly workedAt: ReadonlyMap<QueueName, Date>;
}

/** When the sweep last came to its end, and when somebody last worked on each queue. */
export async function signsOfLife(hub: Hub): Promise<Life> {
  const { now, at } = await readBeats(hub.db);
  const worked = QUEUES.flatMap((queue): [QueueName, Date][] => {
    const last = at.get(`queue:${queue}`);
    return last ? [[queue, last]] : [];
  });
  return { now, sweptAt: at.get("sweep") ?? null, workedAt: new Map(worked) };
}

/** For how many milliseconds nothing was heard of this; infinite where nothing ever was since the clock was set back. */
export async function silenceOf(hub: Hub, name: Alive): Promise<number> {
  const { now, at }: Beats = await readBeats(hub.db);
  return silence(at.get(name), now);
}

/** Whether this process, and no other, is to do it now: nobody has for so long. */
export const claim = (hub: Hub, name: Alive, everyMs: number): Promise<boolean> => claimBeat(hub.db, name, everyMs);
