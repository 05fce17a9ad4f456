// Law and local practice are data. These are the shapes of the files in `policies/`, read and checked once at start.

import type { Agency } from "./agency.ts";
import type { ClockRule } from "./deadline.ts";
import type { PlainDate } from "./plain-date.ts";
import type { RoutingRule, Team } from "./routing.ts";
import type { Sex } from "./statements.ts";
import type { Holidays } from "./working-days.ts";

export interface Level {
  readonly id: string;
  readonly name: string;
}

/** An agency of the area, and what is local about it. */
export interface AreaAgency extends Agency {
  /** Whom to ring there when a record names nobody. */
  readonly ring?: { readonly name: string; readonly phone: string; readonly email: string | null } | undefined;
  /** The force's own codes for sex, beyond the one that is publicly known. */
  readonly genderCodes?: Readonly<Record<string, Sex>> | undefined;
}

/** One partnership's area. */
export interface Area {
  readonly id: string;
  readonly name: string;
  /** Which edition of the area's practice this is, since when, and where it is written. */
  readonly edition: { readonly name: string; readonly effectiveFrom: PlainDate; readonly source: string };
  readonly agencies: readonly AreaAgency[];
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
