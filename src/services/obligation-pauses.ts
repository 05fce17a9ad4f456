// Clocks that stand still: where their deadline would be once they run on.

import type { EntityManager } from "typeorm";
import { clockNamed } from "../domain/clocks.ts";
import { afterPause } from "../domain/deadline-moves.ts";
import type { Due } from "../domain/deadline.ts";
import { endOfDay } from "../domain/instant.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { type Obligation, ObligationChange } from "../schema/obligation.ts";
import type { Hub } from "./hub.ts";

interface AsOf {
  readonly obligation: Obligation;
  readonly at: Date;
}

/** When it is due, seen from `at`: for a clock that stands still, when it would be if it ran on from then, or from the planned end of
 *  its pause where that was earlier. However late a pause is ended, it lasts no longer than was approved. Throws RangeError where
 *  the table of bank holidays ends first, or no policy file holds the rule any more. */
export async function resumedDue(hub: Hub, db: EntityManager, { obligation, at }: AsOf): Promise<Due> {
  const { id, rule: name, startedAt, dueOn, dueAt, pausedAt } = obligation;
  if (pausedAt === null) return { dueOn, dueAt };
  const approved = await db.findOne(ObligationChange, {
    where: { obligationId: id, kind: "PAUSE", state: "APPROVED" },
    order: { decidedAt: "DESC", id: "DESC" },
  });
  const plannedAt = approved?.untilOn ? endOfDay(approved.untilOn) : at;
  const { rule, calendar } = clockNamed(hub, name, dayInEngland(startedAt));
  return afterPause({ rule, dueOn, dueAt }, { pausedAt, resumedAt: at < plannedAt ? at : plannedAt }, calendar);
}

/** As `resumedDue`, for a fact that must go on record whatever the policy files now say: where nothing can be worked out, the
 *  deadline stays where it was. */
export async function dueAsOf(hub: Hub, db: EntityManager, asOf: AsOf): Promise<Due> {
  try {
    return await resumedDue(hub, db, asOf);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { dueOn: asOf.obligation.dueOn, dueAt: asOf.obligation.dueAt };
  }
}
