// The words of deciding whose record this is. The decision itself is in `identity-decision.ts`, what forbids it in `vetoes.ts`.

import type { Compared, NameWords } from "./compared.ts";
import type { Contribution, MatchModel } from "./match-model.ts";

/** AUTO joins; REVIEW asks a person; NO_LINK stays apart. */
export const BANDS = ["AUTO", "REVIEW", "NO_LINK"] as const;
export type Band = (typeof BANDS)[number];

/** How careful: `strict` unless the area's data-sharing agreement says `balanced`. */
export const MATCH_POLICIES = ["strict", "balanced"] as const;
export type MatchPolicy = (typeof MATCH_POLICIES)[number];

export const VETOES = {
  V1: "two different valid NHS numbers",
  V2: "two different UPNs",
  V3: "possible twins, or brother and sister",
  V4: "one identifier, two children: names or birthdays differ",
  V5: "the forename is not the same, and no identifier agrees",
  V6: "the date of birth is not the same, and no identifier agrees",
  V7: "neither the household nor an identifier agrees",
  V8: "one register holds both as different people",
  V9: "a person decided that they are not one",
  V10: "no forename, or a placeholder for one",
  V11: "unborn: only a person joins them",
  V12: "somebody else fits nearly as well",
} as const;
export type VetoCode = keyof typeof VETOES;

export interface Veto {
  readonly code: VetoCode;
  /** In words, without any value. */
  readonly because: string;
}

/** A record as it is compared. */
export interface ComparedRecord {
  readonly id: string;
  /** The register within which one record stands for one person; null where it may hold somebody many times (notices). */
  readonly register: string | null;
  readonly compared: Compared;
  /** An unborn child's, or one of somebody not yet named after birth from a birth notice: never compared by weight. */
  readonly unborn: boolean;
}

export interface PersonOnFile {
  readonly personId: string;
  readonly records: readonly ComparedRecord[];
}

/** What people decided about pairs of records, by record ids. The latest of a pair. */
export interface Override {
  readonly a: string;
  readonly b: string;
  readonly verdict: "MATCH" | "NOT_MATCH";
}

export interface Matcher {
  readonly model: MatchModel;
  readonly policy: MatchPolicy;
  readonly words: NameWords;
  /** Postcodes where many families live or stay (refuge, home, hospital): they say nothing about a household. */
  readonly sharedPostcodes: ReadonlySet<string>;
  /** With real children: NHS numbers of the range kept for tests are no evidence. */
  readonly refuseTest?: boolean;
}

/** What was found about one person on file. */
export interface Considered {
  readonly personId: string;
  readonly band: Band;
  /** `NHS_NUMBER`, `UPN` (deterministic), `WEIGHT`, `PERSON` (somebody decided), `NONE`. */
  readonly rule: string;
  /** The record of theirs that agrees best. */
  readonly withRecordId: string;
  /** Against that record. */
  readonly weight: number;
  readonly contributions: readonly Contribution[];
  readonly vetoes: readonly Veto[];
}

export interface IdentityDecision {
  readonly band: Band;
  /** Whose it is, in AUTO; null where it starts somebody new. */
  readonly personId: string | null;
  readonly rule: string;
  readonly because: string;
  /** The best, and everybody else who was not plainly somebody else; heaviest first. */
  readonly considered: readonly Considered[];
}
