// Who may let somebody in to a child, who may let themselves in, and who may shield one. Part of the one place that decides: see
// `sharing.ts`. What each way in then opens is in `access-rules.ts`.

import type { Access, AccessKind } from "./access.ts";
import type { Actor, Role } from "./actor.ts";
import { mayReadChildren, no, opens, type Ruling, seesWhole, yes } from "./sharing.ts";

/** Whoever works with children, about a child of whom they may know: null where nothing speaks against it. */
function against(actor: Actor, access: Access): Ruling | null {
  const reading = mayReadChildren(actor);
  if (!reading.allowed) return reading;
  return access.barred ? no(access.rule, access.because) : null;
}

const manages = ({ role }: Actor, access: Access): boolean => role === "MASH_MANAGER" && seesWhole(access);
const isAllocated = ({ role }: Actor, { kind, relation }: Access): boolean =>
  role === "SOCIAL_WORKER" && kind === "TEAM" && relation === "ALLOCATED";

/** Says who is in the team around a child: its allocated social worker, the chair of its conference, the manager of the MASH. */
export function mayChangeTeam(actor: Actor, access: Access): Ruling {
  if (actor.kind === "CLOCK") return yes("hub-itself", "the hub acts for itself");
  const refused = against(actor, access);
  if (refused) return refused;
  if (manages(actor, access)) return yes("manages-the-front-door", "you manage the multi-agency safeguarding hub");
  if (isAllocated(actor, access)) return yes("allocated", "you are the child's allocated social worker");
  if (actor.role === "CONFERENCE_CHAIR" && access.kind === "TEAM")
    return yes("chairs", "you chair this child's conference");
  return no(
    "not-who-leads-the-team",
    "the child's allocated social worker, its conference chair or the manager of the MASH says who is in the team",
  );
}

/** Whoever is in the team may say that somebody else belongs there; whoever leads it decides. Nobody puts themselves in. */
export function mayJoin(actor: Actor, access: Access, forActorId: string): Ruling {
  if (actor.kind === "PRACTITIONER" && actor.id === forActorId)
    return no("own-place", "nobody puts themselves into a team: ask the manager of the MASH, or for access");
  const leading = mayChangeTeam(actor, access);
  if (leading.allowed || against(actor, access) || access.kind !== "TEAM") return leading;
  return yes("proposes", "you are in the team: whoever leads it decides on what you propose");
}

/** Whoever works with children may state why they need to be let in. */
export function mayAskToBeIn(actor: Actor, access: Access): Ruling {
  return against(actor, access) ?? yes("works-with-children", "state your purpose, power and reason");
}

/** What a ruling on a way in needs to know of it. */
export interface WayInAsked {
  readonly kind: AccessKind;
  /** Whose it is. */
  readonly actorId: string;
  readonly givenByActorId: string;
}

/** The second person: never whoever asked, or would be let in. */
export function mayDecideWayIn(actor: Actor, access: Access, asked: WayInAsked): Ruling {
  const refused = against(actor, access);
  if (refused) return refused;
  if (actor.id === asked.actorId || actor.id === asked.givenByActorId)
    return no("own-request", "you asked for it, or it is for you: somebody else must decide");
  if (asked.kind === "TEAM") return mayChangeTeam(actor, access);
  if (seesWhole(access) && (access.kind === "TEAM" || actor.role === "MASH_MANAGER"))
    return yes("second-person", "you belong to the team to which the child's whole story is open, or manage the MASH");
  return no(
    "not-the-second-person",
    "somebody in the team to whom the child's whole story is open, or the manager of the MASH, decides",
  );
}

/** One's own way in may be given up; whoever leads the team ends others'. */
export function mayEndWayIn(actor: Actor, access: Access, { actorId }: Pick<WayInAsked, "actorId">): Ruling {
  const refused = against(actor, access);
  if (refused) return refused;
  return actor.id === actorId ? yes("own-way-in", "it is your own") : mayChangeTeam(actor, access);
}

/** Immediate risk: nobody is asked first. A child who is hidden from the actor stays so behind broken glass, too. */
export function mayBreakGlass(actor: Actor, access: Access): Ruling {
  return against(actor, access) ?? yes("immediate-risk", "you believe the child to be at immediate risk");
}

/** What a ruling on broken glass needs to know. */
export interface GlassBroken {
  readonly actorId: string;
  /** The review is put to the actor: they hold or cover the post that owes it, or are told in its place. */
  readonly isAsked: boolean;
}

/** Looked at again by whoever was told of it, or the manager of the MASH; never by whoever broke it. */
export function mayReviewGlass(actor: Actor, access: Access, { actorId, isAsked }: GlassBroken): Ruling {
  const refused = against(actor, access);
  if (refused) return refused;
  if (actor.id === actorId) return no("own-glass", "you broke it: somebody else must review it");
  if (isAsked) return yes("owes-the-review", "the review is put to you");
  return manages(actor, access)
    ? yes("manages-the-front-door", "you manage the multi-agency safeguarding hub")
    : no("not-the-reviewer", "the manager who was told of it, or the manager of the MASH, reviews it");
}

/** Those who decide who is in the team decide from whom the child is kept. */
export function mayShield(actor: Actor, access: Access): Ruling {
  const refused = against(actor, access);
  if (refused) return refused;
  if (manages(actor, access)) return yes("manages-the-front-door", "you manage the multi-agency safeguarding hub");
  return isAllocated(actor, access)
    ? yes("allocated", "you are the child's allocated social worker")
    : no("does-not-shield", "the child's allocated social worker or the manager of the MASH shields a child");
}

/** Lifting takes a manager, and somebody else than whoever set it. */
export function mayLiftShield(actor: Actor, access: Access, { byActorId }: { readonly byActorId: string }): Ruling {
  const refused = against(actor, access);
  if (refused) return refused;
  if (!manages(actor, access)) return no("lifted-by-manager", "the manager of the MASH lifts a shield");
  return actor.id === byActorId
    ? no("own-shield", "you set it: another manager must lift it")
    : yes("manages-the-front-door", "you manage the multi-agency safeguarding hub");
}

/** Who is in the team around a child is shown where the child's story is open. */
export function mayReadTeam(actor: Actor, access: Access): Ruling {
  const { rule, because } = access;
  return against(actor, access) ?? (opens(access, "OUTLINE") ? yes(rule, because) : no(rule, because));
}

/** What shields a child, in the words of whoever set it: for those to whom the whole story is open. */
export function mayReadShields(actor: Actor, access: Access): Ruling {
  const { rule, because } = access;
  return against(actor, access) ?? (seesWhole(access) ? yes(rule, because) : no(rule, because));
}

/** Whose place of work does not tell where a child is. A school's or a health visitor's does. */
const TELLS_NO_PLACE: ReadonlySet<string> = new Set([
  "SOCIAL_WORKER",
  "MASH_MANAGER",
  "CONFERENCE_CHAIR",
  "POLICE_OFFICER",
] satisfies Role[]);

/** Of a child whose whereabouts are kept from the actor, others in the team are shown without their place of work, unless it tells nothing. */
export const mayNamePlace = (
  actor: Pick<Actor, "id">,
  member: { readonly actorId: string; readonly role: string | null },
  { covered }: { readonly covered: boolean },
): boolean => !covered || actor.id === member.actorId || TELLS_NO_PLACE.has(member.role ?? "");
