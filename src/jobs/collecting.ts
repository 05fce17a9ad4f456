import { collect } from "../services/collect.ts";
import type { HubJob } from "./job.ts";

/** Reads what is new at one agency. One at a time for each process; two of one agency at once only repeat each other. */
export const collecting: HubJob = {
  queue: "collect",
  concurrency: 4,
  run: (hub, { agencyId = "" }) => collect(hub, agencyId),
};
