// Who may keep, erase and hand out what the hub itself holds about a child. Part of the one place that decides: see `sharing.ts`.
//
// Whoever answers for data protection works with the fact that a child is known, and never with the child's story: a copy of it is
// made by the hub, for the family, and passes through their hands once.

import type { Actor } from "./actor.ts";
import { no, type Ruling, yes } from "./sharing.ts";

const answersForData = ({ kind, role }: Actor): boolean =>
  kind === "PRACTITIONER" && role === "DATA_PROTECTION_OFFICER";

const NO_ROLE = no("no-role", "your sign-in gives you no role here");

/** Law and schedules that the hub goes by hold no child. */
export function mayReadRetention({ kind, role }: Actor): Ruling {
  return role === null && kind !== "CLOCK" ? NO_ROLE : yes("signed-in", "you have a role here");
}

/** What keeps one child, holds and what was asked for. */
export function mayReadKeeping(actor: Actor): Ruling {
  if (actor.role === null) return NO_ROLE;
  return answersForData(actor)
    ? yes("answers-for-data", "you answer for how data is used")
    : no("not-the-data-officer", "what is kept how long is for whoever answers for data protection");
}

/** A hold only ever keeps. It is placed by whoever hears first of a claim or an inquiry: the front door, or data protection. */
export function mayPlaceHold(actor: Actor): Ruling {
  if (actor.role === null) return NO_ROLE;
  if (actor.kind === "PRACTITIONER" && actor.role === "MASH_MANAGER")
    return yes("front-door", "you see to it that nothing is lost of the children of your front door");
  return mayReadKeeping(actor);
}

/** Lifting one lets things be erased: data protection alone. */
export const mayLiftHold = mayReadKeeping;

/** To ask that a child be erased. */
export const mayAskErasure = mayReadKeeping;

/** Two people, always: another who answers for data protection, or the manager of the front door, who knows whether the child is
 *  still somebody's work. The partnership's business manager is told of no child, and so cannot judge it. */
export function mayDecideErasure(actor: Actor, { askedByActorId }: { readonly askedByActorId: string }): Ruling {
  const placing = mayPlaceHold(actor);
  if (!placing.allowed) return placing;
  return actor.id === askedByActorId
    ? no("own-wish", "you asked for it yourself: somebody else must decide")
    : yes("second-person", "you are the second person");
}

/** Requests that wait for a second person: for those who may be that person. */
export const mayReadErasureWishes = mayPlaceHold;

/** What was erased, which names nobody: also for the partnership, which answers for it. */
export function mayReadErasures(actor: Actor): Ruling {
  if (actor.kind === "PRACTITIONER" && actor.role === "BOARD_MANAGER")
    return yes("partnership-business", "it names nobody, and you keep the partnership's business");
  return mayReadKeeping(actor);
}

/** To ask for, fetch and answer a subject access request. */
export const mayServeSubjectAccess = mayReadKeeping;
