// Who is let in to do what, with ids that nobody knows, written out by hand: everybody else is refused with NOT_ALLOWED.

import type { Role } from "../../../src/domain/actor.ts";

const WHOLE: readonly Role[] = ["SOCIAL_WORKER", "MASH_MANAGER", "CONFERENCE_CHAIR"];
const WORKERS: readonly Role[] = [...WHOLE, "TEACHER", "HEALTH_VISITOR", "POLICE_OFFICER"];
const OFFICER: readonly Role[] = ["DATA_PROTECTION_OFFICER"];
const EVERYBODY: readonly Role[] = [
  ...WORKERS,
  ...OFFICER,
  "BOARD_MANAGER",
  "AGENCY_DEVELOPER",
  "IDENTITY_REVIEWER",
  "SEALED_RECORDS_OFFICER",
  "AGENCY_SYSTEM",
];
const SEALS: readonly Role[] = ["SEALED_RECORDS_OFFICER"];

const among = (roles: readonly Role[], ...acts: readonly string[]) =>
  Object.fromEntries(acts.map((act) => [act, roles] as const));

/** By change. Of a thing that nobody knows, some are refused as if it were between others: whoever may do it to no unknown thing is not
 *  named. */
export const MAY_ACT: Readonly<Record<string, readonly (Role | null)[]>> = {
  ...among(WORKERS, "raiseEscalation", "submitReferral", "recordSharingDecision"),
  ...among(WORKERS, "joinTeam", "requestAccess", "breakGlass", "reviewBreakGlass", "decideAccess", "endAccess"),
  ...among(WORKERS, "withdrawConsent", "shieldChild", "reviewShield", "liftShield"),
  ...among(EVERYBODY, "readMessage", "actOnMessage", "setPreference"),
  ...among(EVERYBODY, "endPost", "setAway", "setCover", "confirmPost"),
  ...among([...WHOLE, "BOARD_MANAGER", "AGENCY_DEVELOPER"], "replayWork"),
  ...among(["BOARD_MANAGER"], "appoint", "endEscalationUnresolved"),
  ...among(["SOCIAL_WORKER", "MASH_MANAGER", "IDENTITY_REVIEWER"], "decideIdentityReview", "askForIdentityReview"),
  ...among(["MASH_MANAGER", "IDENTITY_REVIEWER"], "undoIdentityJoin"),
  ...among(["SOCIAL_WORKER", "MASH_MANAGER"], "checkCorrection"),
  ...among(["MASH_MANAGER", ...OFFICER], "placeHold", "decideErasure", "endSessions"),
  ...among(OFFICER, "liftHold", "eraseChild"),
  ...among(OFFICER, "requestSubjectAccess", "fetchSubjectAccess", "makeSubjectAccessAgain", "answerSubjectAccess"),
  ...among(SEALS, "sealRecords", "decideQuarantine"),
  ...among(["AGENCY_DEVELOPER"], "registerWebhook", "endWebhook"),
  ...among(WHOLE, "recordStep"),
  ...among(["MASH_MANAGER"], "declareImmediateRisk", "correctStep", "askForChange", "resumeObligation"),
  ...among([], "answerEscalation", "agreeAction", "actionDone", "moveEscalationUp", "resolveEscalation"),
  ...among([], "withdrawEscalation", "decideChange"),
};

/** Changes that take in what is said of any child, and so tell that there is one. */
export const TAKES_IN_ANY: Readonly<Record<string, string>> = {
  submitReferral:
    "a concern is taken in about every child: no shield holds up protection, and nothing of the child is shown",
};

/** Rulings on what people do: who is refused what by each, so that it shows when the ruling is gone. */
export const ACTS: Readonly<Record<string, readonly [asker: string, act: string]>> = {
  mayRaise: ["BOARD_MANAGER OUTSIDE", "raiseEscalation"],
  mayDecideIdentity: ["TEACHER OUTSIDE", "askForIdentityReview"],
  mayUndoIdentity: ["TEACHER OUTSIDE", "undoIdentityJoin"],
  mayEndUnresolved: ["TEACHER OUTSIDE", "endEscalationUnresolved"],
  mayAppoint: ["TEACHER OUTSIDE", "appoint"],
  mayPlaceHold: ["TEACHER OUTSIDE", "placeHold"],
  mayLiftHold: ["TEACHER OUTSIDE", "liftHold"],
  mayAskErasure: ["TEACHER OUTSIDE", "eraseChild"],
  mayRecordStep: ["TEACHER OUTSIDE", "recordStep"],
};
