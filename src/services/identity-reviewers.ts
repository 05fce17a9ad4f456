// How those who decide fare: agreement with made-up pairs whose answer is known, and how long real ones waited for them.

import { groupBy } from "../domain/group.ts";
import { dayInEngland, type PlainDate } from "../domain/plain-date.ts";
import { mayMeasureReviewers } from "../domain/sharing-identity.ts";
import type { IdentityReviewer } from "../schema/identity-review.ts";
import { IdentityReviewRow, IdentityVerdictRow } from "../store/rows-identity.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";

interface Given {
  readonly byActorId: string;
  readonly verdict: IdentityVerdictRow["verdict"];
  readonly right: boolean | 0 | 1 | null;
  readonly at: Date;
  readonly openedAt: Date;
  readonly kind: IdentityReviewRow["kind"];
}

const HOUR = 3_600_000;

/** Everybody who gave a verdict on a day between these two, both included. */
export async function identityReviewers(
  hub: Hub,
  caller: Caller,
  { fromOn, untilOn }: { readonly fromOn?: PlainDate | null; readonly untilOn?: PlainDate | null },
): Promise<IdentityReviewer[]> {
  const act = { what: "identity.reviewers.read", subjects: [], ruling: mayMeasureReviewers(caller.actor) };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
  const query = hub.db.manager
    .createQueryBuilder(IdentityVerdictRow, "v")
    .innerJoin(IdentityReviewRow, "r", "r.id = v.reviewId")
    .select("v.byActorId", "byActorId")
    .addSelect("v.verdict", "verdict")
    .addSelect("v.right", "right")
    .addSelect("v.at", "at")
    .addSelect("r.openedAt", "openedAt")
    .addSelect("r.kind", "kind");
  // England is at most an hour from UTC.
  if (fromOn) query.andWhere("v.at >= :from", { from: new Date(Date.parse(`${fromOn}T00:00:00Z`) - HOUR) });
  const rows = await query.getRawMany<Given>();
  const inTime = rows.filter(({ at }) => {
    const on = dayInEngland(at);
    return (!fromOn || on >= fromOn) && (!untilOn || on <= untilOn);
  });
  const byActor = groupBy(inTime, ({ byActorId }) => byActorId);
  return [...byActor]
    .map(([actorId, given]) => measured(actorId, given))
    .sort((a, b) => (a.actorId < b.actorId ? -1 : 1));
}

function measured(actorId: string, given: readonly Given[]): IdentityReviewer {
  const gold = given.filter(({ kind }) => kind === "GOLD");
  const real = given.filter(({ kind }) => kind !== "GOLD");
  const wrong = gold.filter(({ right }) => right !== null && !right);
  return {
    actorId,
    decided: real.length,
    goldSeen: gold.length,
    goldRight: gold.filter(({ right }) => Boolean(right)).length,
    wrongMatches: wrong.filter(({ verdict }) => verdict === "MATCH").length,
    wrongNonMatches: wrong.filter(({ verdict }) => verdict === "NOT_MATCH").length,
    cannotTell: given.filter(({ verdict }) => verdict === "CANNOT_TELL").length,
    medianHoursOpen: middle(real.map(({ at, openedAt }) => (at.getTime() - openedAt.getTime()) / HOUR)),
  };
}

/** The middle one, or halfway between the two in the middle; null of none. */
function middle(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
