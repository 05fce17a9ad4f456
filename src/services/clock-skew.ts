// The hub goes by the database's clock: all processes agree on what is due, whatever their machines believe.

import { MOST_SKEW_MS } from "../domain/hub-alarm.ts";
import type { Hub, Log } from "./hub.ts";

export interface ClockParts {
  /** What time the database says it is. */
  readonly ask: () => Promise<Date>;
  readonly log: Log;
  /** This machine's clock, in milliseconds. */
  readonly machine?: () => number;
  readonly everyMs?: number;
}

export interface HubClock {
  readonly now: () => Date;
  /** How far this machine is behind the database, in milliseconds. */
  readonly skewMs: () => number;
  /** Measures now. A database that does not answer leaves what was last known. */
  readonly measure: () => Promise<void>;
  readonly stop: () => void;
}

const TRIES = 5;
const EVERY_MS = 60_000;

/** How far the machine is behind the clock it asks, in milliseconds: the middle one of five, each against the middle of its round
 *  trip, so that one slow answer does not count. */
export async function skewAgainst(ask: () => Promise<Date>, machine: () => number): Promise<number> {
  const found: number[] = [];
  for (let tries = 0; tries < TRIES; tries += 1) {
    const asked = machine();
    const said = await ask();
    found.push(said.getTime() - (asked + machine()) / 2);
  }
  return Math.round(found.toSorted((a, b) => a - b)[Math.floor(TRIES / 2)] ?? 0);
}

/** A clock that follows the database's, measured at once and again every minute. */
export async function followClock({ ask, log, machine = Date.now, everyMs = EVERY_MS }: ClockParts): Promise<HubClock> {
  let skew = 0;
  const measure = async () => {
    try {
      skew = await skewAgainst(ask, machine);
    } catch (error) {
      log.warn({ error: (error as Error).name }, "the database's clock could not be read; the last difference holds");
    }
    if (Math.abs(skew) > MOST_SKEW_MS)
      log.error({ skewMs: skew }, "this machine's clock differs from the database's: set it right");
  };
  await measure();
  const timer = setInterval(() => void measure(), everyMs).unref();
  return {
    now: () => new Date(machine() + skew),
    skewMs: () => skew,
    measure,
    stop: () => clearInterval(timer),
  };
}

const clocks = new WeakMap<Hub, HubClock>();

/** Makes it known which clock a hub follows. */
export const followedBy = (hub: Hub, clock: HubClock): void => void clocks.set(hub, clock);

/** How far this machine is behind the database that the hub follows; 0 where the database is in this process. */
export const skewOf = (hub: Hub): number => clocks.get(hub)?.skewMs() ?? 0;
