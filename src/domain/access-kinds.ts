// What somebody may see of one child, kind by kind, in the words in which it is explained to them. It decides nothing: it says what the
// rulings decide.

import type { Access, InformationKind } from "./access.ts";
import type { Actor } from "./actor.ts";
import type { Sector } from "./agency.ts";
import { mayReadPart, no, opens, RESTRICTED, type Ruling, yes } from "./sharing.ts";

/** Kinds of information about one child, in the order in which they are explained. */
export const KINDS_OF_ONE_CHILD = [
  "POINTER",
  "IDENTITY",
  "NUMBER",
  "CONTACT",
  "FAMILY",
  "INVOLVEMENT",
  "STANDING",
  "HEALTH",
  "EDUCATION",
  "POLICE",
  "SOCIAL_CARE",
  "CONCERN",
  "CLOCK",
  "CHALLENGE",
  "RECORD",
  "ACCESS",
  "LEDGER",
] as const satisfies readonly InformationKind[];
export type KindOfOneChild = (typeof KINDS_OF_ONE_CHILD)[number];

const EVENTS_OF: Partial<Record<KindOfOneChild, Sector>> = {
  HEALTH: "HEALTH",
  EDUCATION: "EDUCATION",
  POLICE: "POLICE",
  SOCIAL_CARE: "SOCIAL_CARE",
};

/** Whoever sees a part of the story sees their own agency's work of these kinds, and no other's. */
const WORK: ReadonlySet<KindOfOneChild> = new Set(["CONCERN", "CLOCK", "CHALLENGE", "LEDGER"]);

/** What leads to where a child is, and is told of no restricted one. */
const LEADS_THERE: ReadonlySet<KindOfOneChild> = new Set([
  "CONTACT",
  "FAMILY",
  "STANDING",
  "HEALTH",
  "EDUCATION",
  "POLICE",
  "SOCIAL_CARE",
]);

/** Where no story is open, who the child is. */
const WHO_IT_IS: ReadonlySet<KindOfOneChild> = new Set(["POINTER", "IDENTITY"]);

/** Whether this kind is open to the actor. `restricted`: an agency restricts the child's record. */
export function mayReadKind(
  actor: Actor,
  access: Access,
  { kind, restricted }: { readonly kind: KindOfOneChild; readonly restricted: boolean },
): Ruling {
  const { rule, because } = access;
  if (!opens(access, "LOCATE")) return no(rule, because);
  if (WHO_IT_IS.has(kind))
    return opens(access, "OUTLINE") ? yes(rule, because) : yes("locate", "so that you know whom you found");
  const sector = EVENTS_OF[kind];
  if (!opens(access, "OUTLINE")) return no(rule, because);
  if (restricted && LEADS_THERE.has(kind)) return RESTRICTED;
  if (sector) return mayReadPart(actor, access, { part: "EVENTS", sector });
  if (WORK.has(kind) && !opens(access, "WHOLE"))
    return no("own-agency-only", "of these you see what your own agency sent, owes or takes part in");
  return yes(rule, because);
}
