// Who may ask what at all, written out by hand: everybody else is refused at the root. What hangs on the child that a thing is about is
// not here: `expected.ts` says what must and must not be heard of it.

import type { Role } from "../../../src/domain/actor.ts";

const WORKERS: readonly Role[] = [
  "SOCIAL_WORKER",
  "MASH_MANAGER",
  "CONFERENCE_CHAIR",
  "TEACHER",
  "HEALTH_VISITOR",
  "POLICE_OFFICER",
];
const WHOLE: readonly Role[] = ["SOCIAL_WORKER", "MASH_MANAGER", "CONFERENCE_CHAIR"];
const EVERYBODY: readonly Role[] = [
  ...WORKERS,
  "BOARD_MANAGER",
  "DATA_PROTECTION_OFFICER",
  "AGENCY_DEVELOPER",
  "IDENTITY_REVIEWER",
  "SEALED_RECORDS_OFFICER",
  "AGENCY_SYSTEM",
];
const COMPARES: readonly Role[] = [...WHOLE, "DATA_PROTECTION_OFFICER", "IDENTITY_REVIEWER"];
const OFFICER: readonly Role[] = ["DATA_PROTECTION_OFFICER"];
const SEALS: readonly Role[] = ["SEALED_RECORDS_OFFICER"];

const among = (roles: readonly Role[], ...roots: readonly string[]) =>
  Object.fromEntries(roots.map((root) => [`Query.${root}`, roles]));

/** By root. */
export const LET_IN: Readonly<Record<string, readonly (Role | null)[]>> = {
  ...among(WORKERS, "child", "children", "childByIdentifier", "findChildren"),
  ...among(WORKERS, "explainAccess", "myAccess", "accessRequests", "shieldsToReview", "sharingDecisionsToReview"),
  ...among([...WORKERS, ...OFFICER], "sharingDecisions"),
  ...among([...WORKERS, "BOARD_MANAGER"], "escalations"),
  ...among(["MASH_MANAGER", "BOARD_MANAGER"], "escalationCounts"),
  ...among([...WHOLE, "BOARD_MANAGER"], "teamObligations", "overdueByTeam"),
  ...among([...WHOLE, "BOARD_MANAGER", "AGENCY_DEVELOPER"], "parkedWork"),
  ...among(EVERYBODY, "deadline", "clockRules", "retentionClasses", "posts", "vacancies", "agencies", "hubStatus"),
  ...among(EVERYBODY, "myMessages", "myPreference", "myObligations", "changesWaiting"),
  ...among(COMPARES, "identityLink", "identityReviews", "identityReview", "identityBacklog"),
  ...among(COMPARES, "identityCorrection", "identityCorrections"),
  ...among(["MASH_MANAGER", "BOARD_MANAGER", ...OFFICER], "identityReviewers"),
  ...among(["MASH_MANAGER", "IDENTITY_REVIEWER", ...OFFICER], "identityBlastRadius"),
  ...among(["SOCIAL_WORKER", "MASH_MANAGER", "TEACHER", "HEALTH_VISITOR", "POLICE_OFFICER"], "correctionChecks"),
  ...among(OFFICER, "keeping", "legalHolds", "subjectAccessRequests"),
  ...among(OFFICER, "readsOfChild", "readsByWorker", "unusualReads", "brokenGlass", "toBeTold"),
  ...among(["MASH_MANAGER", ...OFFICER], "erasureWishes"),
  ...among(["BOARD_MANAGER", ...OFFICER], "erasures"),
  ...among(["AGENCY_DEVELOPER", ...OFFICER], "keyRotation"),
  ...among(SEALS, "sealedIdentities", "sealedWork", "quarantinedRecords"),
  ...among(["AGENCY_DEVELOPER"], "webhooks"),
  "Query.me": [...EVERYBODY, null],
};

/** Roots whose answer hangs on the child that the thing is about. */
export const BY_CHILD: ReadonlySet<string> = new Set(["Query.referral", "Query.obligation", "Query.escalation"]);
