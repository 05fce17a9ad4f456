// Pairs that wait for a person, as they come out of a decision. One row for each pair, however often it comes up.

import { type EntityManager, In } from "typeorm";
import type { Considered, IdentityDecision } from "../domain/identity.ts";
import { needsTwoPeople } from "../domain/review-verdict.ts";
import { insertNew } from "../store/insert.ts";
import { keyOfPair } from "../store/overrides.ts";
import { IdentityReviewRow } from "../store/rows-identity.ts";
import type { Hub } from "./hub.ts";

interface Decided {
  readonly recordRowId: string;
  /** Whose the record is now. */
  readonly personId: string;
  readonly decision: IdentityDecision;
}

/** What a person must look at: everybody who may be the same, and contradictions within the person it belongs to. */
export function reviewsOf(hub: Hub, { recordRowId, personId, decision }: Decided): IdentityReviewRow[] {
  const doubtful = decision.considered.filter((each) => isDoubtful(each, personId));
  return doubtful.map((each) => ({
    id: hub.newId(),
    pair: keyOfPair(recordRowId, each.withRecordId),
    kind: "RECORDS",
    recordRowId,
    otherRecordRowId: each.withRecordId,
    weight: each.weight,
    contributions: JSON.stringify(each.contributions),
    vetoes: JSON.stringify(codesOf(each)),
    // Where the record has been given to somebody, the question is whether two people are one.
    needsTwo: needsTwoPeople(codesOf(each), decision.band === "AUTO"),
    model: hub.matcher.model.version,
    state: "OPEN",
    outcome: null,
    gold: null,
    openedAt: hub.now(),
    closedAt: null,
  }));
}

const codesOf = ({ vetoes }: Considered): string[] => vetoes.map(({ code }) => code);

function isDoubtful(each: Considered, ownPersonId: string): boolean {
  if (each.band === "NO_LINK") return false;
  // Its own person is no question, unless something now speaks against it.
  return each.personId !== ownPersonId || needsTwoPeople(codesOf(each), false);
}

/** Writes pairs that are not there yet, and opens again those about which nobody could tell: something has changed since. */
export async function askAbout(hub: Hub, db: EntityManager, reviews: readonly IdentityReviewRow[]): Promise<void> {
  const rows = [...new Map(reviews.map((row) => [row.pair, row])).values()].sort((a, b) => (a.pair < b.pair ? -1 : 1));
  if (rows.length === 0) return;
  await insertNew(db, IdentityReviewRow, rows);
  const undecided = { pair: In(rows.map(({ pair }) => pair)), state: "CLOSED", outcome: "CANNOT_TELL" } as const;
  await db.update(IdentityReviewRow, undecided, { state: "OPEN", outcome: null, closedAt: null, openedAt: hub.now() });
}
