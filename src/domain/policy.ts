// Law and local practice are data. These are the shapes of the files in `policies/`, read and checked once at start.

import type { Agency } from "./agency.ts";
import type { ClockRule } from "./deadline.ts";
import type { RoutingRule, Team } from "./routing.ts";
import type { Holidays } from "./working-days.ts";

export interface Level {
  readonly id: string;
  readonly name: string;
}

/** One partnership's area. */
export interface Area {
  readonly id: string;
  readonly name: string;
  readonly agencies: readonly Agency[];
  /** Levels of need, lowest first. */
  readonly levels: readonly Level[];
  readonly teams: readonly Team[];
  /** First that fits decides; the last fits everything. */
  readonly routing: readonly RoutingRule[];
}

/** What holds in all of England. */
export interface National {
  readonly clocks: readonly ClockRule[];
  readonly holidays: Holidays;
}
