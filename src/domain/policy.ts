// Law and local practice are data. These are the shapes of the files in `policies/`, read and checked once at start.

import type { Agency } from "./agency.ts";
import type { ClockRule, Span } from "./clock-rule.ts";
import type { DisagreementLadder, SilenceRung } from "./escalation.ts";
import type { MatchPolicy } from "./identity.ts";
import type { PlainDate } from "./plain-date.ts";
import type { TeamRole } from "./post.ts";
import type { RoutingRule, Team } from "./routing.ts";
import type { Sex } from "./statements.ts";
import type { Closure, Holidays, OfficeHours } from "./working-days.ts";

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
  /** Clocks of the area's own, beside the nation's. One of the same name may be stricter than the nation's, never laxer. */
  readonly clocks: readonly ClockRule[];
  /** Days on which the area's offices are shut, for its own clocks only: law knows no local closure. */
  readonly closures: readonly Closure[];
  /** When the front door counts working hours. */
  readonly officeHours: OfficeHours;
  /** Who owes what each rule asks for; the last has no `rules` and stands for all others. */
  readonly owners: readonly (TeamRole & { readonly rules?: readonly string[] | undefined })[];
  /** Whom silence after a deadline is told, rung by rung. */
  readonly silence: readonly SilenceRung[];
  readonly disagreement: DisagreementLadder;
  readonly telling: Telling;
  readonly matching: Matching;
}

/** How careful the area is in believing two records to be one child. */
export interface Matching {
  readonly policy: MatchPolicy;
  /** A file in `policies/matching/`, without `.json`. */
  readonly model: string;
  /** Postcodes where many families live or stay: a refuge, a home, a hospital. They say nothing about a household. */
  readonly sharedPostcodes: readonly { readonly postcode: string; readonly because: string }[];
}

/** Within what people may choose how they are told. */
export interface Telling {
  /** When the digest of what is routine goes out, on working days in England: `08:30`. */
  readonly digestAt: string;
  /** An urgent message that nobody has read is handed to the cover after so many minutes, and to the manager after as many again. */
  readonly unreadMinutes: number;
  /** How often a holder confirms that a post is still theirs. */
  readonly confirmPostsEvery: Span;
}

/** What holds in all of England. */
export interface National {
  readonly clocks: readonly ClockRule[];
  readonly holidays: Holidays;
}
