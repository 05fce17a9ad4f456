// The one place that decides who may see and do what. Rulings are pure, carry their reason, and are made once for each object and
// actor, in services and loaders. Here: who may open a child at all, and which parts. `access-rules.ts` holds the rules on one child
// as a table; the other `sharing-*.ts` files rule on what hangs on a child, and on what is about none.

import type { Part } from "./absence.ts";
import type { Access, Scope } from "./access.ts";
import type { Actor, Role } from "./actor.ts";
import type { Sector } from "./agency.ts";
import { Refusal } from "./refusal.ts";
import type { IdentifierKind, InvolvementRole } from "./statements.ts";

export interface Ruling {
  readonly allowed: boolean;
  /** The rule's name, for the audit and for the person. */
  readonly rule: string;
  readonly because: string;
}

export const yes = (rule: string, because: string): Ruling => ({ allowed: true, rule, because });
export const no = (rule: string, because: string): Ruling => ({ allowed: false, rule, because });

/** Roles that work with children, and the most that they see of a child who is theirs: the whole story, or their own sector's and
 *  everybody's standing. */
export const WITH_CHILDREN: Partial<Record<Role, "WHOLE" | "OUTLINE">> = {
  SOCIAL_WORKER: "WHOLE",
  MASH_MANAGER: "WHOLE",
  CONFERENCE_CHAIR: "WHOLE",
  TEACHER: "OUTLINE",
  HEALTH_VISITOR: "OUTLINE",
  POLICE_OFFICER: "OUTLINE",
};

const SECTOR_OF: Partial<Record<Role, Sector>> = {
  TEACHER: "EDUCATION",
  HEALTH_VISITOR: "HEALTH",
  POLICE_OFFICER: "POLICE",
};

/** Somebody who works with children may look for one; nobody else learns even whether a child is known. What they then see of the
 *  child is decided child by child: `Access`. */
export function mayReadChildren(actor: Actor): Ruling {
  if (actor.kind === "CLOCK") return yes("hub-itself", "the hub acts for itself");
  if (actor.role === null) return no("no-role", "your sign-in gives you no role here");
  return WITH_CHILDREN[actor.role]
    ? yes("works-with-children", "your role works with children")
    : no("role-without-children", "your role does not work with individual children");
}

const AT_LEAST: Record<Scope, number> = { NOTHING: 0, LOCATE: 1, OUTLINE: 2, WHOLE: 3 };

/** Whether the decision on a child opens at least this much. */
export const opens = (access: Access, scope: Scope): boolean => AT_LEAST[access.scope] >= AT_LEAST[scope];

/** Whether this child's story is open to the actor, beyond who the child is. */
export function mayOpen(access: Access): Ruling {
  const { rule, because } = access;
  return opens(access, "OUTLINE") ? yes(rule, because) : no(rule, because);
}

/** What an actor may see of one sector's answers about a child: whose story is open to them everybody's involvements and standing,
 *  and events of their own sector or, where it is open whole, of all. Of any other child that they may find, who the child is. */
export function mayReadPart(actor: Actor, access: Access, { part, sector }: { part: Part; sector: Sector }): Ruling {
  const { rule, because } = access;
  if (access.scope === "WHOLE") return yes(rule, because);
  if (access.scope === "LOCATE" && part === "DEMOGRAPHICS") return yes("locate", "so that you know whom you found");
  if (access.scope !== "OUTLINE") return no(rule, because);
  if (part !== "EVENTS") return yes(rule, because);
  return actor.role !== null && SECTOR_OF[actor.role] === sector
    ? yes("own-sector", "your own sector recorded it")
    : no("other-sector-events", "events recorded by another sector are shared with those who assess the child");
}

/** Record ids say when and how an agency came to know a child (a notice's number, a school's), which is an event by itself. */
export const mayReadRecordIds = (actor: Actor, access: Access): Ruling =>
  mayReadPart(actor, access, { part: "EVENTS", sector: "PARTNERSHIP" });

/** A restriction set by any agency binds them all: who the child is and whom to ring is shared, nothing that leads to them. */
export const RESTRICTED: Ruling = no(
  "restricted-record",
  "an agency has restricted this child's record: ask the people named, if any",
);

/** While the register that knows of restrictions has not said, an address is not shown: ask about one child at a time. */
export const RESTRICTION_UNKNOWN: Ruling = no(
  "restriction-unknown",
  "whether this child is restricted is not known just now, so addresses are not shown: ask about this child alone",
);

/** Who may be named to ring about a restricted child: those whose place of work does not tell where the child is. */
export const MAY_BE_RUNG: ReadonlySet<InvolvementRole> = new Set([
  "SOCIAL_WORKER",
  "POLICE_OFFICER",
  "INDEPENDENT_REVIEWING_OFFICER",
  "REFERRAL_UNIT",
]);

/** Numbers that may be shown of a restricted child. A UPN holds the authority and the school that gave it. */
export const MAY_IDENTIFY: ReadonlySet<IdentifierKind> = new Set(["NHS_NUMBER", "LA_CHILD_ID"]);

/** Anybody who works with children may pass on a concern. */
export function mayRefer(actor: Actor): Ruling {
  return mayReadChildren(actor);
}

/** Whether nothing found is nothing there, for this actor: for others it may be what is not shared with them, and no empty list
 *  may say otherwise. */
export const seesWhole = (access: Access): boolean => access.scope === "WHOLE";

/** What a ruling needs to know of a referral. */
export interface Referred {
  readonly fromAgencyId: string;
  /** The decision on the child that it is about; where there is no such referral, on any. */
  readonly access: Access;
}

/** A referral is open to the agency that made it, and to those to whom the child's whole story is. */
export function mayReadReferral(actor: Actor, referral: Referred): Ruling {
  if (actor.kind === "CLOCK") return yes("hub-itself", "the hub acts for itself");
  const reading = mayReadChildren(actor);
  if (!reading.allowed) return reading;
  if (referral.access.barred) return no(referral.access.rule, referral.access.because);
  if (actor.agencyId !== null && actor.agencyId === referral.fromAgencyId)
    return yes("own-referral", "your agency made it");
  return seesWhole(referral.access)
    ? yes("receives-referrals", "the child's whole story is open to you")
    : no("another-agency", "another agency made it, and the child's story is not open to you");
}

/** Everybody signed in with a role may see which agencies' systems are connected and whether they answer. */
export function mayReadAgencies(actor: Actor): Ruling {
  return actor.role !== null || actor.kind === "CLOCK"
    ? yes("signed-in", "you have a role here")
    : no("no-role", "your sign-in gives you no role here");
}

/** Refuses with the ruling's reason unless it allows. */
export function permit(ruling: Ruling): void {
  if (!ruling.allowed) throw new Refusal("NOT_ALLOWED", `Not shared with you: ${ruling.because}`);
}
