// What the fields about a child's family hold. See `src/domain/information.ts` for who may see each kind.

import type { Declared } from "../domain/information.ts";

export const DECLARED_FAMILY: Declared = {
  Family: { FAMILY: ["relationships", "relatives", "contradictions", "unanswered"], SOURCE: ["sources"] },
  Relationship: {
    FAMILY: [
      "id",
      "relativeId",
      "personId",
      "role",
      "name",
      "bornOn",
      "parentalResponsibility",
      "mainCarer",
      "livesWithChild",
      "fromOn",
      "untilOn",
      "disputedBy",
      "withheldBecause",
    ],
    SOURCE: ["agency", "provenance"],
  },
  Relative: { FAMILY: ["id", "personId", "names", "roles", "claimIds", "withheldBecause", "otherChildren"] },
  OtherChildren: { FAMILY: ["children"], SOURCE: ["status", "reason", "sources"] },
  OtherChild: { POINTER: ["childId"], IDENTITY: ["name", "bornOn"], FAMILY: ["claims", "withheldBecause"] },
  OtherChildClaim: {
    FAMILY: ["recordOf", "role", "parentalResponsibility", "fromOn", "untilOn"],
    SOURCE: ["agency", "provenance"],
  },
  Contradiction: { FAMILY: ["kind", "inWords", "between", "relativeIds"] },
  Dispute: { FAMILY: ["claimId", "kind", "says"], SOURCE: ["agency"] },
  OpenQuestion: { FAMILY: ["question", "inWords", "relativeIds", "silence"], SOURCE: ["ask", "couldNotSay"] },
  Genogram: {
    FAMILY: ["nodes", "links", "unions", "ties", "households", "claims", "contradictions", "unanswered"],
    SOURCE: ["asOn", "sources"],
  },
  GenogramNode: {
    SHAPE: ["id"],
    POINTER: ["personId"],
    IDENTITY: ["label", "bornOn", "expectedOn", "diedOn", "sex"],
    FAMILY: ["kind", "claimIds", "withheldBecause"],
    SOURCE: ["asked", "claimedBy"],
  },
  GenogramLink: { SHAPE: ["id"], FAMILY: ["childId", "parentId", "kind", "claimIds"] },
  GenogramUnion: { SHAPE: ["id"], FAMILY: ["partnerIds", "kind", "fromOn", "untilOn", "claimIds"] },
  GenogramTie: { SHAPE: ["id"], FAMILY: ["fromId", "toId", "role", "claimIds"] },
  GenogramHousehold: { SHAPE: ["id"], FAMILY: ["memberIds", "claimIds"], SOURCE: ["agency"] },
};
