// The queues' one face, on Redis as on the embedded database. A queue is an alarm clock: what must happen stands in rows.

import type { PgPool } from "bullmq";
import { makeEmbeddedEngine } from "./queue-embedded.ts";
import type { Engine, Producer, Report, Trouble } from "./queue-engine.ts";
import { type JobData, type QueueName, onlyIds } from "./queue-job.ts";
import { makeRedisEngine } from "./queue-redis.ts";
import { together } from "./together.ts";
import { type Handler, type WorkOptions, type WorkerHandle, startWorker } from "./queue-worker.ts";

export type { Job, JobData, QueueName } from "./queue-job.ts";

export type QueueStore = { readonly redisUrl: string } | { readonly embedded: PgPool };

export interface QueueSettings {
  /** Names the hub's keys in a Redis that others use too: letters, digits and hyphens. */
  readonly prefix: string;
  /** Hears what goes wrong where no caller waits; the same sentence at most once a minute. */
  readonly onTrouble?: Report;
  /** Before a failed job's second attempt; doubled before each further one, with jitter. */
  readonly retryMs?: number;
}

export interface Alarm {
  /** Until a job is done, its id stands for one alarm however often it is set; the earliest time set holds. */
  readonly id: string;
  readonly data: JobData;
}

/** An alarm that is never moved: its id holds the instant it is for. */
export interface TimedAlarm extends Alarm {
  readonly delayMs: number;
}

export interface Schedule extends Alarm {
  readonly everyMs: number;
}

export interface Queues {
  /** After the commit, never inside a transaction. It fails fast; the caller logs that and goes on, as a sweep will find the row. */
  wake(queue: QueueName, job: Alarm, delayMs?: number): Promise<void>;
  /** Sets all of these in as few round trips as the store takes well, together with what others set at the same time. One that is
   *  set already stays as it is. One that fails is not tried again and leaves nothing behind: the sweep finds its row within
   *  seconds. Fails as `wake` does. */
  wakeAll(queue: QueueName, alarms: readonly TimedAlarm[]): Promise<void>;
  /** Setting it again changes it; it is restored after a loss by `watch`. */
  every(queue: QueueName, schedule: Schedule): Promise<void>;
  work(queue: QueueName, handler: Handler, options: WorkOptions): WorkerHandle;
  /** The queues that somebody in this process takes jobs of. Fails where the store does not answer: then nobody does. */
  workedOn(): Promise<QueueName[]>;
  /** True once after the store was new or emptied, for whichever process asks first: everything open needs a sweep. */
  isFresh(): Promise<boolean>;
  /** Looks every `everyMs` whether the store was emptied, on a clock that no store can lose; sets the schedules again. */
  watch(onFresh: () => Promise<void>, everyMs?: number): void;
  /** Fails where the store does not answer now. */
  ping(): Promise<void>;
  /** Sentences for the log and for `hub doctor`; none when all is well. */
  checkSettings(): Promise<string[]>;
  /** Workers first, so that a job in hand can still set an alarm. */
  close(deadlineMs?: number): Promise<void>;
}

const ATTEMPTS = 5;
const WEEK_SECONDS = 7 * 24 * 3600;

/** Makes the queues without waiting for the store; whatever needs it waits, or fails, by itself. */
export function makeQueues(store: QueueStore, settings: QueueSettings): Queues {
  const { prefix, onTrouble = () => {}, retryMs = 1_000 } = settings;
  const report = calmly(onTrouble);
  const engine: Engine =
    "redisUrl" in store
      ? makeRedisEngine(store.redisUrl, prefix, report)
      : makeEmbeddedEngine(store.embedded, prefix, report);
  const producers = new Map<QueueName, Producer>();
  const schedules: { readonly queue: QueueName; readonly schedule: Schedule }[] = [];
  const workers: WorkerHandle[] = [];
  const watches = new Set<NodeJS.Timeout>();
  const setting = new Map<QueueName, (alarms: readonly TimedAlarm[]) => Promise<void>>();
  let closing = false;

  const kept = {
    attempts: ATTEMPTS,
    backoff: { type: "exponential", delay: retryMs, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: { count: 1_000, age: WEEK_SECONDS },
    stackTraceLimit: 0,
  };

  async function producer(queue: QueueName): Promise<Producer> {
    if (closing) throw new Error("The queues are closing");
    await engine.answer();
    const known = producers.get(queue) ?? engine.produce(queue);
    producers.set(queue, known);
    return known;
  }

  /** Those of one queue share their round trips. */
  function setterOf(queue: QueueName): (alarms: readonly TimedAlarm[]) => Promise<void> {
    const known = setting.get(queue) ?? together((alarms) => setAll(queue, alarms), engine.mostAtOnce);
    setting.set(queue, known);
    return known;
  }

  async function setAll(queue: QueueName, alarms: readonly TimedAlarm[]): Promise<void> {
    const on = await producer(queue);
    const jobs = [...new Map(alarms.map((alarm) => [alarm.id, alarm])).values()].map(({ id, data, delayMs }) => ({
      name: queue,
      data,
      // No more options than these: with them Redis keeps an alarm in half a kilobyte, with any other in a whole one.
      opts: { jobId: id, delay: Math.max(0, Math.ceil(delayMs)) },
    }));
    if (jobs.length >= engine.bulkFrom) await on.addBulk(jobs);
    else for (const { name, data, opts } of jobs) await on.add(name, data, opts);
  }

  async function schedule(queue: QueueName, { id, everyMs, data }: Schedule): Promise<void> {
    const on = await producer(queue);
    await on.upsertJobScheduler(id, { every: everyMs }, { name: queue, data, opts: kept });
  }

  async function restore(): Promise<void> {
    for (const { queue, schedule: lost } of schedules) {
      const on = await producer(queue);
      if (!(await on.getJobScheduler(lost.id))) await schedule(queue, lost);
    }
  }

  async function isFresh(): Promise<boolean> {
    await engine.answer();
    return engine.claimEpoch();
  }

  return {
    async wake(queue, job, delayMs = 0) {
      const { id: jobId, data } = onlyIds(job);
      const on = await producer(queue);
      if (await isSet(on, jobId, delayMs)) return;
      await on.add(queue, data, { ...kept, jobId, delay: Math.max(0, delayMs) });
    },
    async wakeAll(queue, alarms) {
      for (const alarm of alarms) onlyIds(alarm);
      const set = setterOf(queue);
      for (let from = 0; from < alarms.length; from += engine.mostAtOnce)
        await set(alarms.slice(from, from + engine.mostAtOnce));
    },
    async every(queue, wanted) {
      onlyIds(wanted);
      const at = schedules.findIndex((known) => known.queue === queue && known.schedule.id === wanted.id);
      schedules.splice(at < 0 ? schedules.length : at, 1, { queue, schedule: wanted });
      await schedule(queue, wanted);
    },
    work(queue, handler, options) {
      const worker = startWorker({ engine, queue, handler, options, report });
      workers.push(worker);
      return worker;
    },
    async workedOn() {
      await engine.ping();
      const running = await Promise.all(workers.map((worker) => worker.isRunning()));
      return [...new Set(workers.filter((_, index) => running[index]).map(({ queue }) => queue))];
    },
    isFresh,
    watch(onFresh, everyMs = 5_000) {
      const look = async () => {
        await restore();
        if (await isFresh()) await onFresh();
      };
      const doing = "watching whether the queues were emptied";
      let looking = false;
      const tick = () => {
        if (looking || closing) return;
        looking = true;
        look()
          .catch((error: unknown) => report({ doing, error }))
          .finally(() => (looking = false));
      };
      watches.add(setInterval(tick, everyMs).unref());
      tick();
    },
    ping: engine.ping,
    async checkSettings() {
      await engine.answer();
      return engine.warnings();
    },
    async close(deadlineMs) {
      for (const timer of watches) clearInterval(timer);
      await Promise.all(workers.map((worker) => worker.close(deadlineMs)));
      closing = true;
      await Promise.allSettled([...producers.values()].map((on) => on.close()));
      await engine.close();
    },
  };
}

/** True where this alarm is already set, and early enough. One set for later makes way, as does one that failed for good; one about to be tried again does not. */
async function isSet(on: Producer, jobId: string, delayMs: number): Promise<boolean> {
  const state = await on.getJobState(jobId);
  const job = state === "delayed" ? await on.getJob(jobId) : undefined;
  const isLater = job?.attemptsMade === 0 && job.timestamp + job.delay > Date.now() + delayMs;
  if (state === "failed" || isLater) await on.remove(jobId);
  return state === "delayed" && !isLater;
}

const CALM_MS = 60_000;

/** A store that is away says so many times a second, on every connection. */
function calmly(tell: Report): Report {
  const told = new Map<string, number>();
  return (trouble: Trouble) => {
    const { doing, error } = trouble;
    const key = `${doing} ${error instanceof Error ? error.message : ""}`;
    const now = Date.now();
    if (now - (told.get(key) ?? 0) < CALM_MS) return;
    if (told.size > 1_000) told.clear();
    told.set(key, now);
    tell(trouble);
  };
}
