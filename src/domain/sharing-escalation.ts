// Who may raise, read, answer and end a professional challenge. Part of the one place that decides: see `sharing.ts`.
//
// Words belong to the two agencies, to those who put a child's whole story together, and to the partnership once a stage is its own
// to answer. Its business manager, once told, sees that there is a challenge, of what kind and how far, and no child.

import type { Access } from "./access.ts";
import type { Actor } from "./actor.ts";
import { mayReadChildren, no, type Ruling, seesWhole, yes } from "./sharing.ts";

/** What the rulings need to know of an escalation. */
export interface Challenged {
  readonly fromAgencyId: string;
  readonly toAgencyId: string;
  readonly fromActorId: string;
  /** The decision on the child it is about. */
  readonly access: Access;
  /** The stage it has reached is the partnership's to answer. */
  readonly isThePartnerships: boolean;
  /** The stage it has reached is answered by the holder of a post, not by any practitioner. */
  readonly isForAPost: boolean;
}

/** What the directory of posts says today of whoever acts. */
export interface PostsHeld {
  /** They hold or cover the post that answers at the stage reached or, where nobody does, are the next in line. */
  readonly holdsStagePost: boolean;
  /** They hold or cover the raising agency's post of escalation lead. */
  readonly leadsForRaiser: boolean;
}

const isFrom = ({ agencyId }: Actor, { fromAgencyId }: Challenged): boolean => agencyId === fromAgencyId;
const isTo = ({ agencyId }: Actor, { toAgencyId }: Challenged): boolean => agencyId === toAgencyId;
const keepsBusiness = ({ role }: Actor): boolean => role === "BOARD_MANAGER";

/** Anybody who works with children, for their agency. */
export function mayRaise(actor: Actor): Ruling {
  const reading = mayReadChildren(actor);
  if (!reading.allowed) return reading;
  return actor.agencyId === null
    ? no("no-agency", "your sign-in names no agency of this area to raise a challenge for")
    : yes("works-with-children", "whoever works with a child may challenge");
}

/** The words of both sides, and which child it is about. */
export function mayReadChallenge(actor: Actor, challenge: Challenged): Ruling {
  if (actor.kind === "CLOCK") return yes("hub-itself", "the hub acts for itself");
  if (keepsBusiness(actor) && challenge.isThePartnerships)
    return yes("partnership-answers", "the partnership answers it");
  const reading = mayReadChildren(actor);
  if (!reading.allowed) return reading;
  if (challenge.access.barred) return no(challenge.access.rule, challenge.access.because);
  if (isFrom(actor, challenge)) return yes("own-challenge", "your agency raised it");
  if (isTo(actor, challenge)) return yes("own-answer", "your agency is challenged");
  return seesWhole(challenge.access)
    ? yes("whole-story", "the child's whole story is open to you")
    : no("other-agencies", "it is between other agencies");
}

/** That there is a challenge, of what kind, between whom and how far. */
export function mayReadEscalation(
  actor: Actor,
  challenge: Challenged & { readonly businessManagerTold: boolean },
): Ruling {
  if (keepsBusiness(actor))
    return challenge.businessManagerTold || challenge.isThePartnerships
      ? yes("business-manager-told", "the partnership's business manager was told of it")
      : no("business-manager-not-told", "the partnership is told from a later stage");
  return mayReadChallenge(actor, challenge);
}

/** At a stage of practitioners anybody of the agency challenged answers; above it, whoever holds the post there; at a stage of the
 *  partnership's, the partnership alone. Never whoever raised it. */
export function mayAnswer(actor: Actor, challenge: Challenged & PostsHeld): Ruling {
  if (actor.id === challenge.fromActorId)
    return no("own-challenge", "you raised it yourself: somebody else must answer");
  if (challenge.isThePartnerships) return mayAnswerForPartnership(actor, challenge);
  const holdsPost = challenge.isForAPost && challenge.holdsStagePost;
  if (keepsBusiness(actor) && holdsPost)
    return yes("next-in-line", "nobody in the agency challenged holds a post that could answer");
  const reading = mayRaise(actor);
  if (!reading.allowed) return reading;
  if (!isTo(actor, challenge)) return no("not-challenged", "the agency that is challenged answers");
  return holdsPost || !challenge.isForAPost
    ? yes("own-answer", "your agency is challenged")
    : no("not-the-post", "this stage is answered by whoever holds the post for it, or stands in");
}

/** Its business manager records what it decided; a holder of the post may, unless they belong to one of the two agencies. */
function mayAnswerForPartnership(actor: Actor, challenge: Challenged & PostsHeld): Ruling {
  if (keepsBusiness(actor)) return yes("partnership-answers", "the partnership answers it");
  const reading = mayReadChildren(actor);
  if (!reading.allowed) return reading;
  if (isFrom(actor, challenge) || isTo(actor, challenge))
    return no("party", "the partnership answers here, and neither of the two agencies");
  return challenge.holdsStagePost
    ? yes("partnership-post", "you hold the partnership's post that answers it")
    : no("not-the-partnership", "the partnership answers here");
}

/** To move it up, resolve or withdraw it: the agency that raised it. Within one agency whoever did, and its escalation lead: nobody
 *  else there can still a challenge to themselves. */
export function mayPursue(actor: Actor, challenge: Challenged & PostsHeld): Ruling {
  const raising = mayRaise(actor);
  if (!raising.allowed) return raising;
  if (!isFrom(actor, challenge)) return no("not-raised-by-you", "the agency that raised it decides this");
  if (challenge.leadsForRaiser) return yes("raising-lead", "you lead on challenges for the agency that raised it");
  const isWithinOne = challenge.fromAgencyId === challenge.toAgencyId;
  return isWithinOne && actor.id !== challenge.fromActorId
    ? no("within-one-agency", "within one agency whoever raised it and the escalation lead decide this")
    : yes("own-challenge", "your agency raised it");
}

/** To agree on an action, or say that it is done: either side. */
export function mayAgree(actor: Actor, challenge: Challenged): Ruling {
  if (keepsBusiness(actor) && challenge.isThePartnerships)
    return yes("partnership-answers", "the partnership answers it");
  const raising = mayRaise(actor);
  if (!raising.allowed) return raising;
  return isFrom(actor, challenge) || isTo(actor, challenge)
    ? yes("party", "your agency is a party to it")
    : no("other-agencies", "the two agencies agree on this");
}

/** Immediate risk is for anybody to declare who works with children and may read the challenge. */
export function mayDeclareRisk(actor: Actor, challenge: Challenged): Ruling {
  const raising = mayRaise(actor);
  return raising.allowed ? mayReadChallenge(actor, challenge) : raising;
}

/** That two agencies cannot agree is for the partnership to say. */
export function mayEndUnresolved(actor: Actor): Ruling {
  return keepsBusiness(actor)
    ? yes("partnership-business", "you keep the partnership's business")
    : no("not-the-partnership", "the partnership's business manager records this");
}

/** Counts hold no child and no words. */
export function mayCountEscalations(actor: Actor): Ruling {
  return keepsBusiness(actor) || actor.role === "MASH_MANAGER"
    ? yes("counts", "your role answers for how challenges are dealt with")
    : no("not-for-your-role", "counts of challenges are for the partnership and managers");
}
