import { clockCaller } from "../services/clock-caller.ts";
import { routeOrNote } from "../services/open-routes.ts";
import type { HubJob } from "./job.ts";

/** Gives one referral its team. The alarm carries the referral's id and decides nothing itself. */
export const routing: HubJob = {
  queue: "routing",
  concurrency: 4,
  run: (hub, { referralId = "" }) => routeOrNote(hub, clockCaller(hub, "routing"), referralId),
};
