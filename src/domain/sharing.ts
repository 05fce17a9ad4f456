// The one place that decides who may see and do what. Rulings are made once for each object, in services and loaders, and
// carry their reason. This is the first, plain set; purposes, grants and the team around the child join it here.

import type { Part } from "./absence.ts";
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

/** Roles that work with children, and whether they see the whole story or their own agency's and everybody's standing. */
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

/** Somebody who works with children may look a child up; nobody else learns even whether the child is known. */
export function mayReadChildren(actor: Actor): Ruling {
  if (actor.kind === "CLOCK") return yes("hub-itself", "the hub acts for itself");
  if (actor.role === null) return no("no-role", "your sign-in gives you no role here");
  return WITH_CHILDREN[actor.role]
    ? yes("works-with-children", "your role works with children")
    : no("role-without-children", "your role does not work with individual children");
}

/** What an actor may see of one sector's answers about a child: everybody's involvements and standing, events of their own. */
export function mayReadPart(actor: Actor, part: Part, sector: Sector): Ruling {
  const reading = mayReadChildren(actor);
  if (!reading.allowed || part !== "EVENTS" || actor.role === null) return reading;
  if (WITH_CHILDREN[actor.role] === "WHOLE") return yes("whole-story", "your role puts the whole story together");
  return SECTOR_OF[actor.role] === sector
    ? yes("own-sector", "your own sector recorded it")
    : no("other-sector-events", "events recorded by another sector are shared with those who assess the child");
}

/** Record ids say when and how an agency came to know a child (a notice's number, a school's), which is an event by itself. */
export function mayReadRecordIds(actor: Actor): Ruling {
  return mayReadPart(actor, "EVENTS", "PARTNERSHIP");
}

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
export const seesWhole = ({ kind, role }: Actor): boolean =>
  kind === "CLOCK" || (role !== null && WITH_CHILDREN[role] === "WHOLE");

/** A referral is open to the agency that made it and to social care, which receives it. */
export function mayReadReferral(actor: Actor, referral: { readonly fromAgencyId: string }): Ruling {
  if (actor.kind === "CLOCK") return yes("hub-itself", "the hub acts for itself");
  const reading = mayReadChildren(actor);
  if (!reading.allowed) return reading;
  if (actor.agencyId === referral.fromAgencyId) return yes("own-referral", "your agency made it");
  return actor.role !== null && WITH_CHILDREN[actor.role] === "WHOLE"
    ? yes("receives-referrals", "you receive referrals")
    : no("another-agency", "another agency made it");
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
