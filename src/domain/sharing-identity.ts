// Who may see and decide whether two records are one person. Part of the one place that decides: see `sharing.ts`.
//
// To tell twins apart somebody must see names and birthdays side by side; nobody else need. Whoever answers for data protection
// sees that a pair waits and what became of it, with every value masked. A restriction binds reviewers too.

import type { Access } from "./access.ts";
import type { Actor, Role } from "./actor.ts";
import { mayOpen, mayReadChildren, no, type Ruling, yes } from "./sharing.ts";

/** `VALUES`: sees what is compared. `MASKED`: sees that there is something. */
const READS: Partial<Record<Role, "VALUES" | "MASKED">> = {
  IDENTITY_REVIEWER: "VALUES",
  MASH_MANAGER: "VALUES",
  SOCIAL_WORKER: "VALUES",
  CONFERENCE_CHAIR: "VALUES",
  DATA_PROTECTION_OFFICER: "MASKED",
};
const DECIDES: ReadonlySet<Role | null> = new Set(["IDENTITY_REVIEWER", "MASH_MANAGER", "SOCIAL_WORKER"]);
const UNDOES: ReadonlySet<Role | null> = new Set(["IDENTITY_REVIEWER", "MASH_MANAGER"]);
const MEASURES: ReadonlySet<Role | null> = new Set(["DATA_PROTECTION_OFFICER", "BOARD_MANAGER", "MASH_MANAGER"]);
const WITH_CASES: ReadonlySet<Role | null> = new Set(["TEACHER", "HEALTH_VISITOR", "POLICE_OFFICER"]);

/** The worklist, the ledger of beliefs, corrections and what they touched. Values are masked for some: `maskFor`. */
export function mayReadIdentity(actor: Actor): Ruling {
  if (actor.kind === "CLOCK") return yes("hub-itself", "the hub acts for itself");
  if (actor.role === null) return no("no-role", "your sign-in gives you no role here");
  const reads = READS[actor.role];
  if (reads === "VALUES") return yes("compares-records", "your role looks at whose a record is");
  return reads === "MASKED"
    ? yes("answers-for-data", "you answer for how data is used; values are masked")
    : no("does-not-compare-records", "your role does not look at whose a record is");
}

/** Why a child's records are believed to be that child's: for those who compare records as such, and of those who work with children
 *  for whom the child's story is open. */
export function mayReadBeliefs(actor: Actor, access: Access): Ruling {
  const reading = mayReadIdentity(actor);
  if (!reading.allowed || !mayReadChildren(actor).allowed) return reading;
  return mayOpen(access);
}

/** To say whether two records are one person, or to ask for that to be looked at. */
export function mayDecideIdentity(actor: Actor): Ruling {
  return DECIDES.has(actor.role)
    ? yes("decides-identity", "your role decides whose a record is")
    : no("does-not-decide-identity", "identity reviewers, social workers and MASH managers decide whose a record is");
}

/** To undo a join, and to see beforehand whom that touches. */
export function mayUndoIdentity(actor: Actor): Ruling {
  return UNDOES.has(actor.role)
    ? yes("undoes-joins", "your role undoes a wrong join")
    : no("does-not-undo-joins", "identity reviewers and MASH managers undo a join");
}

/** To see whom and what a join reached: whoever undoes it, and whoever answers for how data is used. */
export function mayReadRadius(actor: Actor): Ruling {
  return actor.role === "DATA_PROTECTION_OFFICER"
    ? yes("answers-for-data", "you answer for how data is used")
    : mayUndoIdentity(actor);
}

/** To say of something made while two children were shown as one whose it is: social care, or the agency that made or owes it. */
export function mayCheckCorrection(actor: Actor, made: { readonly agencyId: string | null }): Ruling {
  if (actor.role === "SOCIAL_WORKER" || actor.role === "MASH_MANAGER")
    return yes("holds-the-case", "your role holds children's cases");
  if (!WITH_CASES.has(actor.role)) return no("not-your-case", "whoever works with the child says whose it is");
  return actor.agencyId !== null && actor.agencyId === made.agencyId
    ? yes("own-agency", "your agency made or owes it")
    : no("another-agency", "the agency that made or owes it, or social care, says whose it is");
}

/** How reviewers fare against pairs whose answer is known. It holds no child. */
export function mayMeasureReviewers(actor: Actor): Ruling {
  return MEASURES.has(actor.role)
    ? yes("answers-for-reviewers", "your role answers for how well records are compared")
    : no("not-for-your-role", "how reviewers fare is for data protection, the partnership and managers");
}

/** Fields that lead to where a restricted child is. */
const LEADS_TO_THEM: ReadonlySet<string> = new Set(["postcode", "upn", "upnVerified", "phone", "email"]);

const HIDDEN = "•••••";
const NUMBERS: ReadonlySet<string> = new Set(["nhs", "nhsVerified", "upn", "upnVerified", "uln", "la", "pnc", "phone"]);

/** A value as somebody may see it who may not see it whole: a name's first letter, a year, the outward part of a postcode, the last
 *  two signs of a number. Lengths are not kept. */
export function masked(field: string, value: string): string {
  if (NUMBERS.has(field)) return `${HIDDEN}${value.slice(-2)}`;
  if (field === "born") return `${value.slice(0, 4)}-••-••`;
  if (field === "postcode") return `${value.split(" ")[0] ?? ""} •••`;
  if (field === "sex") return HIDDEN;
  return `${value.slice(0, 1)}${HIDDEN}`;
}

export interface Shown {
  readonly value: string;
  readonly masked: boolean;
}

/** How this actor may see this value. `restricted`: an agency has restricted one of the two children. */
export function maskFor(
  actor: Actor,
  { field, value, restricted }: { readonly field: string; readonly value: string; readonly restricted: boolean },
): Shown {
  if (restricted && LEADS_TO_THEM.has(field)) return { value: HIDDEN, masked: true };
  const whole = actor.kind !== "CLOCK" && actor.role !== null && READS[actor.role] === "VALUES";
  return whole ? { value, masked: false } : { value: masked(field, value), masked: true };
}
