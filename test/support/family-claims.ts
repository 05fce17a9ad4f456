// Claims about invented families, for tests about what is made of them.

import type { PartAnswer } from "../../src/domain/absence.ts";
import type { AgencyView } from "../../src/domain/agency-view.ts";
import { type Sector, SECTORS } from "../../src/domain/agency.ts";
import type { FindRelative, KnownRelative } from "../../src/domain/genogram-claims.ts";
import type { RelationshipRole, StatedRelationship } from "../../src/domain/statements.ts";
import { told } from "../../src/domain/absence.ts";
import { agencyOf, fullView, PROVENANCE } from "./statements.ts";

/** A claim that says nothing but the role, and what the test adds. */
export const claim = (role: RelationshipRole, said: Partial<StatedRelationship> = {}): StatedRelationship => ({
  role,
  otherRecordId: null,
  otherName: null,
  otherBornOn: null,
  otherIdentifiers: [],
  parentalResponsibility: null,
  mainCarer: null,
  livesWithChild: null,
  fromOn: null,
  untilOn: null,
  provenance: PROVENANCE,
  ...said,
});

type Said = readonly StatedRelationship[] | PartAnswer<StatedRelationship>;

/** A view of each sector that is named, in the order of the sectors. */
export const views = (said: Partial<Record<Sector, Said>>): AgencyView[] =>
  SECTORS.flatMap((sector) => {
    const claims = said[sector];
    if (!claims) return [];
    const relationships = "status" in claims ? claims : told(claims);
    return [fullView({ agency: agencyOf(sector), relationships })];
  });

export const SILENT: PartAnswer<never> = { status: "DID_NOT_ANSWER", fault: "TIMEOUT", reason: "too late", items: [] };
export const WITHHELD: PartAnswer<never> = { status: "WITHHELD", rule: "restricted", items: [] };
export const NO_RECORD: PartAnswer<never> = { status: "NOT_ASKED", reason: "no record there" };

export const person = (personId: string, restricted = false): KnownRelative => ({ personId, restricted });

/** Finds people by record id or number. */
export const finder =
  (people: Readonly<Record<string, string | KnownRelative>>): FindRelative =>
  ({ otherRecordId, otherIdentifiers }) => {
    const keys = [otherRecordId ?? "", ...otherIdentifiers.map(({ value }) => value)];
    const found = keys.flatMap((key) => people[key] ?? []).at(-1);
    return found === undefined ? null : typeof found === "string" ? person(found) : found;
  };
