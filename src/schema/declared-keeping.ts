// What the fields about keeping and erasing hold, and those of a copy for a family. See `src/domain/information.ts`.

import type { Declared } from "../domain/information.ts";

export const DECLARED_KEEPING: Declared = {
  RetentionClass: { POLICY: ["id", "covers", "keep", "from", "source", "edition", "status"] },
  ChildKeeping: {
    AUDIT: ["childId", "keptBy", "until", "mayEndEarlier", "inTheWay", "heldByAgencies", "holds"],
  },
  LegalHold: { AUDIT: ["id", "childId", "because", "byActorId", "at", "liftedAt", "liftedBecause"] },
  LegalHoldConnection: { SHAPE: ["edges", "pageInfo"] },
  LegalHoldEdge: { SHAPE: ["cursor", "node"] },
  PlaceHold: { POINTER: ["childId"], AUDIT: ["because"] },
  LiftHold: { AUDIT: ["holdId", "because"] },
  EraseChild: { POINTER: ["childId"], AUDIT: ["because", "beforeItsTime"] },
  ErasureWish: {
    AUDIT: ["id", "childId", "because", "beforeItsTime", "byActorId", "at", "state", "decidedBecause"],
  },
  ErasureWishConnection: { SHAPE: ["edges", "pageInfo"] },
  ErasureWishEdge: { SHAPE: ["cursor", "node"] },
  DecideErasure: { AUDIT: ["id", "approve", "because"] },
  ErasureDecided: { AUDIT: ["wish", "erasure", "stillHeldBy"] },
  Erasure: {
    AUDIT: ["id", "retentionClass", "because", "byActorId", "approvedByActorId", "at", "erased", "left"],
  },
  ErasureConnection: { SHAPE: ["edges", "pageInfo"] },
  ErasureEdge: { SHAPE: ["cursor", "node"] },
  TableCount: { FIGURE: ["table", "rows"] },
  RequestSubjectAccess: { POINTER: ["childId"], AUDIT: ["key", "receivedAt", "because"] },
  SubjectAccess: {
    AUDIT: ["id", "childId", "because", "madeAt", "expiresAt", "fetchedAt", "sha256"],
    CLOCK: ["receivedAt", "dueOn", "obligationId", "answeredAt"],
  },
  SubjectAccessConnection: { SHAPE: ["edges", "pageInfo"] },
  SubjectAccessEdge: { SHAPE: ["cursor", "node"] },
  SubjectAccessCopy: { AUDIT: ["request", "content"] },
};
