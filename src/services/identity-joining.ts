// Joining two people whom reviewers found to be one. Every record moves with a link of its own, so that each can be undone; nobody is
// deleted or merged, and what the hub did for them stays where it was done.

import { type EntityManager, In } from "typeorm";
import type { Contribution } from "../domain/match-model.ts";
import { Refusal } from "../domain/refusal.ts";
import { keyOfPair, overridesBetween } from "../store/overrides.ts";
import { IdentityReviewRow } from "../store/rows-identity.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { believe } from "./identity-ledger.ts";
import { override, pairsBetween } from "./identity-overrides.ts";
import { openProfile } from "./identity-profiles.ts";
import { vetoesIn } from "./identity-noting.ts";

/** The two records of a review, and everything that belongs to whoever they are believed to be. Both people are held. */
export interface HeldPair {
  readonly review: IdentityReviewRow;
  readonly records: readonly [AgencyRecordRow, AgencyRecordRow];
}

/** What stands in the way of joining. */
export type Obstacle = "NONE" | "NEEDS_TWO" | "DECIDED_OTHERWISE";

/** All records of these people. */
export const recordsOf = (db: EntityManager, personIds: readonly string[]): Promise<AgencyRecordRow[]> =>
  db.find(AgencyRecordRow, { where: { personId: In([...personIds]) }, order: { id: "ASC" } });

/** What was decided about this very pair since before it was opened: somebody asked for it to be looked at again. */
const wasAskedAgain = (at: Date | undefined, review: IdentityReviewRow): boolean =>
  at !== undefined && at <= review.openedAt;

/** Whether these two people may be joined. That any two of their records were decided to be two people's forbids it, unless this pair
 *  was opened again to overrule that, by two. Two people with different NHS numbers, both vouched for, also need two. */
export async function obstacleTo(hub: Hub, db: EntityManager, { review, records }: HeldPair): Promise<Obstacle> {
  const [one, other] = records;
  const all = await recordsOf(db, [one.personId, other.personId]);
  const ofOne = all.filter(({ personId }) => personId === one.personId);
  const ofOther = all.filter(({ personId }) => personId === other.personId);
  const apart = await standingApart(db, ofOne, ofOther);
  const own = apart.get(keyOfPair(one.id, other.id));
  const askedAgain = wasAskedAgain(own?.at, review) && [...apart.values()].every(({ at }) => at <= review.openedAt);
  if (apart.size > 0 && !askedAgain) return "DECIDED_OTHERWISE";
  if (review.needsTwo) return "NONE";
  return apart.size > 0 || numbersDiffer(hub, ofOne, ofOther) ? "NEEDS_TWO" : "NONE";
}

const idsOf = (rows: readonly AgencyRecordRow[]): string[] => rows.map(({ id }) => id);

async function standingApart(
  db: EntityManager,
  ofOne: readonly AgencyRecordRow[],
  ofOther: readonly AgencyRecordRow[],
) {
  const overrides = await overridesBetween(db, idsOf(ofOne), idsOf(ofOther));
  return new Map([...overrides].filter(([, { verdict }]) => verdict === "NOT_MATCH"));
}

function numbersDiffer(hub: Hub, ofOne: readonly AgencyRecordRow[], ofOther: readonly AgencyRecordRow[]): boolean {
  const numbers = (rows: readonly AgencyRecordRow[]) =>
    new Set(rows.flatMap((row) => openProfile(hub, row)?.compared["nhsVerified"] ?? []));
  const [mine, theirs] = [numbers(ofOne), numbers(ofOther)];
  return mine.size > 0 && theirs.size > 0 && ![...mine].some((number) => theirs.has(number));
}

export const decidedOtherwise = () =>
  new Refusal(
    "CONFLICT",
    "Somebody decided that records of these two are two people's: ask for that pair to be reviewed again",
  );

interface Joining extends HeldPair {
  readonly byActorId: string;
  readonly because: string;
}

/** Makes the two people one: whoever has fewer records goes to the other, a child always stays one. Both are held. */
export async function joinPeople(hub: Hub, db: EntityManager, { review, records, ...by }: Joining): Promise<void> {
  const [one, other] = records;
  const all = await recordsOf(db, [one.personId, other.personId]);
  const stays = await whoStays(db, [one.personId, other.personId], all);
  const staying = all.filter(({ personId }) => personId === stays);
  const going = all.filter(({ personId }) => personId !== stays);
  const apart = await standingApart(db, staying, going);
  const pairs = [keyOfPair(one.id, other.id), ...apart.keys()];
  await override(hub, db, { pairs, verdict: "MATCH", ...by });
  for (const record of going) {
    const reviewed = record.id === one.id || record.id === other.id;
    await believe(hub, db, {
      record,
      personId: stays,
      rule: "PERSON",
      because: review.needsTwo
        ? "two people looked at two of their records, and found that they are one"
        : "somebody looked at two of their records, and found that they are one",
      band: "REVIEW",
      weight: reviewed ? review.weight : null,
      contributions: reviewed ? (JSON.parse(review.contributions) as Contribution[]) : [],
      vetoes: reviewed ? vetoesIn(review.vetoes) : [],
      runnerUp: null,
      decidedBy: by.byActorId,
    });
  }
  await makeMoot(hub, db, pairsBetween(idsOf(staying), idsOf(going)));
}

/** Who keeps the records: a child before an adult, then whoever has more, then whoever was known first. */
async function whoStays(db: EntityManager, ids: readonly string[], all: readonly AgencyRecordRow[]): Promise<string> {
  const people = await db.find(PersonRow, { where: { id: In([...ids]) }, order: { id: "ASC" } });
  const count = (id: string) => all.filter(({ personId }) => personId === id).length;
  const isAdult = ({ kind }: PersonRow) => Number(kind === "ADULT");
  const [first] = people.sort((a, b) => isAdult(a) - isAdult(b) || count(b.id) - count(a.id) || (a.id < b.id ? -1 : 1));
  if (!first) throw new Error("Two people to be joined are not there");
  return first.id;
}

/** Pairs that need no deciding any more. */
async function makeMoot(hub: Hub, db: EntityManager, pairs: readonly string[]): Promise<void> {
  if (pairs.length === 0) return;
  const closedAt = hub.now();
  await db.update(IdentityReviewRow, { pair: In([...pairs]), state: "OPEN" }, { state: "MOOT", closedAt });
}
