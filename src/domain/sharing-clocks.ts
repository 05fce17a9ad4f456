// Who may see, record and change what is owed by when. Part of the one place that decides: see `sharing.ts`.

import type { Access } from "./access.ts";
import type { Actor, Role } from "./actor.ts";
import { mayOpen, mayReadChildren, no, type Ruling, seesWhole, WITH_CHILDREN, yes } from "./sharing.ts";
import type { StepKind } from "./statutory-step.ts";

const isWhole = (role: Role | null): boolean => role !== null && WITH_CHILDREN[role] === "WHOLE";

/** Steps that others than social care take, beside those who put the whole story together. */
const ALSO_RECORDED_BY: Partial<Record<StepKind, readonly Role[]>> = {
  POLICE_PROTECTION_BEGAN: ["POLICE_OFFICER"],
  POLICE_PROTECTION_ENDED: ["POLICE_OFFICER"],
  RETURNED_FROM_MISSING: ["POLICE_OFFICER"],
  ALLEGATION_KNOWN: ["TEACHER", "HEALTH_VISITOR", "POLICE_OFFICER"],
  DESIGNATED_OFFICER_TOLD: ["TEACHER", "HEALTH_VISITOR", "POLICE_OFFICER"],
  SERIOUS_INCIDENT_KNOWN: ["BOARD_MANAGER"],
  SERIOUS_INCIDENT_NOTIFIED: ["BOARD_MANAGER"],
  RAPID_REVIEW_COMPLETED: ["BOARD_MANAGER"],
  SAFEGUARDING_REVIEW_DECIDED: ["BOARD_MANAGER"],
  SAFEGUARDING_REVIEW_PUBLISHED: ["BOARD_MANAGER"],
};

/** A referral is received by sending one; every other step by those who take it. */
export function mayRecordStep(actor: Actor, kind: StepKind): Ruling {
  if (kind === "REFERRAL_RECEIVED") return no("by-referral-only", "a referral is received by sending one");
  if (kind === "SUBJECT_ACCESS_REQUESTED" || kind === "SUBJECT_ACCESS_ANSWERED")
    return no("by-subject-access-only", "the data protection officer asks for and answers subject access");
  if (actor.agencyId === null || actor.role === null) return no("no-agency", "your sign-in names no agency to act for");
  if (isWhole(actor.role)) return yes("takes-the-step", "your role takes these steps");
  return ALSO_RECORDED_BY[kind]?.includes(actor.role)
    ? yes("takes-the-step", "your role takes this step")
    : no("does-not-take-the-step", "your role does not take this step");
}

/** A step about a child is recorded by those to whom the child's story is open; by others only where it is theirs to take, whoever they
 *  are to the child: protection waits for nobody's place in a team. */
export function mayRecordStepFor(actor: Actor, kind: StepKind, access: Access): Ruling {
  const recording = mayRecordStep(actor, kind);
  if (!recording.allowed) return recording;
  if (actor.role !== null && ALSO_RECORDED_BY[kind]?.includes(actor.role)) return recording;
  return mayOpen(access).allowed ? recording : mayOpen(access);
}

/** What a ruling needs to know of an obligation. */
export interface OwedThing {
  readonly childId: string | null;
  /** The decision on the child; where it is about none, on any. */
  readonly access: Access;
  /** The agency that owes it. */
  readonly agencyId: string;
}

/** Those to whom the child's whole story is open see every clock; others those that their own agency owes. What is about no child is open
 *  to those whose role puts stories together, and to the partnership's business manager. */
export function mayReadObligation(actor: Actor, obligation: OwedThing): Ruling {
  if (actor.kind === "CLOCK") return yes("hub-itself", "the hub acts for itself");
  if (obligation.childId === null) {
    if (isWhole(actor.role)) return yes("whole-story", "your role puts the whole story together");
    if (actor.role === "BOARD_MANAGER")
      return yes("partnership-business", "it is about no child, and you keep the partnership's business");
    if (actor.role === null) return mayReadChildren(actor);
  } else {
    const reading = mayReadChildren(actor);
    if (!reading.allowed) return reading;
    if (obligation.access.barred) return no(obligation.access.rule, obligation.access.because);
    if (seesWhole(obligation.access)) return yes("whole-story", "the child's whole story is open to you");
  }
  return actor.agencyId === obligation.agencyId
    ? yes("own-agency-owes", "your agency owes it")
    : no("another-agency-owes", "another agency owes it");
}

/** Roles that a child's clock may be shown to, where they answer for it: those that work with children, and the partnership's
 *  business manager, who is not told which child it is. */
export function mayAnswerForChildren(actor: Actor): Ruling {
  if (actor.role === "BOARD_MANAGER") return yes("partnership-oversight", "you answer for drift; no child is named");
  return mayReadChildren(actor);
}

/** What a ruling on a clock without its child needs to know. */
export interface AnsweredFor extends OwedThing {
  /** Whether the actor holds or covers a post that owes it, or was told of it where nobody holds that post. */
  readonly answersForIt: boolean;
}

/** A clock by itself: what is owed by when, without the child and without anybody's own words. For whoever may read all of it, the
 *  partnership's business manager, to whom its silence climbs, and those who answer for it, as far as their role goes. */
export function mayReadClock(actor: Actor, clock: AnsweredFor): Ruling {
  const whole = mayReadObligation(actor, clock);
  if (whole.allowed || actor.role === null) return whole;
  const mayAnswer = mayAnswerForChildren(actor);
  if (actor.role === "BOARD_MANAGER") return mayAnswer;
  if (!clock.answersForIt || (clock.childId !== null && !mayAnswer.allowed)) return whole;
  return yes("answers-for-it", "you hold or cover a post that answers for it");
}

/** The reason for a wish, in the words of whoever asked, for somebody to whom the wish itself is shown. A reason may name the child: it
 *  is for those who may read all of the obligation, and for roles that work with children. */
export function mayReadReason(actor: Actor, obligation: OwedThing): Ruling {
  const whole = mayReadObligation(actor, obligation);
  if (whole.allowed) return whole;
  if (obligation.childId === null) return yes("about-no-child", "it is about no child");
  return obligation.access.barred ? whole : mayReadChildren(actor);
}

/** Asking for a change is for whoever may see it; it changes nothing yet. */
export const mayAskForChange = mayReadObligation;

/** What a decision on a change needs to know. */
export interface ChangeAsked extends OwedThing {
  readonly requestedByActorId: string;
  /** Whether the wish is put to the actor: they manage whoever owes it today, or the hub told them of the wish. */
  readonly isAsked: boolean;
}

/** Nobody approves their own wish. Whoever it is put to decides, or in the agency that owes it a manager by role. */
export function mayDecideChange(actor: Actor, change: ChangeAsked): Ruling {
  if (actor.id === change.requestedByActorId)
    return no("own-request", "you asked for it yourself: somebody else must decide");
  if (change.isAsked && mayReadClock(actor, { ...change, answersForIt: true }).allowed)
    return yes("manages-the-owner", "you manage whoever owes it, or were told of the wish");
  return actor.role === "MASH_MANAGER" && actor.agencyId === change.agencyId
    ? yes("manages-the-agency", "you manage in the agency that owes it")
    : no("not-the-manager", "the manager of whoever owes it decides");
}

/** Counts by team name no child: for those who answer for drift. */
export function mayReadOverdue(actor: Actor): Ruling {
  return isWhole(actor.role) || actor.role === "BOARD_MANAGER"
    ? yes("answers-for-drift", "your role answers for what is overdue")
    : no("not-for-your-role", "counts of what is overdue are for managers and the partnership");
}

/** What a ruling on correcting a step needs to know. */
export interface StepToCorrect {
  readonly kind: StepKind;
  readonly agencyId: string;
  readonly byActorId: string;
  /** The decision on the child it is about; where it is about none, on any. */
  readonly access: Access;
  /** It started a limit that law fixes: correcting it and recording it anew would move that limit. */
  readonly startedFixed: boolean;
}

/** Whoever may record a step may say that one was recorded by mistake: of their own agency, or any where the child's whole story is open
 *  to them. Where a limit of law hangs on it, somebody else than whoever recorded it: of that agency, or a manager. */
export function mayCorrectStep(actor: Actor, step: StepToCorrect): Ruling {
  const recording = mayRecordStep(actor, step.kind);
  if (!recording.allowed) return recording;
  const isOwn = actor.agencyId === step.agencyId;
  if (step.startedFixed) {
    if (actor.id === step.byActorId)
      return no("own-fixed-step", "you recorded it, and a limit of law hangs on it: somebody else must correct it");
    return isOwn || actor.role === "MASH_MANAGER"
      ? recording
      : no(
          "fixed-by-manager",
          "a limit of law hangs on this step: the agency that recorded it, or a manager, corrects it",
        );
  }
  return isOwn || seesWhole(step.access)
    ? recording
    : no("another-agency-recorded", "another agency recorded this step: ask them, or social care");
}
