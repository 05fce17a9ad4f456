// What the hub believes about a sealed person's records, and by what they are found, leaves every table. See docs/decisions/0015.

import { type EntityManager, In, Like } from "typeorm";
import { type ComparedNumber, permitText, withoutNumbers } from "../domain/sealed.ts";
import { motherText } from "../domain/births.ts";
import { dropKeys, recordsWithKeys } from "../store/link-keys.ts";
import {
  IdentityCheckRow,
  IdentityCorrectionRow,
  IdentityLinkRow,
  IdentityOverrideRow,
  IdentityReviewRow,
  IdentityVerdictRow,
  LinkKeyRow,
} from "../store/rows-identity.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { linkHash, openProfile, sealProfile } from "./identity-profiles.ts";
import { correctionsOf } from "./sealed-files.ts";

/** Whose, and which records and numbers. */
export interface ToForget {
  readonly db: EntityManager;
  readonly personIds: readonly string[];
  readonly rows: readonly AgencyRecordRow[];
  readonly numbers: readonly ComparedNumber[];
}

const keysOf = (hub: Hub, numbers: readonly ComparedNumber[]): string[] =>
  numbers.map(({ field, value }) => linkHash(hub, `${field}|${value}`));

/** Records of other people that carry one of these numbers. */
export async function carriedByOthers(
  hub: Hub,
  { db, rows, numbers }: Omit<ToForget, "personIds">,
): Promise<readonly AgencyRecordRow[]> {
  const own = new Set(rows.map(({ id }) => id));
  const { byHash } = await recordsWithKeys(db, keysOf(hub, numbers));
  const others = [...new Set([...byHash.values()].flat())].filter((id) => !own.has(id));
  return others.length > 0 ? db.findBy(AgencyRecordRow, { id: In(others) }) : [];
}

/** How many doubtful pairs wait for a person to say whether another record is one of these people's. */
export const doubtsAbout = (db: EntityManager, rows: readonly AgencyRecordRow[]): Promise<number> => {
  const records = In(rows.map(({ id }) => id));
  return db.countBy(IdentityReviewRow, [
    { state: "OPEN", recordRowId: records },
    { state: "OPEN", otherRecordRowId: records },
  ]);
};

/** Takes these numbers from records of other people, who stay who they are. Returns the texts that let those records come in again
 *  without them. */
export async function takeNumbersFrom(hub: Hub, { db, numbers, rows }: Omit<ToForget, "personIds">): Promise<string[]> {
  for (const row of rows) {
    const profile = openProfile(hub, row);
    if (!profile) continue;
    const left = { ...profile, compared: withoutNumbers(profile.compared, numbers) };
    // Without its hash it is looked at anew when it next comes in.
    await db.update(AgencyRecordRow, row.id, { profile: sealProfile(hub, row.id, left), profileHash: null });
  }
  return rows.flatMap(({ agencyId, recordId }) => numbers.map((number) => permitText(agencyId, recordId, number)));
}

/** Deletes every key, belief, doubt, decision and correction about these records, and the pointers themselves. */
export async function forgetIdentity(hub: Hub, { db, personIds, rows, numbers }: ToForget): Promise<void> {
  const people = In([...personIds]);
  const recordIds = rows.map(({ id }) => id);
  const records = In(recordIds);
  await dropKeys(db, recordIds);
  const mothers = numbers.filter(({ field }) => field === "nhs").map(({ value }) => linkHash(hub, motherText(value)));
  const hashes = [...keysOf(hub, numbers), ...mothers];
  if (hashes.length > 0) await db.delete(LinkKeyRow, { hash: In(hashes) });

  if (recordIds.length > 0) await forgetDoubts(db, recordIds);
  const corrections = await correctionsOf(db, personIds);
  if (corrections.length > 0) await db.delete(IdentityCheckRow, { correctionId: In(corrections) });
  if (corrections.length > 0) await db.delete(IdentityCorrectionRow, { id: In(corrections) });
  await db.delete(IdentityLinkRow, [{ recordRowId: records }, { personId: people }]);
  await stripMentions(db, personIds);
  await db.delete(AgencyRecordRow, { personId: people });
}

async function forgetDoubts(db: EntityManager, recordIds: readonly string[]): Promise<void> {
  const records = In([...recordIds]);
  const about = [{ recordRowId: records }, { otherRecordRowId: records }];
  const reviews = await db.find(IdentityReviewRow, {
    select: { id: true, recordRowId: true, otherRecordRowId: true },
    where: about,
  });
  const reviewIds = reviews.map(({ id }) => id);
  const others = reviews.flatMap(({ recordRowId, otherRecordRowId }) => [recordRowId ?? "", otherRecordRowId ?? ""]);
  if (reviewIds.length > 0) {
    await db.delete(IdentityVerdictRow, { reviewId: In(reviewIds) });
    await db.delete(IdentityReviewRow, { id: In(reviewIds) });
    // How the other record of the pair compared with theirs.
    const compared = { weight: null, contributions: null, vetoes: null, runnerUp: null };
    await db.update(IdentityLinkRow, { recordRowId: In(others) }, compared);
  }
  await db.delete(IdentityOverrideRow, [{ recordA: records }, { recordB: records }]);
}

/** Beliefs about other people's records in which these were in question, or were believed before. */
async function stripMentions(db: EntityManager, personIds: readonly string[]): Promise<void> {
  for (const personId of personIds) {
    const found = await db.find(IdentityLinkRow, {
      select: { id: true },
      where: [{ runnerUp: Like(`%${personId}%`) }, { fromPersonId: personId }],
    });
    const linkIds = found.map(({ id }) => id);
    if (linkIds.length > 0) await db.update(IdentityLinkRow, linkIds, { runnerUp: null, fromPersonId: null });
  }
}
