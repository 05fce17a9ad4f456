// When a run takes place. Each has a midnight in it, so that clocks in days run out, digests go out and pauses end while one looks on.

import { endOfDay } from "../../src/domain/instant.ts";
import { type PlainDate, plainDate } from "../../src/domain/plain-date.ts";
import type { Chance } from "./random.ts";

export interface Scene {
  /** The day that ends during the run. */
  readonly day: PlainDate;
  readonly midnight: Date;
  /** Where the hub's clock stands at the beginning. */
  readonly from: Date;
  /** Whether the clock jumps from there to the eve of midnight, over a bank holiday. */
  readonly jumps: boolean;
}

/** Milliseconds from the beginning of a run to its midnight. */
export const UNTIL_MIDNIGHT_MS = 2_200;

const NIGHTS = ["2026-12-23", "2026-03-27", "2027-10-29", "2026-06-30", "2028-02-29", "2027-07-14"];
/** An instant on the last working day before a bank holiday, and the next working day: what is due within one. */
const HOLIDAYS: readonly (readonly [from: string, day: string])[] = [
  ["2026-12-24T10:00:00Z", "2026-12-29"],
  ["2026-04-02T15:30:00Z", "2026-04-07"],
  ["2027-03-25T09:00:00Z", "2027-03-30"],
  ["2027-04-30T13:00:00Z", "2027-05-04"],
  ["2026-08-28T16:00:00Z", "2026-09-01"],
  ["2026-12-31T11:00:00Z", "2027-01-04"],
  ["2027-12-24T08:00:00Z", "2027-12-29"],
];

const HOLIDAY_SHARE = 0.4;

export function sceneOf(chance: Chance): Scene {
  if (chance.isLucky(HOLIDAY_SHARE)) {
    const [from, on] = chance.pick(HOLIDAYS);
    const day = plainDate(on);
    return { day, midnight: endOfDay(day), from: new Date(from), jumps: true };
  }
  return nightOf(chance, UNTIL_MIDNIGHT_MS);
}

/** An evening, so many milliseconds before midnight. */
export function nightOf(chance: Chance, untilMs: number): Scene {
  const day = plainDate(chance.pick(NIGHTS));
  const midnight = endOfDay(day);
  return { day, midnight, from: new Date(midnight.getTime() - untilMs), jumps: false };
}
