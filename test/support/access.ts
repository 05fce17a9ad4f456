// The decision on a child, for rulings that are tested without a hub.

import type { Access, AccessFacts } from "../../src/domain/access.ts";
import { decideAccess } from "../../src/domain/access-rules.ts";
import type { Actor } from "../../src/domain/actor.ts";

const NONE: AccessFacts = { held: [], answersFor: false, referred: false, shields: [], namedOut: false };

const PLACE = {
  id: "place",
  kind: "TEAM",
  relation: "MEMBER",
  purpose: "direct-care",
  power: "DIRECT_CARE",
  endsAt: null,
} as const;

/** Of a child of whom nothing is known but these facts. */
export const decisionOn = (actor: Actor, facts: Partial<AccessFacts> = {}): Access =>
  decideAccess({ actor, facts: { ...NONE, ...facts }, standing: [] });

/** Of a child in whose team the actor is. */
export const inTheTeam = (actor: Actor): Access => decisionOn(actor, { held: [PLACE] });

/** Of a child with whom the actor has nothing to do. */
export const outsideTheTeam = (actor: Actor): Access => decisionOn(actor);
