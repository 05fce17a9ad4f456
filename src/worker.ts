import type { OpenHub } from "./hub.ts";
import { startWorkers, type WorkersOptions } from "./jobs/workers.ts";

/** Runs the jobs in this process until the hub is closed. As many processes as wanted may do so on MySQL and Redis. */
export async function startWorker({ hub, queues, onClose }: OpenHub, options: WorkersOptions = {}): Promise<void> {
  onClose(await startWorkers(hub, queues, options));
}
