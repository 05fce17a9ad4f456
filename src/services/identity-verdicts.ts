// What people say about a doubtful pair, each for themselves, and what follows once enough of them have.

import { type EntityManager, In } from "typeorm";
import { Refusal } from "../domain/refusal.ts";
import { outcomeOf, type Verdict } from "../domain/review-verdict.ts";
import { mayDecideIdentity } from "../domain/sharing-identity.ts";
import type { Ruling } from "../domain/sharing.ts";
import type { DecideIdentityReview } from "../schema/identity-inputs.ts";
import type { IdentityReview } from "../schema/identity-review.ts";
import { again } from "../store/again.ts";
import { keyOfPair, overridesBetween } from "../store/overrides.ts";
import { IdentityReviewRow, IdentityVerdictRow } from "../store/rows-identity.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import { permitOrRecord, record } from "./audit.ts";
import { mayBeConfirmed } from "./births.ts";
import type { Caller, Hub } from "./hub.ts";
import { readGold } from "./identity-gold.ts";
import { decidedOtherwise, type HeldPair, joinPeople, obstacleTo, recordsOf } from "./identity-joining.ts";
import { holdPeople } from "./identity-ledger.ts";
import { override } from "./identity-overrides.ts";
import { getIdentityReview, noSuchReview } from "./identity-reviews.ts";
import { partRecord } from "./identity-parting.ts";
import { linksOf } from "./identity-radius.ts";

const DECIDED = "identity.review.decided";

/** One person's verdict on a pair. Enough of them close it: what they found outranks the model for ever. Sent twice it is one; a
 *  pair that needs no deciding any more is given back as moot. */
export async function decideIdentityReview(
  hub: Hub,
  caller: Caller,
  input: DecideIdentityReview,
): Promise<IdentityReview> {
  const ruling = mayDecideIdentity(caller.actor);
  await permitOrRecord(hub, caller, { what: DECIDED, subjects: [], ruling });
  let tellAt: readonly Date[] | null = null;
  while (tellAt === null)
    tellAt = await again(() =>
      hub.db.transaction("READ COMMITTED", (db) => decide(hub, caller, { ...input, ruling, db })),
    );
  void hub.wake.telling(tellAt);
  return getIdentityReview(hub, caller, input.reviewId);
}

interface Deciding extends DecideIdentityReview {
  readonly ruling: Ruling;
  readonly db: EntityManager;
}

/** Null where somebody moved one of the records meanwhile: look again. */
async function decide(hub: Hub, caller: Caller, input: Deciding): Promise<readonly Date[] | null> {
  const { db, reviewId } = input;
  const found = await db.findOneBy(IdentityReviewRow, { id: reviewId });
  if (!found) throw noSuchReview();
  const before = await recordsIn(db, found);
  // Whoever had a record of theirs before may get it back.
  const theirs = await recordsOf(db, subjectsOf(before));
  const earlier = (await linksOf(db, theirs)).flatMap(({ fromPersonId }) => fromPersonId ?? []);
  await holdPeople(db, [...before.map(({ personId }) => personId), ...earlier]);
  const review = await db.findOne(IdentityReviewRow, { where: { id: reviewId }, lock: { mode: "pessimistic_write" } });
  // Sealed meanwhile: it is as if it had never been.
  if (!review) throw noSuchReview();
  const records = await recordsIn(db, review);
  if (records.some(({ personId }, at) => personId !== before[at]?.personId)) return null;
  const personId = In(records.map((each) => each.personId));
  const people = await db.find(PersonRow, { where: { id: personId } });
  if (people.some(({ sealedAt }) => sealedAt !== null)) throw noSuchReview();
  if (await isSaid(db, { review, caller, input })) return [];
  if (review.state === "MOOT") return [];
  if (review.state === "CLOSED") throw new Refusal("CONFLICT", "It was closed meanwhile: somebody else has decided it");
  if (review.kind === "GOLD") return decideGold(hub, caller, { ...input, review });
  const [one, other] = records;
  const pair: HeldPair | null = one && other ? { review, records: [one, other] } : null;
  if (!pair || (await isMoot(db, pair))) {
    await close(hub, db, { review, state: "MOOT", outcome: null });
    await record(hub, caller, { what: DECIDED, subjects: subjectsOf(records), ruling: input.ruling, db });
    return [];
  }
  return decidePair(hub, caller, { ...input, ...pair });
}

const recordsIn = async (db: EntityManager, { recordRowId, otherRecordRowId }: IdentityReviewRow) => {
  const rows = await db.findBy(AgencyRecordRow, { id: In([recordRowId ?? "", otherRecordRowId ?? ""]) });
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
};
const subjectsOf = (records: readonly AgencyRecordRow[]) => [...new Set(records.map(({ personId }) => personId))];

interface Said {
  readonly review: IdentityReviewRow;
  readonly caller: Caller;
  readonly input: Deciding;
}

/** Whether this person has said the same already. Refuses another verdict of theirs: they gave one. */
async function isSaid(db: EntityManager, { review, caller, input }: Said): Promise<boolean> {
  const said = await db.findOneBy(IdentityVerdictRow, { reviewId: review.id, byActorId: caller.actor.id });
  if (!said || said.at < review.openedAt) return false;
  if (said.verdict === input.verdict) return true;
  throw new Refusal("CONFLICT", "You have said what you think of this pair: one verdict for each person");
}

/** Whether nothing is left to decide: somebody decided about this very pair after it was opened, or the two records have become one
 *  person's since. Two that were one person's when it was opened are the question itself. */
async function isMoot(db: EntityManager, { review, records: [one, other] }: HeldPair): Promise<boolean> {
  const decided = (await overridesBetween(db, [one.id], [other.id])).get(keyOfPair(one.id, other.id));
  if (decided && decided.at > review.openedAt) return true;
  if (one.personId !== other.personId) return false;
  if (decided?.verdict === "MATCH") return true;
  const links = await linksOf(db, [one, other]);
  const latest = new Map(links.map((link) => [link.recordRowId, link]));
  return [...latest.values()].some(({ at }) => at > review.openedAt);
}

/** Keeps the verdict, and says what all of them come to; null while it waits for somebody else. */
async function say(
  hub: Hub,
  caller: Caller,
  { db, review, verdict, because, right }: Deciding & { review: IdentityReviewRow; right: boolean | null },
): Promise<Verdict | null> {
  const by = { reviewId: review.id, byActorId: caller.actor.id };
  const earlier = await db.findOneBy(IdentityVerdictRow, by);
  const at = hub.now();
  // Opened again since: what they said then stays beside what they say now.
  if (earlier)
    await db.update(IdentityVerdictRow, earlier.id, {
      verdict,
      because: `${because}\n(${earlier.verdict} on ${earlier.at.toISOString()}: ${earlier.because})`,
      right,
      at,
    });
  else await db.insert(IdentityVerdictRow, { id: hub.newId(), ...by, verdict, because, right, at });
  const all = await db.findBy(IdentityVerdictRow, { reviewId: review.id });
  const valid = all.filter((each) => each.at >= review.openedAt).map((each) => each.verdict);
  return outcomeOf(valid, review.needsTwo);
}

interface Closing {
  readonly review: IdentityReviewRow;
  readonly state: "CLOSED" | "MOOT";
  readonly outcome: Verdict | null;
}

const close = (hub: Hub, db: EntityManager, { review, state, outcome }: Closing) =>
  db.update(IdentityReviewRow, review.id, { state, outcome, closedAt: hub.now() });

/** A made-up pair: the verdict is compared with the answer, and nothing else happens. */
async function decideGold(hub: Hub, caller: Caller, input: Deciding & { review: IdentityReviewRow }) {
  const { db, review, verdict, ruling } = input;
  const { answer } = readGold(hub, review);
  const right = verdict === "CANNOT_TELL" ? null : verdict === answer;
  const outcome = await say(hub, caller, { ...input, right });
  if (outcome !== null) await close(hub, db, { review, state: "CLOSED", outcome });
  await record(hub, caller, { what: DECIDED, subjects: [], ruling, db });
  return [];
}

async function decidePair(hub: Hub, caller: Caller, input: Deciding & HeldPair): Promise<readonly Date[]> {
  const { db, review, records, because, ruling } = input;
  const [one, other] = records;
  const subjects = subjectsOf(records);
  const outcome = await say(hub, caller, { ...input, right: null });
  const isOne = one.personId === other.personId;
  await record(hub, caller, { what: DECIDED, subjects, ruling, db });
  if (outcome === null) return [];
  if (outcome === "MATCH" && !isOne) {
    if (review.kind === "BIRTH") {
      const { allowed, because: why } = await mayBeConfirmed(hub, db, review);
      if (!allowed) throw new Refusal("CONFLICT", why);
    }
    const obstacle = await obstacleTo(hub, db, input);
    if (obstacle === "DECIDED_OTHERWISE") throw decidedOtherwise();
    if (obstacle === "NEEDS_TWO") {
      await db.update(IdentityReviewRow, review.id, { needsTwo: true });
      return [];
    }
    await joinPeople(hub, db, { review, records, byActorId: caller.actor.id, because });
  }
  await close(hub, db, { review, state: "CLOSED", outcome });
  if (outcome === "CANNOT_TELL" || (outcome === "MATCH" && !isOne)) return [];
  // Two records of one person, in question since they contradict each other: that they are two parts them.
  if (outcome === "NOT_MATCH" && isOne) {
    const parted = [one, other].find(({ id }) => id === review.recordRowId) ?? one;
    return (await partRecord(hub, caller, { db, row: parted, linkId: null, because })).tellAt;
  }
  const pairs = [keyOfPair(one.id, other.id)];
  await override(hub, db, { pairs, verdict: outcome, byActorId: caller.actor.id, because });
  return [];
}
