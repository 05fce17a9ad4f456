import { sweep } from "../services/sweep.ts";
import type { HubJob } from "./job.ts";

/** Finds what alarms were lost for. Ten seconds is the longest that a lost alarm can go unnoticed while a worker runs. */
export const sweeping: HubJob = { queue: "sweep", concurrency: 1, everyMs: 10_000, run: (hub) => sweep(hub) };
