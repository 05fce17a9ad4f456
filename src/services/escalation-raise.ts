// Raising a professional challenge. Any practitioner may; nothing that protects the child waits for what comes of it.

import { IsNull } from "typeorm";
import { firstStage, refuseExcluded } from "../domain/escalation.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayRaise } from "../domain/sharing-escalation.ts";
import type { RaiseEscalation } from "../schema/escalation-inputs.ts";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { isDuplicate } from "../store/insert.ts";
import { PersonRow } from "../store/rows.ts";
import { withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { openStage } from "./escalation-stages.ts";
import type { Caller, Hub } from "./hub.ts";
import { holdChild } from "./taking-steps.ts";
import { tell } from "./telling.ts";

/** A practitioner challenges an agency, another or their own, about a child. The escalation, its first stage and the clock on the
 *  answer are one transaction; one key makes one escalation. Refuses what the area's ladder leaves to another route. */
export async function raiseEscalation(hub: Hub, caller: Caller, input: RaiseEscalation): Promise<Escalation> {
  const { actor } = caller;
  const ruling = mayRaise(actor);
  const what = "escalation.raised";
  await permitOrRecord(hub, caller, { what, subjects: [], ruling });
  const escalation = await asEscalation(hub, caller, input);
  const { found } = await withAccess(hub, caller, escalation);
  if (!found) throw new Refusal("NOT_FOUND", "There is no such child");
  const { evidence: words, wantedOutcome: wanted } = input;
  try {
    const { alarms, tellAt } = await hub.db.transaction(async (db) => {
      await holdChild(db, escalation.childId);
      await db.insert(Escalation, escalation);
      const { notes, alarms: rung } = await openStage(hub, caller, { db, escalation, what: "RAISED", words, wanted });
      await record(hub, caller, { what, subjects: [escalation.id], ruling, db });
      return { alarms: rung, tellAt: await tell(hub, { db, notes }) };
    });
    void hub.wake.clocks(alarms);
    void hub.wake.telling(tellAt);
    return escalation;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return raisedBefore(hub, escalation, input);
  }
}

/** The escalation that the input means. Refuses an unknown agency, team or child, and what has a route of its own. */
async function asEscalation(hub: Hub, { actor }: Caller, input: RaiseEscalation): Promise<Escalation> {
  const { agencies, teams, disagreement: ladder } = hub.area;
  const { key, childId, category, againstAgencyId: toAgencyId, againstTeamId: toTeamId = null, immediateRisk } = input;
  refuseExcluded(ladder, category);
  if (!agencies.some(({ id }) => id === toAgencyId))
    throw new Refusal("BAD_INPUT", `againstAgencyId: use one of ${agencies.map(({ id }) => id).join(", ")}`);
  if (toTeamId !== null && !teams.some(({ id, agencyId }) => id === toTeamId && agencyId === toAgencyId))
    throw new Refusal("BAD_INPUT", "againstTeamId: names no team of that agency");
  if (!(await hub.db.manager.existsBy(PersonRow, { id: childId, kind: "CHILD", sealedAt: IsNull() })))
    throw new Refusal("NOT_FOUND", "There is no such child");
  return {
    id: hub.newId(),
    key,
    childId,
    category,
    fromAgencyId: actor.agencyId ?? "",
    fromActorId: actor.id,
    toAgencyId,
    toTeamId,
    immediateRisk,
    familyTold: input.familyTold ?? null,
    state: "OPEN",
    stage: firstStage(ladder, immediateRisk),
    ladderId: ladder.id,
    raisedAt: hub.now(),
    endedAt: null,
  };
}

/** The escalation first raised under this key. Refuses when the same key now names something else. */
async function raisedBefore(hub: Hub, again: Escalation, input: RaiseEscalation): Promise<Escalation> {
  const { manager } = hub.db;
  const { fromAgencyId, key } = again;
  const first = await manager.findOneByOrFail(Escalation, { fromAgencyId, key });
  const [raised] = await manager.find(EscalationStep, { where: { escalationId: first.id, what: "RAISED" } });
  const said = ["childId", "category", "toAgencyId", "toTeamId"] as const;
  const isSame =
    said.every((field) => first[field] === again[field]) &&
    raised?.words === input.evidence &&
    raised.wanted === input.wantedOutcome &&
    // Risk may have been declared since; it may not have been left out before.
    (first.immediateRisk || !again.immediateRisk);
  if (!isSame)
    throw new Refusal("CONFLICT", "key: already used for a different challenge; use a new key for a new challenge");
  return first;
}
