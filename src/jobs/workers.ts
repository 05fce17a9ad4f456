// Which jobs there are, and how they start and stop.

import { Refusal } from "../domain/refusal.ts";
import { beat } from "../services/heartbeat.ts";
import type { Hub } from "../services/hub.ts";
import { keepSealed } from "../services/key-rotation.ts";
import { makeSweeper } from "../services/sweep.ts";
import { againAndAgain } from "./again.ts";
import { collecting } from "./collecting.ts";
import { escalating } from "./escalating.ts";
import type { HubJob } from "./job.ts";
import { lateness } from "./lateness.ts";
import type { Queues } from "./queues.ts";
import { reminding } from "./reminding.ts";
import { reviewing } from "./reviewing.ts";
import { routing } from "./routing.ts";
import { telling } from "./telling.ts";

const JOBS: readonly HubJob[] = [routing, collecting, reminding, reviewing, lateness, escalating, telling];

/** How often each agency is asked what is new. Nothing waits for it: a question about a child is always asked live. */
const COLLECT_EVERY_MS = 15 * 60_000;
/** The longest that a lost alarm can go unnoticed while a worker runs. */
const SWEEP_EVERY_MS = 10_000;
const BEAT_EVERY_MS = 10_000;

export interface WorkersOptions {
  /** False for a test that shows what would be lost without the sweep. */
  readonly sweep?: boolean;
  /** Shorter for a test that has not the time. */
  readonly sweepEveryMs?: number;
}

/** Starts every job in this process, and the sweep on a clock that needs no queue: with the queues gone, what is open is still
 *  found. Returns what stops the sweep; the workers stop with their queues. */
export async function startWorkers(
  hub: Hub,
  queues: Queues,
  { sweep = true, sweepEveryMs = SWEEP_EVERY_MS }: WorkersOptions = {},
): Promise<() => Promise<void>> {
  const sweeper = makeSweeper(hub);
  const stops = sweep ? [startSweeping(hub, { sweep: sweeper.sweep, everyMs: sweepEveryMs })] : [];
  for (const { queue, concurrency, run } of JOBS)
    queues.work(
      queue,
      async ({ data }) => {
        await run(hub, data);
      },
      { concurrency, isFinal: (error) => error instanceof Refusal },
    );
  stops.push(startBeating(hub, queues), startSealing(hub));
  if (sweep)
    queues.watch(async () => {
      hub.log.warn({}, "the queues are new or were emptied; alarms are set again, and agencies are asked again");
      await sweeper.refill();
    });
  await scheduleCollecting(hub, queues);
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

interface Sweeping {
  readonly sweep: (signal: AbortSignal) => Promise<unknown>;
  readonly everyMs: number;
}

function startSweeping(hub: Hub, { sweep, everyMs }: Sweeping): () => Promise<void> {
  return againAndAgain(sweep, {
    everyMs,
    onError: (error) => hub.log.error({ error: (error as Error).name }, "the sweep failed; it runs again shortly"),
  });
}

/** Whatever is not sealed under the current key is, in every process that works: the first to look has it in hand. */
const startSealing = (hub: Hub): (() => Promise<void>) =>
  againAndAgain((signal) => keepSealed(hub, signal), {
    everyMs: SWEEP_EVERY_MS,
    onError: (error) => hub.log.error({ error: (error as Error).name }, "changing the key failed; it goes on shortly"),
  });

/** A sign of life for each queue that this process takes jobs of. With the queues away nobody does, and nobody says so. */
function startBeating(hub: Hub, queues: Queues): () => Promise<void> {
  const beats = async () =>
    beat(
      hub,
      (await queues.workedOn()).map((queue) => `queue:${queue}` as const),
    );
  return againAndAgain(beats, {
    everyMs: BEAT_EVERY_MS,
    onError: (error) => hub.log.warn({ error: (error as Error).name }, "no sign of life given for the queues"),
  });
}

/** A schedule's first run is at once. */
async function scheduleCollecting(hub: Hub, queues: Queues): Promise<void> {
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
}
