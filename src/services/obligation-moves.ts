// What a wish to change a clock would do, worked out when it is asked for and again when it is approved; and doing it.

import type { EntityManager } from "typeorm";
import { byWhen } from "../domain/by-when.ts";
import { areaCalendar } from "../domain/calendar.ts";
import { clockNamed } from "../domain/clocks.ts";
import { extendedTo, pausedUntil, whyNotChanged } from "../domain/deadline-moves.ts";
import { deadlineOf, type Due } from "../domain/deadline.ts";
import { ACTION_RULE } from "../domain/escalation-clock.ts";
import { endOfDay } from "../domain/instant.ts";
import { dayInEngland, type PlainDate } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { type Act, firstOf, scheduleOf, writeSchedule } from "../domain/schedule.ts";
import { Obligation, ObligationChange, ObligationEvent } from "../schema/obligation.ts";
import type { Caller, ClockAlarm, Hub } from "./hub.ts";
import { resumedDue } from "./obligation-pauses.ts";
import { alarmsFor, cancelObligations, eventOf, nextColumns } from "./obligations.ts";
import { CONFIRM_POST } from "./post-confirming.ts";

/** An obligation, held or read in this transaction. */
export interface Work {
  readonly db: EntityManager;
  readonly obligation: Obligation;
}

/** A deadline, and all that the clock does until and after. */
interface Moved {
  readonly due: Due;
  readonly schedule: readonly Act[];
}

/** What a wish comes to. */
export type Plan =
  | { readonly kind: "CANCEL" }
  | { readonly kind: "PAUSE"; readonly untilOn: PlainDate }
  | ({ readonly kind: "EXTEND" } & Moved);

/** What carrying this wish out now would do. Throws the refusal that it would meet, and changes nothing. */
export async function planOf(
  hub: Hub,
  { db, obligation, wish }: Work & { readonly wish: Pick<ObligationChange, "kind" | "untilOn"> },
): Promise<Plan> {
  const { kind, untilOn } = wish;
  if (obligation.metAt || obligation.state === "MET" || obligation.state === "CANCELLED")
    throw new Refusal("WRONG_STEP", "It is no longer owed");
  const { rule } = clockOf(hub, obligation);
  const isExtended =
    rule.extendsBy !== undefined &&
    (await db.existsBy(ObligationChange, { obligationId: obligation.id, kind: "EXTEND", state: "APPROVED" }));
  const because = whyNotChanged(rule, kind, isExtended);
  if (because !== null) throw new Refusal("WRONG_STEP", because);
  if (kind === "CANCEL") return { kind };
  if (!untilOn) throw new Refusal("BAD_INPUT", "untilOn: name the day until which it is to be paused or extended");
  mustRun(hub, obligation);
  if (untilOn < dayInEngland(hub.now())) throw new Refusal("BAD_INPUT", "untilOn: name a day that is not over");
  const moved = movedTo(hub, obligation, { kind, untilOn });
  return kind === "EXTEND" ? { kind, ...moved } : { kind, untilOn };
}

/** A clock that stands still, or has run out, is not moved: whether the hub has marked it late yet makes no difference. */
function mustRun(hub: Hub, { state, dueAt }: Obligation): void {
  if (state === "PAUSED") throw new Refusal("WRONG_STEP", "Its clock stands still already");
  if (state === "LATE" || dueAt <= hub.now())
    throw new Refusal(
      "WRONG_STEP",
      "It is late: a clock that has run out is not moved. Do it, and say why it was late",
    );
}

/** Where the deadline would be once it is extended to this day, or has stood still until its end. A pause that could not be ended
 *  is refused before it begins. */
function movedTo(
  hub: Hub,
  obligation: Obligation,
  { kind, untilOn }: { readonly kind: "PAUSE" | "EXTEND"; readonly untilOn: PlainDate },
): Moved {
  const { rule, calendar } = clockOf(hub, obligation);
  const { dueOn, dueAt, startedAt } = obligation;
  try {
    const due =
      kind === "PAUSE"
        ? pausedUntil({ rule, dueOn, dueAt }, { pausedAt: hub.now(), untilOn }, calendar)
        : extendedTo({ rule, dueOn, firstDueOn: deadlineOf(rule, startedAt, calendar).dueOn }, untilOn, calendar);
    return { due, schedule: scheduleFor(hub, obligation, due) };
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal("BAD_INPUT", `untilOn: ${error.message}`);
    throw error;
  }
}

const scheduleFor = (hub: Hub, obligation: Obligation, due: Due): Act[] =>
  scheduleOf(clockOf(hub, obligation).rule, due, { silence: hub.area.silence, calendar: areaCalendar(hub) });

/** The rule of an obligation as its policy file has it. What has none there ends in its own way, and is nobody's to move or cancel. */
function clockOf(hub: Hub, { rule, startedAt }: Obligation) {
  if (rule === CONFIRM_POST)
    throw new Refusal("WRONG_STEP", "Nobody may move this clock: confirm the post, or end it if nobody holds it");
  if (rule.startsWith("escalation-"))
    throw new Refusal(
      "WRONG_STEP",
      rule === ACTION_RULE
        ? "Nobody may move this clock: it ends when what both sides agreed on is done"
        : "Nobody may move this clock: answer the challenge that it belongs to",
    );
  try {
    return clockNamed(hub, rule, dayInEngland(startedAt));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Refusal("WRONG_STEP", "Nobody may move this clock: no policy file holds its rule");
  }
}

/** Does what was planned, with its line in the history. `because` holds the reason, and who asked and approved. */
export async function carryOut(
  hub: Hub,
  caller: Caller,
  { db, obligation, plan, because }: Work & { readonly plan: Plan; readonly because: string },
): Promise<ClockAlarm[]> {
  if (plan.kind === "CANCEL") {
    await cancelObligations(hub, caller, { db, ids: [obligation.id], because });
    return [];
  }
  if (plan.kind === "EXTEND") return runUntil(hub, caller, { db, obligation, ...plan, what: "EXTENDED", because });
  const { untilOn } = plan;
  const next = { act: "RESUME" as const, number: 1, at: endOfDay(untilOn) };
  await db.update(Obligation, obligation.id, { state: "PAUSED", pausedAt: hub.now(), ...nextColumns(next) });
  const line = { obligation, what: "PAUSED" as const, because: `${because}; until the end of ${untilOn}` };
  await db.insert(ObligationEvent, eventOf(hub, caller, line));
  return [next];
}

/** Sets an obligation running until a new deadline, with reminders and rungs of its own. */
async function runUntil(
  hub: Hub,
  caller: Caller,
  work: Work & Moved & { readonly what: "EXTENDED" | "RESUMED"; readonly because: string },
): Promise<ClockAlarm[]> {
  const { db, obligation, due, schedule, what, because } = work;
  const moved = {
    dueOn: due.dueOn,
    dueAt: due.dueAt,
    state: "OPEN" as const,
    pausedAt: null,
    version: obligation.version + 1,
    schedule: writeSchedule(schedule),
    ...nextColumns(firstOf(schedule, hub.now())),
  };
  await db.update(Obligation, obligation.id, moved);
  await db.insert(ObligationEvent, eventOf(hub, caller, { obligation: { ...obligation, ...moved }, what, because }));
  return alarmsFor([moved]);
}

/** Ends a pause whose time is over, or that somebody ends early. The deadline moves by what passed, in the rule's own unit, and by no
 *  more than was approved, however late the hub comes to it. */
export async function resumeInTime(hub: Hub, caller: Caller, { db, obligation }: Work): Promise<ClockAlarm[]> {
  const due = await resumedDue(hub, db, { obligation, at: hub.now() });
  const schedule = scheduleFor(hub, obligation, due);
  const because = `the pause is over: it is due by ${byWhen(due)}`;
  return runUntil(hub, caller, { db, obligation, due, schedule, what: "RESUMED", because });
}
