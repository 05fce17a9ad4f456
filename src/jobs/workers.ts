// Which jobs there are, how alarms for them are set, and how they start and stop.

import { Refusal } from "../domain/refusal.ts";
import type { Hub, Log, Waker } from "../services/hub.ts";
import { sweep } from "../services/sweep.ts";
import { collecting } from "./collecting.ts";
import type { HubJob } from "./job.ts";
import type { Queues } from "./queues.ts";
import { routing } from "./routing.ts";
import { sweeping } from "./sweeping.ts";

const JOBS: readonly HubJob[] = [routing, sweeping, collecting];

/** How often each agency is asked what is new. Nothing waits for it: a question about a child is always asked live. */
const COLLECT_EVERY_MS = 15 * 60_000;

/** Sets alarms. One that cannot be set is logged and left to the sweep: the row it was for is already safe. */
export function makeWaker(queues: Queues, log: Log): Waker {
  const set = async (queue: "routing" | "collect", id: string, data: Readonly<Record<string, string>>) => {
    try {
      await queues.wake(queue, { id, data });
    } catch (error) {
      log.warn({ queue, id, error: (error as Error).name }, "alarm not set; the sweep will find what it was for");
    }
  };
  return {
    route: (referralId) => set("routing", `route-${referralId}`, { referralId }),
    collect: (agencyId) => set("collect", `collect-${agencyId}`, { agencyId }),
  };
}

/** Starts every job in this process. What was left undone is swept at once, and again when the queues were emptied. */
export async function startWorkers(hub: Hub, queues: Queues): Promise<void> {
  for (const { queue, concurrency, run } of JOBS)
    queues.work(
      queue,
      async ({ data }) => {
        await run(hub, data);
      },
      { concurrency, isFinal: (error) => error instanceof Refusal },
    );
  queues.watch(async () => {
    hub.log.warn({}, "the queues are new or were emptied; sweeping everything that is open");
    await sweep(hub);
    for (const agencyId of hub.systems.keys()) await hub.wake.collect(agencyId);
  });
  const schedules = JOBS.flatMap(({ queue, everyMs }) =>
    everyMs === undefined ? [] : [{ queue, id: `every-${queue}`, everyMs, data: {} }],
  );
  // A schedule's first run is at once.
  for (const agencyId of hub.systems.keys())
    schedules.push({ queue: "collect", id: `every-${agencyId}`, everyMs: COLLECT_EVERY_MS, data: { agencyId } });
  for (const { queue, ...schedule } of schedules) {
    try {
      await queues.every(queue, schedule);
    } catch (error) {
      hub.log.warn(
        { queue, error: (error as Error).name },
        "the queues do not answer; this schedule is set when they do",
      );
    }
  }
}
