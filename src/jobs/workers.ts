// Which jobs there are, how alarms for them are set, and how they start and stop.

import { Refusal } from "../domain/refusal.ts";
import type { Hub, Log, Waker } from "../services/hub.ts";
import { sweep } from "../services/sweep.ts";
import { collecting } from "./collecting.ts";
import type { HubJob } from "./job.ts";
import type { Queues } from "./queues.ts";
import { routing } from "./routing.ts";

const JOBS: readonly HubJob[] = [routing, collecting];

/** How often each agency is asked what is new. Nothing waits for it: a question about a child is always asked live. */
const COLLECT_EVERY_MS = 15 * 60_000;

/** Sets alarms. One that cannot be set is logged: the row it was for is safe, and the sweep or the next collection finds it. */
export function makeWaker(queues: Queues, log: Log): Waker {
  const set = async (queue: "routing" | "collect", id: string, data: Readonly<Record<string, string>>) => {
    try {
      await queues.wake(queue, { id, data });
    } catch (error) {
      log.warn({ queue, id, error: (error as Error).name }, "alarm not set; what it was for is found without it");
    }
  };
  return {
    route: (referralId) => set("routing", `route-${referralId}`, { referralId }),
    collect: (agencyId) => set("collect", `collect-${agencyId}`, { agencyId }),
  };
}

/** The longest that a lost alarm can go unnoticed while a worker runs. */
const SWEEP_EVERY_MS = 10_000;

/** Starts every job in this process, and the sweep on a clock that needs no queue: with the queues gone, what is open is still
 *  found. Returns what stops the sweep; the workers stop with their queues. */
export async function startWorkers(hub: Hub, queues: Queues): Promise<() => Promise<void>> {
  const stop = startSweeping(hub);
  for (const { queue, concurrency, run } of JOBS)
    queues.work(
      queue,
      async ({ data }) => {
        await run(hub, data);
      },
      { concurrency, isFinal: (error) => error instanceof Refusal },
    );
  queues.watch(async () => {
    hub.log.warn({}, "the queues are new or were emptied; what is open is swept, and agencies are asked again");
    await sweep(hub);
  });
  // A schedule's first run is at once.
  for (const agencyId of hub.systems.keys()) {
    try {
      await queues.every("collect", { id: `every-${agencyId}`, everyMs: COLLECT_EVERY_MS, data: { agencyId } });
    } catch (error) {
      hub.log.warn(
        { agencyId, error: (error as Error).name },
        "the queues do not answer; this is scheduled when they do",
      );
    }
  }
  return stop;
}

/** Sweeps at once and then again and again, one after the other. */
function startSweeping(hub: Hub): () => Promise<void> {
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const tick = () => {
    running = running
      .then(() => (stopped ? 0 : sweep(hub)))
      .catch((error: unknown) =>
        hub.log.error({ error: (error as Error).name }, "the sweep failed; it runs again shortly"),
      );
  };
  const timer = setInterval(tick, SWEEP_EVERY_MS).unref();
  tick();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}
