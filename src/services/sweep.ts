import { IsNull } from "typeorm";
import { theClock } from "../domain/actor.ts";
import { RouteRequestRow } from "../store/rows.ts";
import type { Caller, Hub } from "./hub.ts";
import { routeReferral } from "./referrals.ts";

/** Most rows one sweep takes on; the next goes on from there, oldest first. */
const AT_ONCE = 500;

/** The caller of a job: the clock, for itself, until the job's own limit. */
export const clockCaller = (hub: Hub, job: string, signal: AbortSignal = AbortSignal.timeout(60_000)): Caller => ({
  actor: theClock(job),
  purpose: "hub",
  requestId: hub.newId(),
  signal,
});

/** Does what an alarm was lost for: every referral that asked for a route and has none. Returns how many it found. */
export async function sweep(hub: Hub): Promise<number> {
  const open = await hub.db.manager.find(RouteRequestRow, {
    where: { doneAt: IsNull() },
    order: { requestedAt: "ASC" },
    take: AT_ONCE,
  });
  for (const { referralId } of open) {
    try {
      await routeReferral(hub, clockCaller(hub, "sweep"), referralId);
    } catch (error) {
      // One referral that cannot be routed must not hold up the rest.
      hub.log.error(
        { referralId, error: (error as Error).name },
        "could not route this referral; the sweep tries again",
      );
    }
  }
  return open.length;
}
