import { IsNull, MoreThan } from "typeorm";
import { theClock } from "../domain/actor.ts";
import { RouteRequestRow } from "../store/rows.ts";
import type { Caller, Hub } from "./hub.ts";
import { routeReferral } from "./referrals.ts";

/** Rows taken on at once, oldest first: ids sort by the time they were made. */
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
  let found = 0;
  for (let after = ""; ;) {
    const open = await hub.db.manager.find(RouteRequestRow, {
      where: { doneAt: IsNull(), referralId: MoreThan(after) },
      order: { referralId: "ASC" },
      take: AT_ONCE,
    });
    for (const { referralId } of open) await routeOrSay(hub, referralId);
    found += open.length;
    if (open.length < AT_ONCE) return found;
    after = open.at(-1)?.referralId ?? "";
  }
}

/** One referral that cannot be routed must not hold up the rest. */
async function routeOrSay(hub: Hub, referralId: string): Promise<void> {
  try {
    await routeReferral(hub, clockCaller(hub, "sweep"), referralId);
  } catch (error) {
    hub.log.error({ referralId, error: (error as Error).name }, "could not route this referral; the sweep tries again");
  }
}
