import type { Hub } from "../services/hub.ts";
import type { JobData, QueueName } from "./queues.ts";

/** One kind of job: it reads ids, and calls one service, which decides afresh and may run twice. */
export interface HubJob {
  readonly queue: QueueName;
  /** How many of it run at once in one process. */
  readonly concurrency: number;
  readonly run: (hub: Hub, data: JobData) => Promise<unknown>;
}
