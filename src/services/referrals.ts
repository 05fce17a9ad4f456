import { IsNull } from "typeorm";
import { isDuplicate } from "../store/insert.ts";
import { advance } from "../domain/referral.ts";
import { Refusal } from "../domain/refusal.ts";
import { routeOf } from "../domain/routing.ts";
import { mayPassOn, mayReadReferralOf } from "../domain/sharing-systems.ts";
import { Obligation } from "../schema/obligation.ts";
import { Referral, type ReferralRoute, ReferralStep, type SubmitReferral } from "../schema/referral.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import { PersonRow, RouteRequestRow } from "../store/rows.ts";
import { withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import { childByIdentifier } from "./children.ts";
import type { Caller, Hub } from "./hub.ts";
import { alarmsFor } from "./obligations.ts";
import { noteReferralShared } from "./sharing-decision-acts.ts";
import { holdCourse, takeStep } from "./taking-steps.ts";

/** The clock that a referral starts (Working Together: decision within one working day of receipt). */
const DECISION = "referral-decision";

/** A practitioner passes a concern to social care. The referral, its clock and the request for a route are one transaction;
 *  one key makes one referral, however often it is sent. */
export async function submitReferral(hub: Hub, caller: Caller, input: SubmitReferral): Promise<Referral> {
  const { actor } = caller;
  const ruling = mayPassOn(actor);
  await permitOrRecord(hub, caller, { what: "referral.submitted", subjects: [], ruling });
  const fromAgencyId = actor.agencyId;
  if (fromAgencyId === null)
    throw new Refusal("NOT_ALLOWED", "Your sign-in names no agency of this area to refer from");
  if (!hub.area.levels.some(({ id }) => id === input.level))
    throw new Refusal("BAD_INPUT", `level: use one of ${hub.area.levels.map(({ id }) => id).join(", ")}`);
  const childId = await childNamed(hub, caller, input);
  const at = hub.now();
  const { concern, level, immediateDanger, key } = input;
  const referral: Referral = {
    id: hub.newId(),
    key,
    childId,
    fromAgencyId,
    fromActorId: actor.id,
    status: "SUBMITTED",
    concern,
    level,
    immediateDanger,
    submittedAt: at,
    teamId: null,
  };
  let clocks: Obligation[] = [];
  try {
    const step = received(referral);
    clocks = await hub.db.transaction("READ COMMITTED", async (db) => {
      await holdCourse(db, step);
      await db.insert(Referral, referral);
      await db.insert(RouteRequestRow, { referralId: referral.id, requestedAt: at, doneAt: null });
      await addStep(hub, db, {
        referralId: referral.id,
        what: "referral.submitted",
        by: actor.role ?? actor.kind,
        because: `proposed level of need: ${level}${immediateDanger ? "; immediate danger" : ""}`,
      });
      await record(hub, caller, { what: "referral.submitted", subjects: [referral.id], ruling, db });
      await noteReferralShared(hub, caller, { db, referral });
      await db.insert(StatutoryStep, step);
      return (await takeStep(hub, caller, { db, step })).opened;
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return sentBefore(hub, referral);
  }
  void hub.wake.route(referral.id);
  void hub.wake.clocks(alarmsFor(clocks));
  return referral;
}

/** The step that receiving a referral is: it starts the clock on the decision. */
const received = ({ id, childId, fromAgencyId, fromActorId, submittedAt }: Referral): StatutoryStep => ({
  id,
  key: id,
  kind: "REFERRAL_RECEIVED",
  outcome: null,
  childId,
  followsId: null,
  courseId: id,
  happenedAt: submittedAt,
  recordedAt: submittedAt,
  agencyId: fromAgencyId,
  byActorId: fromActorId,
  correctedAt: null,
  correctedBecause: null,
  correctedByActorId: null,
});

/** The child that a referral is about, whichever way it was named. */
async function childNamed(hub: Hub, caller: Caller, { childId, identifier }: SubmitReferral): Promise<string> {
  if (Boolean(childId) === Boolean(identifier))
    throw new Refusal("BAD_INPUT", "Name the child once: either by childId or by identifier");
  // Whoever may refer may name whom: a system that may look for no child as well.
  const ruling = mayPassOn(caller.actor);
  const id = identifier ? await childByIdentifier(hub, caller, { ...identifier, ruling }) : (childId ?? null);
  const known = id !== null && (await hub.db.manager.existsBy(PersonRow, { id, kind: "CHILD", sealedAt: IsNull() }));
  if (!known) throw new Refusal("NOT_FOUND", "There is no such child");
  return id;
}

/** The referral first sent under this key. Refuses when the same key now names something else. */
async function sentBefore(hub: Hub, again: Referral): Promise<Referral> {
  const { fromAgencyId, key } = again;
  const first = await hub.db.manager.findOneByOrFail(Referral, { fromAgencyId, key });
  const said = ["childId", "concern", "level", "immediateDanger"] as const;
  if (said.some((field) => first[field] !== again[field]))
    throw new Refusal("CONFLICT", "key: already used for a different referral; use a new key for a new referral");
  return first;
}

async function addStep(
  hub: Hub,
  db: Hub["db"]["manager"],
  step: Pick<ReferralStep, "referralId" | "what" | "because" | "by">,
) {
  await db.insert(ReferralStep, { id: hub.newId(), at: hub.now(), ...step });
}

/** The referral with this id, if this caller may read it. */
export async function getReferral(hub: Hub, caller: Caller, id: string): Promise<Referral> {
  const named = isUuid(id) ? await hub.db.manager.findOneBy(Referral, { id }) : null;
  const { found, access } = await withAccess(hub, caller, named);
  // Somebody who may read no referral at all learns nothing about which exist.
  const ruling = mayReadReferralOf(caller.actor, { fromAgencyId: found?.fromAgencyId ?? "", access });
  await permitOrRecord(hub, caller, { what: "referral.read", subjects: found ? [found.id] : [], ruling });
  if (!found) throw new Refusal("NOT_FOUND", "There is no such referral");
  await record(hub, caller, { what: "referral.read", subjects: [found.id], ruling });
  return found;
}

/** What happened to a referral, in order. For one that this caller was given. */
export function stepsOf(hub: Hub, { id }: Referral): Promise<ReferralStep[]> {
  return hub.db.manager.find(ReferralStep, { where: { referralId: id }, order: { at: "ASC", id: "ASC" } });
}

/** The decision clock of a referral. */
export function clockOf(hub: Hub, { id }: Referral): Promise<Obligation> {
  return hub.db.manager.findOneByOrFail(Obligation, { subjectId: id, rule: DECISION });
}

/** Where a referral was sent; null while no team has it. */
export async function routeFor(hub: Hub, referral: Referral): Promise<ReferralRoute | null> {
  if (referral.teamId === null) return null;
  const steps = await stepsOf(hub, referral);
  const routed = steps.findLast(({ what }) => what === "referral.routed");
  return routed ? { team: teamOf(hub, referral.teamId), because: routed.because, routedAt: routed.at } : null;
}

function teamOf(hub: Hub, teamId: string) {
  const team = hub.area.teams.find(({ id }) => id === teamId);
  if (!team) throw new Error(`The area's policy file has no team ${teamId}`);
  return { ...team };
}

/** Gives a referral its team. Run twice, or by the alarm and the sweep at once, it routes once. */
export async function routeReferral(hub: Hub, caller: Caller, referralId: string): Promise<void> {
  await hub.db.transaction(async (db) => {
    const request = await db.findOne(RouteRequestRow, { where: { referralId }, lock: { mode: "pessimistic_write" } });
    if (!request || request.doneAt) return;
    const referral = await db.findOneByOrFail(Referral, { id: referralId });
    const route = routeOf(referral, hub.area.routing);
    await db.update(Referral, referralId, { status: advance(referral.status, "ROUTED"), teamId: route.teamId });
    await db.update(RouteRequestRow, referralId, { doneAt: hub.now() });
    await addStep(hub, db, {
      referralId,
      what: "referral.routed",
      by: caller.actor.id,
      because: `${teamOf(hub, route.teamId).name}: ${route.because} (${route.rule})`,
    });
    const ruling = { allowed: true, rule: route.rule, because: route.because };
    await record(hub, caller, { what: "referral.routed", subjects: [referralId], ruling, db });
  });
}
