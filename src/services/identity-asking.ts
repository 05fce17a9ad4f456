// Somebody who knows better asks for two records to be looked at: the hub did not see it, or people decided otherwise before.

import { decideIdentity } from "../domain/identity-decision.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayDecideIdentity } from "../domain/sharing-identity.ts";
import type { AskForIdentityReview } from "../schema/identity-inputs.ts";
import type { IdentityReview } from "../schema/identity-review.ts";
import { insertNew } from "../store/insert.ts";
import { keyOfPair } from "../store/overrides.ts";
import { IdentityReviewRow } from "../store/rows-identity.ts";
import type { AgencyRecordRow } from "../store/rows.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { holdPeople } from "./identity-ledger.ts";
import { comparedRecord } from "./identity-profiles.ts";
import { recordFor, recordMeant } from "./identity-radius.ts";
import { getIdentityReview } from "./identity-reviews.ts";

const ASKED = "identity.review.asked";

/** Puts two records on the worklist, or a closed pair back on it; two different people decide. Sent twice it is one. */
export async function askForIdentityReview(
  hub: Hub,
  caller: Caller,
  { one, other }: AskForIdentityReview,
): Promise<IdentityReview> {
  const ruling = mayDecideIdentity(caller.actor);
  await permitOrRecord(hub, caller, { what: ASKED, subjects: [], ruling });
  const { manager } = hub.db;
  const found = [await recordFor(hub, caller, one), await recordFor(hub, caller, other)];
  const pair = keyOfPair(found[0]?.id ?? "", found[1]?.id ?? "");
  await hub.db.transaction("READ COMMITTED", async (db) => {
    await holdPeople(
      db,
      found.map(({ personId }) => personId),
    );
    // Once more, now that nobody can seal one of them meanwhile.
    const left = await recordMeant(hub, db, one);
    const right = await recordMeant(hub, db, other);
    if (left.personId === right.personId)
      throw new Refusal("WRONG_STEP", "They are believed to be one person already: undo the join if they are not");
    await insertNew(db, IdentityReviewRow, [rowFor(hub, pair, { left, right })]);
    const row = await db.findOneOrFail(IdentityReviewRow, { where: { pair }, lock: { mode: "pessimistic_write" } });
    const again = { state: "OPEN", outcome: null, closedAt: null, needsTwo: true, openedAt: hub.now() } as const;
    if (row.state !== "OPEN") await db.update(IdentityReviewRow, row.id, again);
    await record(hub, caller, { what: ASKED, subjects: [left.personId, right.personId], ruling, db });
  });
  const { id } = await manager.findOneByOrFail(IdentityReviewRow, { pair });
  return getIdentityReview(hub, caller, id);
}

interface Both {
  readonly left: AgencyRecordRow;
  readonly right: AgencyRecordRow;
}

function rowFor(hub: Hub, pair: string, { left, right }: Both): IdentityReviewRow {
  const mine = comparedRecord(hub, left);
  const theirs = comparedRecord(hub, right);
  const on = { people: theirs ? [{ personId: right.personId, records: [theirs] }] : [], overrides: [] };
  const [found] = mine ? decideIdentity(hub.matcher, mine, on).considered : [];
  return {
    id: hub.newId(),
    pair,
    kind: "RECORDS",
    recordRowId: left.id,
    otherRecordRowId: right.id,
    weight: found?.weight ?? 0,
    contributions: JSON.stringify(found?.contributions ?? []),
    vetoes: JSON.stringify((found?.vetoes ?? []).map(({ code }) => code)),
    needsTwo: true,
    model: hub.matcher.model.version,
    state: "OPEN",
    outcome: null,
    gold: null,
    openedAt: hub.now(),
    closedAt: null,
  };
}
