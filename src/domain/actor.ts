import type { SystemScope } from "./scopes.ts";

/** What somebody does, as their sign-in says. A role opens nothing by itself: `sharing.ts` rules on each act. */
export const ROLES = [
  "TEACHER",
  "HEALTH_VISITOR",
  "POLICE_OFFICER",
  "SOCIAL_WORKER",
  "MASH_MANAGER",
  "CONFERENCE_CHAIR",
  "BOARD_MANAGER",
  "DATA_PROTECTION_OFFICER",
  "AGENCY_DEVELOPER",
  "IDENTITY_REVIEWER",
  "SEALED_RECORDS_OFFICER",
  // No person: an agency's own system. What it may do is said in its scopes (`scopes.ts`).
  "AGENCY_SYSTEM",
] as const;
export type Role = (typeof ROLES)[number];

/** Whoever is acting now: a practitioner, an agency's system, or the clock (a job). */
export interface Actor {
  readonly kind: "PRACTITIONER" | "SYSTEM" | "CLOCK";
  /** Subject of the sign-in, unique within its issuer; for the clock, the job's name. */
  readonly id: string;
  readonly name: string;
  /** Null for somebody signed in without a role here: they may do nothing. */
  readonly role: Role | null;
  /** Id of the agency they act for, as the area's policy file names it; null if theirs is not one of the area's. */
  readonly agencyId: string | null;
  /** Of an agency's system: what its token lets it do. */
  readonly scopes?: readonly SystemScope[];
}

/** The hub itself, when a job acts. `job` is the job's name. */
export const theClock = (job: string): Actor => ({
  kind: "CLOCK",
  id: `clock:${job}`,
  name: "safeguarding-hub",
  role: null,
  agencyId: null,
});
