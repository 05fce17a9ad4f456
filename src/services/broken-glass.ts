// Breaking the glass: a child at immediate risk is not kept from whoever may help until somebody has been asked. A second person is told
// at once, the review is owed from that moment, and it ends by itself within the hour.

import { clockNamed } from "../domain/clocks.ts";
import { dayInEngland, plainDate } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayBreakGlass } from "../domain/sharing-access.ts";
import { seesWhole } from "../domain/sharing.ts";
import type { EntityManager } from "typeorm";
import type { BreakGlass } from "../schema/access-inputs.ts";
import type { GlassBroken } from "../schema/access.ts";
import { Obligation } from "../schema/obligation.ts";
import { again } from "../store/again.ts";
import { isDuplicate } from "../store/insert.ts";
import { ChildAccessRow } from "../store/rows-access.ts";
import { forgetAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { secondPerson } from "./broken-glass-told.ts";
import { childByIdentifier } from "./children.ts";
import { askedBefore } from "./getting-in.ts";
import { type KnownChild, knownChild, NO_CHILD, oneself, shown, wayIn } from "./getting-in-rows.ts";
import { noteOn, teamOf } from "./getting-in-told.ts";
import type { Caller, Hub } from "./hub.ts";
import { alarmsFor, openObligations, type Owed } from "./obligations.ts";
import { noteAccessShared } from "./sharing-decision-acts.ts";
import { holdChild } from "./taking-steps.ts";
import { tell } from "./telling.ts";

export const REVIEW = "break-glass-review";

/** Lets the caller in at once, for minutes. The way in, the second person's message and what is owed for its review are one transaction;
 *  one key breaks it once. Whoever sees the whole story already breaks nothing. */
export async function breakGlass(hub: Hub, caller: Caller, input: BreakGlass): Promise<GlassBroken> {
  const child = await knownChild(hub, caller, await childMeant(hub, caller, input));
  const act = { what: "access.glass-broken", subjects: [child.id], ruling: mayBreakGlass(caller.actor, child.access) };
  await permitOrRecord(hub, caller, act);
  const draft = glassOf(hub, caller, { input, child });
  const before = await askedBefore(hub, draft);
  if (before) return brokenBefore(hub, before);
  if (seesWhole(child.access)) return { childId: child.id, access: null, reviewBy: null };
  try {
    const { row, opened, tellAt } = await again(() =>
      hub.db.transaction("READ COMMITTED", async (db) => {
        await holdChild(db, child.id);
        const owed = await openReview(hub, caller, { db, draft, child });
        const broken: ChildAccessRow = { ...draft, obligationId: owed.id };
        await db.insert(ChildAccessRow, broken);
        await record(hub, caller, { ...act, db });
        await noteAccessShared(hub, caller, { db, access: broken });
        const owner = { agencyId: owed.agencyId, teamId: owed.teamId, role: owed.ownerRole };
        const working = await teamOf(hub, db, child.ids);
        const allocated = working.filter(
          ({ relation, actorId }) => relation === "ALLOCATED" && actorId !== broken.actorId,
        );
        const note = noteOn(broken, {
          kind: "GLASS_BROKEN",
          says: "Somebody broke the glass to a child's record for an immediate risk: review whether it was justified",
          urgent: true,
          to: [owner, ...allocated.map(({ actorId }) => ({ actorId }))],
        });
        return {
          row: broken,
          opened: owed,
          tellAt: await tell(hub, { db, notes: [{ ...note, obligationId: owed.id }] }),
        };
      }),
    );
    forgetAccess(caller);
    void hub.wake.clocks(alarmsFor([opened]));
    void hub.wake.telling(tellAt);
    return { childId: child.id, access: shown(hub, row), reviewBy: opened.dueAt };
  } catch (error) {
    const first = isDuplicate(error) ? await askedBefore(hub, draft) : null;
    if (!first) throw error;
    return brokenBefore(hub, first);
  }
}

async function childMeant(hub: Hub, caller: Caller, { childId, identifier }: BreakGlass): Promise<string> {
  if (Boolean(childId) === Boolean(identifier))
    throw new Refusal("BAD_INPUT", "Name the child once: either by childId or by identifier");
  const id = identifier ? await childByIdentifier(hub, caller, identifier) : childId;
  if (!id) throw new Refusal("NOT_FOUND", NO_CHILD);
  return id;
}

async function brokenBefore(hub: Hub, row: ChildAccessRow): Promise<GlassBroken> {
  const owed = await hub.db.manager.findOneBy(Obligation, { id: row.obligationId ?? "" });
  return { childId: row.childId, access: shown(hub, row), reviewBy: owed?.dueAt ?? null };
}

interface Broken {
  readonly input: BreakGlass;
  readonly child: KnownChild;
}

function glassOf(hub: Hub, caller: Caller, { input: { key, risk }, child }: Broken): ChildAccessRow {
  const { purpose } = caller;
  const row = wayIn(hub, caller, {
    key,
    childId: child.id,
    kind: "BREAK_GLASS",
    holder: oneself(caller),
    purpose: purpose === "not-stated" ? IMMEDIATE_RISK : purpose,
    power: "VITAL_INTERESTS",
    reason: risk,
  });
  const endsAt = new Date(row.startsAt.getTime() + hub.area.sharing.breakGlassMinutes * 60_000);
  return { ...row, state: "ACTIVE", endsAt };
}

/** Nobody who breaks glass stops to look up a purpose. */
const IMMEDIATE_RISK = "children-act-1989-s47";

interface Reviewed {
  readonly db: EntityManager;
  readonly draft: ChildAccessRow;
  readonly child: KnownChild;
}

/** The review: owed by somebody else, within a working day. Nobody is kept out by a table of bank holidays that has ended: days beyond it
 *  then count as they fall. */
async function openReview(hub: Hub, caller: Caller, { db, draft, child }: Reviewed): Promise<Obligation> {
  const { actorId, agencyId, startsAt: startedAt } = draft;
  const owner = await secondPerson(hub, db, { actorId, agencyId, childIds: child.ids });
  const opening = async (by: Hub) => {
    const { rule: clock, calendar } = clockNamed(by, REVIEW, dayInEngland(startedAt));
    const owed: Owed = { clock, calendar, subjectId: draft.id, childId: child.id, startedAt, owner };
    const [opened] = await openObligations(by, caller, { db, owed: [owed] });
    if (!opened) throw new Error("Broken glass was left without a review");
    return opened;
  };
  return opening(hub).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.code !== "INCOMPLETE") throw error;
    const holidays = { ...hub.national.holidays, until: LAST_DAY };
    return opening({ ...hub, national: { ...hub.national, holidays } });
  });
}

const LAST_DAY = plainDate("2199-12-31");
