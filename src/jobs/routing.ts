import { clockCaller } from "../services/sweep.ts";
import { routeReferral } from "../services/referrals.ts";
import type { HubJob } from "./job.ts";

/** Gives one referral its team. The alarm carries the referral's id and decides nothing itself. */
export const routing: HubJob = {
  queue: "routing",
  concurrency: 4,
  run: (hub, { referralId = "" }) => routeReferral(hub, clockCaller(hub, "routing"), referralId),
};
