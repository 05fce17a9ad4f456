// Obligations created as services create them: row and first line of its history in one transaction, then the alarm.

import { setImmediate as breathe } from "node:timers/promises";
import type { ClockRule } from "../../src/domain/clock-rule.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { clockFor } from "../../src/services/deadlines.ts";
import type { Hub } from "../../src/services/hub.ts";
import { alarmsFor, openObligations, ownerOf } from "../../src/services/obligations.ts";

const RULE = "police-protection";
const MINUTE_MS = 60_000;

export interface Creating {
  readonly count: number;
  /** How many facts are under way at the same time. */
  readonly atOnce: number;
  /** How many each fact starts, in its one transaction. */
  readonly each: number;
}

/** Keeps instants apart over all rounds: each alarm is one of its own. */
let lastStart = 0;

/** Creates so many and returns how many a second that is. Their clock is short, so that every alarm lies within the horizon. */
export async function create(hub: Hub, { count, atOnce, each }: Creating): Promise<number> {
  const { rule, calendar } = clockFor(hub, RULE, hub.now());
  const clock: ClockRule = { ...rule, within: { hours: 12 }, remind: [{ hours: 2 }] };
  const owner = ownerOf(hub, RULE);
  const caller = clockCaller(hub, "bench", AbortSignal.timeout(10 * MINUTE_MS));
  lastStart = Math.max(lastStart, hub.now().getTime());
  const one = async (): Promise<void> => {
    const childId = hub.newId();
    const owed = Array.from({ length: each }, () => {
      return { clock, calendar, subjectId: hub.newId(), childId, startedAt: new Date((lastStart += 1)), owner };
    });
    const opened = await hub.db.transaction((db) => openObligations(hub, caller, { db, owed }));
    await hub.wake.clocks(alarmsFor(opened));
  };
  return each * (await perSecond(one, { count: Math.round(count / each), atOnce }));
}

/** Runs something so often, so many of them at the same time; returns how many a second that is. */
export async function perSecond(
  one: (n: number) => Promise<unknown>,
  { count, atOnce }: Omit<Creating, "each">,
): Promise<number> {
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < count) await one(begun++);
  };
  await breathe();
  const from = performance.now();
  await Promise.all(Array.from({ length: atOnce }, lane));
  return count / ((performance.now() - from) / 1_000);
}
