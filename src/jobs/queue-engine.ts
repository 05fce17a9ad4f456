// What the queues need of the store beneath them; Redis and the embedded PostgreSQL each give it.

import type { Queue, Worker, WorkerOptions } from "bullmq";
import type { JobData } from "./queue-job.ts";

/** A queue as the hub uses one, whichever store it lies on. */
export type Producer = Pick<
  Queue<JobData>,
  "add" | "addBulk" | "getJob" | "getJobState" | "getJobScheduler" | "remove" | "upsertJobScheduler" | "close"
>;
/** A BullMQ worker as the hub uses one. */
export type Consumer = Pick<Worker<JobData>, "pause" | "close" | "isRunning">;
/** The part of a BullMQ job that a handler is given. */
export interface RawJob {
  readonly id?: string | undefined;
  readonly data: JobData;
  readonly attemptsMade: number;
}
export type Process = (job: RawJob) => Promise<void>;
export type ConsumerOptions = Omit<WorkerOptions, "connection">;

/** Something went wrong where no caller waits for it. The error may name records: log its kind, or mask it. */
export interface Trouble {
  readonly doing: string;
  readonly error: unknown;
}
export type Report = (trouble: Trouble) => void;

export interface Engine {
  /** Alarms that go into the store in one round trip. */
  readonly mostAtOnce: number;
  /** So many alarms go in faster together than one by one. */
  readonly bulkFrom: number;
  /** Done once before anything else: tables, where the store has tables. */
  prepare(): Promise<void>;
  /** Fails at once where the store is known to be away, and after two seconds where it does not come up. */
  answer(): Promise<void>;
  /** As `answer`, and asks it something. */
  ping(): Promise<void>;
  produce(queue: string): Producer;
  consume(queue: string, process: Process, options: ConsumerOptions): Consumer;
  /** True for the first caller since the store was new or emptied. */
  claimEpoch(): Promise<boolean>;
  /** Sentences about settings under which alarms can be lost. */
  warnings(): Promise<string[]>;
  /** After its producers and consumers. */
  close(): Promise<void>;
}

/** Waits for `work`, whether it succeeds or not, but no longer than `ms`. True when it ended in time. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const ended = work.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}
