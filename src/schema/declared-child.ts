// What the fields about one child hold, as agencies state it. See `src/domain/information.ts` for who may see each kind.

import type { Declared } from "../domain/information.ts";

export const DECLARED_CHILD: Declared = {
  Child: {
    POINTER: ["id"],
    IDENTITY: ["demographics"],
    FAMILY: ["family", "genogram"],
    INVOLVEMENT: ["involvements"],
    STANDING: ["agencies"],
    EVENT: ["chronology"],
    CLOCK: ["obligations"],
    CHALLENGE: ["escalations"],
    RECORD: ["records"],
    MATCHING: ["identityLinks"],
    ACCESS: ["team", "shields"],
    LEDGER: ["sharingDecisions"],
  },
  ChildConnection: { SHAPE: ["edges", "pageInfo"], POINTER: ["totalCount"], SOURCE: ["sources"] },
  ChildEdge: { SHAPE: ["cursor", "node"] },
  ChildSearch: { IDENTITY: ["forename", "surname", "bornOn"], CONTACT: ["postcode"] },
  ChronologyConnection: { SHAPE: ["edges", "pageInfo"], EVENT: ["totalCount"], SOURCE: ["sources"] },
  ChronologyEdge: { SHAPE: ["cursor", "node"] },
  Demographics: {
    IDENTITY: ["name", "knownAs", "names", "bornOn", "expectedOn", "diedOn", "sex", "gender", "ethnicity"],
    CONTACT: ["addresses", "heldBy"],
    NUMBER: ["identifiers"],
    SOURCE: ["sources"],
  },
  Fact: { IDENTITY: ["preferred", "disagree", "statements"], SOURCE: ["because"] },
  Statement: { IDENTITY: ["value"], SOURCE: ["agency", "provenance"] },
  RecordedName: { IDENTITY: ["use", "full", "forenames", "surname"], SOURCE: ["agency", "provenance"] },
  RecordedIdentifier: { NUMBER: ["kind", "value", "verified"], SOURCE: ["agency", "provenance"] },
  RecordedAddress: {
    CONTACT: ["use", "lines", "town", "postcode", "uprn", "fromOn", "untilOn"],
    SOURCE: ["agency", "provenance"],
  },
  IdentifierInput: { NUMBER: ["kind", "value"] },
  AgencyAnswer: {
    INVOLVEMENT: ["involvements"],
    STANDING: ["states"],
    EVENT: ["events"],
    SOURCE: ["agency", "asOf", "retrievedAt", "notAnsweringSince", "status", "reason", "parts"],
  },
  PartAnswer: { SOURCE: ["part", "status", "reason"] },
  Source: { SOURCE: ["agency", "status", "reason", "asOf", "retrievedAt"] },
  Stated: { SOURCE: ["agency", "provenance"] },
  Provenance: { SOURCE: ["system", "recordedAt", "statedAs"], RECORD: ["recordId"] },
  Involvements: { INVOLVEMENT: ["people"], SOURCE: ["sources"] },
  Involvement: {
    INVOLVEMENT: ["role", "practitioner", "organisation", "team", "phone", "email", "fromOn", "untilOn"],
    SOURCE: ["agency", "provenance"],
  },
  State: { STANDING: ["kind", "category", "summary", "fromOn", "untilOn"], SOURCE: ["agency", "provenance"] },
  Event: { EVENT: ["kind", "on", "at", "summary"], SOURCE: ["agency", "provenance"] },
  LinkedRecord: { RECORD: ["agencyId", "recordId", "because", "linkedAt"] },
};
