// Referrals that asked for a route and have none.

import { unroutedReferrals } from "../store/open-routes.ts";
import type { Caller, Hub } from "./hub.ts";
import { routeReferral } from "./referrals.ts";
import { noteTrouble, settleTrouble } from "./troubled.ts";

/** Rows taken on at once. */
const AT_ONCE = 500;

/** Routes one referral, or notes that it could not be: it is then tried again with growing pauses and, once it
 *  is parked, every hour. */
export async function routeOrNote(hub: Hub, caller: Caller, referralId: string): Promise<void> {
  try {
    await routeReferral(hub, caller, referralId);
  } catch (error) {
    const { tryAt } = await noteTrouble(hub, {
      queue: "routing",
      subjectId: referralId,
      error,
      teamId: fallbackTeam(hub),
    });
    hub.log.error(
      { referralId, error: (error as Error).name, tryAt },
      "could not route this referral; the others go on",
    );
    return;
  }
  await settleTrouble(hub, hub.db.manager, { queue: "routing", subjectIds: [referralId] });
}

/** The team of the rule that fits every referral sees to one that cannot be routed. */
const fallbackTeam = ({ area }: Hub): string | null => area.routing.at(-1)?.to ?? null;

/** Does what an alarm was lost for, leaving out what rests after a failure. Returns how many it found. */
export async function routeOpen(hub: Hub, caller: Caller): Promise<number> {
  let found = 0;
  for (let after = ""; ;) {
    const open = await unroutedReferrals(hub.db.manager, { now: hub.now(), after, most: AT_ONCE });
    for (const referralId of open) {
      if (caller.signal.aborted) return found;
      await routeOrNote(hub, caller, referralId);
    }
    found += open.length;
    if (open.length < AT_ONCE) return found;
    after = open.at(-1) ?? "";
  }
}
