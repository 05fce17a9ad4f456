// The sweep: whatever is due and not done is found and done, whether its alarm was lost or not. It loads no row that is not due.

import { CLOCK_ACTS } from "../domain/obligation.ts";
import { refillAlarms, refillHourly } from "./alarms.ts";
import { keepAudit } from "./audit-keeping.ts";
import { clockCaller } from "./clock-caller.ts";
import { deliverDue } from "./deliveries.ts";
import { carryOutDue } from "./due.ts";
import { warnOfEnding } from "./getting-in-warned.ts";
import { beat } from "./heartbeat.ts";
import type { Hub } from "./hub.ts";
import { handOnDue } from "./inbox.ts";
import { routeOpen } from "./open-routes.ts";
import { eraseHourly } from "./retention.ts";
import { forgetDue } from "./sealed-forgetting.ts";
import { makeCopiesDue } from "./subject-access.ts";
import { clearSessions } from "./sessions.ts";

export { clockCaller } from "./clock-caller.ts";

/** A sweep may take longer than a job: after a long outage it does everything that fell due meanwhile. */
const LIMIT_MS = 10 * 60_000;

/** Does everything that is due. One kind that fails does not hold up the others; the sweep then fails at its end, and gives no sign
 *  of life, so that somebody hears of it. Returns how many it found. */
export async function sweep(hub: Hub, stopping?: AbortSignal): Promise<number> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const caller = clockCaller(hub, "sweep", stopping ? AbortSignal.any([stopping, limit]) : limit);
  const kinds: readonly (() => Promise<number>)[] = [
    () => routeOpen(hub, caller),
    () => carryOutDue(hub, caller, { acts: [...CLOCK_ACTS], upTo: hub.now() }),
    () => deliverDue(hub, caller, hub.now()),
    () => handOnDue(hub, caller, hub.now()),
    () => forgetDue(hub),
    () => makeCopiesDue(hub, caller),
    () => eraseHourly(hub, caller),
    () => warnOfEnding(hub),
    () => keepAudit(hub),
    () => clearSessions(hub),
  ];
  let found = 0;
  const faults: unknown[] = [];
  for (const doDue of kinds) {
    if (caller.signal.aborted) return found;
    try {
      found += await doDue();
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
  await beat(hub, ["sweep"]);
  return found;
}

export interface Sweeper {
  /** Sweeps, and then sets the alarms that are missing: all of them after a loss, else hourly those that came within the horizon. */
  readonly sweep: (stopping?: AbortSignal) => Promise<void>;
  /** The alarms were lost: sets them again now or, where that fails, after each sweep until it works. */
  readonly refill: () => Promise<void>;
}

export function makeSweeper(hub: Hub): Sweeper {
  let lost = false;
  const refill = async () => {
    lost = true;
    await refillAlarms(hub);
    lost = false;
  };
  return {
    async sweep(stopping) {
      await sweep(hub, stopping);
      await (lost ? refill() : refillHourly(hub));
    },
    refill,
  };
}
