// Law and local practice are data. These are the shapes of the files in `policies/`, read and checked once at start.

import type { Standing } from "./access-rules.ts";
import type { Role } from "./actor.ts";
import type { Agency } from "./agency.ts";
import type { ClockRule, Span } from "./clock-rule.ts";
import type { DisagreementLadder, SilenceRung } from "./escalation.ts";
import type { MatchPolicy } from "./identity.ts";
import type { PlainDate } from "./plain-date.ts";
import type { TeamRole } from "./post.ts";
import type { RetentionPolicy } from "./retention.ts";
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
  readonly sharing: SharingPolicy;
}

/** How the area lets people in to children's records, and what is looked at afterwards. */
export interface SharingPolicy {
  /** Roles to which every child of the area is open: screeners and emergency duty. */
  readonly standing: readonly Standing[];
  /** How long a grant for a task holds, in days; for an involvement, in months. */
  readonly taskDays: number;
  readonly involvementMonths: number;
  /** Days before its end at which whoever holds a grant is warned. */
  readonly warnDays: number;
  /** Minutes for which broken glass lets somebody in. */
  readonly breakGlassMinutes: number;
  /** Days after which somebody looks again at whether a shield is still needed. */
  readonly shieldReviewDays: number;
  /** What the patterns in the officer's report are. Times in England: `22:00`. */
  readonly patterns: {
    readonly nightFrom: string;
    readonly nightUntil: string;
    /** Roles that are on duty at night. */
    readonly nightDuty: readonly Role[];
    /** Refusals of one person in one day from which on it is unusual. */
    readonly manyRefusals: number;
    /** Children read by one person in one day from which on it is unusual. */
    readonly manyChildren: number;
  };
  /** How long somebody stays signed in: in a browser that they leave alone, and at all. */
  readonly session: { readonly idleMinutes: number; readonly mostHours: number };
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
  /** How long the hub keeps what is its own. */
  readonly retention: RetentionPolicy;
}
