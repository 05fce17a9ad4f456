// One worker of one queue: what becomes of a job that fails, stalls, or is still running when the hub stops.

import { UnrecoverableError } from "bullmq";
import { type Consumer, type Engine, type Process, type Report, within } from "./queue-engine.ts";
import { type Job, type QueueName, reasonOf } from "./queue-job.ts";

export interface WorkOptions {
  /** Jobs of this queue under way at once in this process. */
  readonly concurrency: number;
  /** True for an error that a further attempt would only meet again: a refusal. */
  readonly isFinal?: (error: unknown) => boolean;
}

export interface WorkerHandle {
  readonly queue: QueueName;
  /** Whether it takes jobs just now, as far as it knows itself; once it has started, or could not. */
  isRunning(): Promise<boolean>;
  /** Takes no more jobs, and waits so long for those in hand; what is not done by then is run again by another worker. */
  close(deadlineMs?: number): Promise<void>;
}

export type Handler = (job: Job) => Promise<void>;

export interface WorkerParts {
  readonly engine: Engine;
  readonly queue: QueueName;
  readonly handler: Handler;
  readonly options: WorkOptions;
  readonly report: Report;
}

// A dead worker's job runs again within ten seconds. How often that happens never makes an alarm fail for good.
const LOCK_MS = 5_000;
const STALLS = 1_000_000;
const DEADLINE_MS = 10_000;
const LAST_WORDS_MS = 2_000;

export function startWorker({ engine, queue, handler, options, report }: WorkerParts): WorkerHandle {
  const { concurrency, isFinal = () => false } = options;
  const inHand = new Set<Promise<void>>();
  let stopping = false;

  const process: Process = async ({ id = "", data, attemptsMade }) => {
    const job = { id, data, attempt: attemptsMade + 1 };
    const run = Promise.resolve(job).then(handler);
    inHand.add(run);
    try {
      await run;
    } catch (error) {
      report({ doing: `running job ${id} of the ${queue} queue, attempt ${job.attempt}`, error });
      // The message stays out of the queue: it may name what the job may not carry.
      throw isFinal(error) ? new UnrecoverableError(reasonOf(error)) : new Error(reasonOf(error));
    } finally {
      inHand.delete(run);
    }
  };

  const settings = {
    concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: LOCK_MS,
    maxStalledCount: STALLS,
    // For jobs that do not say what is kept of them.
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  };
  const started: Promise<Consumer | null> = engine
    .prepare()
    .then(() => (stopping ? null : engine.consume(queue, process, settings)))
    .catch((error: unknown) => {
      report({ doing: `starting a worker of the ${queue} queue`, error });
      return null;
    });

  return {
    queue,
    isRunning: async () => {
      const worker = await started;
      return !stopping && (worker?.isRunning() ?? false);
    },
    async close(deadlineMs = DEADLINE_MS) {
      stopping = true;
      const worker = await started;
      if (!worker) return;
      await worker.pause(true);
      await within(deadlineMs, Promise.allSettled(inHand));
      // Without its store a worker would wait for ever to say goodbye.
      const away = await engine.answer().then(
        () => false,
        () => true,
      );
      await within(LAST_WORDS_MS, worker.close(away || inHand.size > 0));
    },
  };
}
