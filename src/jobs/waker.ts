// How alarms are set. Best effort: one that cannot be set is logged, and what it was for is found by the sweep.

import type { ClockAlarm, Log, Waker } from "../services/hub.ts";
import { QUEUE_OF } from "../services/due.ts";
import { groupBy } from "../domain/group.ts";
import { HORIZON_MS } from "../services/alarms.ts";
import type { JobData, QueueName, Queues, TimedAlarm } from "./queues.ts";

export interface WakerParts {
  readonly queues: Pick<Queues, "wake" | "wakeAll">;
  readonly log: Log;
  /** The hub's clock: pauses are counted by it, so that a clock that was turned sets its alarms where they belong. */
  readonly now: () => Date;
}

export function makeWaker({ queues, log, now }: WakerParts): Waker {
  const orSay = async (queue: QueueName, id: string, setting: Promise<void>) => {
    try {
      await setting;
    } catch (error) {
      log.warn({ queue, id, error: (error as Error).name }, "alarm not set; what it was for is found without it");
    }
  };
  const set = (queue: QueueName, id: string, data: JobData) => orSay(queue, id, queues.wake(queue, { id, data }));
  /** One alarm for each instant within the horizon. */
  const setAll = async (queue: QueueName, instants: readonly Date[]) => {
    const from = now().getTime();
    const alarms = [...new Set(instants.map((at) => at.getTime()))]
      .filter((at) => at - from <= HORIZON_MS)
      .map((at): TimedAlarm => ({ id: `due-${at}`, data: { at: new Date(at).toISOString() }, delayMs: at - from }));
    const [first] = alarms;
    if (first) await orSay(queue, first.id, queues.wakeAll(queue, alarms));
  };
  return {
    route: (referralId) => set("routing", `route-${referralId}`, { referralId }),
    collect: (agencyId) => set("collect", `collect-${agencyId}`, { agencyId }),
    async clocks(alarms) {
      const byQueue = groupBy(alarms, ({ act }: ClockAlarm) => QUEUE_OF[act]);
      await Promise.all(
        [...byQueue].map(([queue, due]) =>
          setAll(
            queue,
            due.map(({ at }) => at),
          ),
        ),
      );
    },
    telling: (instants) => setAll("telling", instants),
  };
}
