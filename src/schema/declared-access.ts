// What the fields about ways in to a child and shields hold. See `src/domain/information.ts` for who may see each kind.

import type { Declared } from "../domain/information.ts";

export const DECLARED_ACCESS: Declared = {
  ChildAccess: {
    POINTER: ["child"],
    ACCESS: [
      "id",
      "kind",
      "relation",
      "state",
      "holds",
      "actorId",
      "name",
      "role",
      "agencyId",
      "purpose",
      "power",
      "reason",
      "consent",
      "startsAt",
      "endsAt",
      "givenById",
      "decidedById",
      "decidedAt",
      "decidedBecause",
      "justified",
    ],
  },
  TeamMember: {
    ACCESS: ["id", "actorId", "name", "role", "agencyId", "relation", "purpose", "power", "since", "until"],
  },
  AccessExplanation: {
    ACCESS: ["scope", "rule", "because", "kind", "relation", "purpose", "power", "until", "kinds", "ways", "whoCould"],
  },
  KindExplained: { ACCESS: ["kind", "allowed", "rule", "because"] },
  WayInExplained: { ACCESS: ["kind", "mayYou", "because", "needs"] },
  WhoCould: { ACCESS: ["agencyId", "post", "relation", "name", "how"] },
  Shield: {
    POINTER: ["child"],
    ACCESS: ["id", "kind", "because", "namedOutActorId", "byActorId", "at", "reviewAt", "liftedAt"],
  },
  GlassBroken: { POINTER: ["child"], ACCESS: ["access"], CLOCK: ["reviewBy"] },
  JoinTeam: {
    POINTER: ["childId"],
    ACCESS: ["actorId", "name", "agencyId", "role", "relation", "purpose", "power", "reason", "untilOn", "consent"],
    SHAPE: ["key"],
  },
  ConsentInput: { ACCESS: ["by", "on", "how"] },
  RequestAccess: {
    POINTER: ["childId"],
    ACCESS: ["kind", "purpose", "power", "reason", "consent"],
    SHAPE: ["key"],
  },
  BreakGlass: { POINTER: ["childId"], NUMBER: ["identifier"], ACCESS: ["risk"], SHAPE: ["key"] },
  DecideAccess: { ACCESS: ["id", "approve", "because"] },
  ReviewBreakGlass: { ACCESS: ["id", "justified", "because"] },
  ShieldChild: { POINTER: ["childId"], ACCESS: ["kind", "because", "namedOutActorId"] },
  AccessWords: { ACCESS: ["id", "because"] },
};
