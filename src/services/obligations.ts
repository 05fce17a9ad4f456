// Obligations: opened by a fact, in its transaction; met by a fact, in its transaction. What the clock does to them in between is
// in `due.ts`, and what people ask of them in `obligation-changes.ts`.

import { type EntityManager, In, IsNull } from "typeorm";
import { areaCalendar, type Calendar } from "../domain/calendar.ts";
import type { ClockRule } from "../domain/clock-rule.ts";
import { deadlineOf } from "../domain/deadline.ts";
import type { ObligationEventKind, ObligationState } from "../domain/obligation.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Owner } from "../domain/post.ts";
import { type Act, firstOf, readSchedule, scheduleOf, writeSchedule } from "../domain/schedule.ts";
import { Obligation, ObligationEvent } from "../schema/obligation.ts";
import { insertMany } from "../store/insert.ts";
import type { Caller, ClockAlarm, Hub } from "./hub.ts";
import { dueAsOf } from "./obligation-pauses.ts";

/** What a fact asks for. */
export interface Owed {
  /** The rule as the policy file has it; an escalation's stage makes its own. */
  readonly clock: ClockRule;
  readonly calendar: Calendar;
  /** The fact that starts the clock: (subject, rule) is unique. */
  readonly subjectId: string;
  readonly childId: string | null;
  /** The course of events that the fact belongs to, where it belongs to one. */
  readonly courseId?: string;
  readonly startedAt: Date;
  readonly owner: Owner;
}

/** States in which it is still owed, as long as it has no `metAt`. */
const OWED: readonly ObligationState[] = ["OPEN", "PAUSED", "LATE"];

/** Who owes what a rule asks for, after the area's policy file: its last line stands for every rule that none names. */
export function ownerOf({ area }: Hub, rule: string): Owner {
  const line = area.owners.find(({ rules }) => rules?.includes(rule) ?? true);
  const team = area.teams.find(({ id }) => id === line?.teamId);
  if (!line || !team) throw new Error(`policies/${area.id}.json names no owner of ${rule}`);
  return { agencyId: team.agencyId, teamId: team.id, role: line.role };
}

/** The columns that say what the clock does next. */
export const nextColumns = (next: Act | null) => ({
  nextAct: next?.act ?? null,
  nextNumber: next?.number ?? 0,
  nextAt: next?.at ?? null,
});

/** Opens these in the fact's own transaction, each with the first line of its history. After the commit call
 *  `hub.wake.clocks(alarmsFor(obligations))`. */
export async function openObligations(
  hub: Hub,
  caller: Caller,
  { db, owed }: { readonly db: EntityManager; readonly owed: readonly Owed[] },
): Promise<Obligation[]> {
  const now = hub.now();
  const opened = owed.map((each): Obligation => {
    const { deadline, schedule } = workedOut(hub, each);
    return {
      id: hub.newId(),
      subjectId: each.subjectId,
      childId: each.childId,
      courseId: each.courseId ?? null,
      rule: each.clock.rule,
      owes: each.clock.owes,
      agencyId: each.owner.agencyId,
      teamId: each.owner.teamId,
      ownerRole: each.owner.role,
      state: "OPEN",
      urgent: each.clock.urgent,
      startedAt: each.startedAt,
      dueOn: deadline.dueOn,
      dueAt: deadline.dueAt,
      explanation: deadline.explanation,
      metAt: null,
      settledById: null,
      pausedAt: null,
      ...nextColumns(firstOf(schedule, now)),
      schedule: writeSchedule(schedule),
      version: 0,
    };
  });
  await insertMany(db, Obligation, opened);
  await insertMany(
    db,
    ObligationEvent,
    opened.map((obligation) => eventOf(hub, caller, { obligation, what: "OPENED", because: obligation.explanation })),
  );
  return opened;
}

/** When it is due, and what the clock does until and after. Refuses what cannot be worked out, as beyond the table of bank holidays:
 *  nobody guesses. */
function workedOut(hub: Hub, { clock, startedAt, calendar }: Owed) {
  try {
    const deadline = deadlineOf(clock, startedAt, calendar);
    const silence = silenceFor(hub, clock);
    return { deadline, schedule: scheduleOf(clock, deadline, { silence, calendar: areaCalendar(hub) }) };
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal("INCOMPLETE", error.message);
    throw error;
  }
}

/** A stage of an escalation has a ladder of its own. */
const silenceFor = ({ area }: Hub, { rule }: ClockRule) => (rule.startsWith("escalation-stage") ? [] : area.silence);

/** The alarms of obligations that were just written. */
export const alarmsFor = (obligations: readonly Pick<Obligation, "nextAct" | "nextAt">[]): ClockAlarm[] =>
  obligations.flatMap(({ nextAct, nextAt }) => (nextAct && nextAt ? [{ act: nextAct, at: nextAt }] : []));

interface Happened {
  readonly obligation: Pick<Obligation, "id" | "dueAt" | "version">;
  readonly what: ObligationEventKind;
  readonly because: string;
  /** Which of its kind, where there can be several under one deadline. */
  readonly number?: number;
}

/** One line of an obligation's history. Its key makes it happen once for each deadline that the obligation has had. */
export function eventOf(hub: Hub, { actor }: Caller, { obligation, what, because, number }: Happened): ObligationEvent {
  const which = number === undefined ? "" : `-${number}`;
  return {
    id: hub.newId(),
    obligationId: obligation.id,
    key: `${what.toLowerCase()}${which}-v${obligation.version}`,
    what,
    because,
    byActorId: actor.id,
    by: actor.role ?? actor.id,
    dueAt: obligation.dueAt,
    at: hub.now(),
  };
}

/** Those of these that are still owed, held until the transaction ends. */
export function stillOwed(db: EntityManager, ids: readonly string[]): Promise<Obligation[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db.find(Obligation, {
    where: { id: In(ids), state: In(OWED), metAt: IsNull() },
    order: { id: "ASC" },
    lock: { mode: "pessimistic_write" },
  });
}

const AT_REST = { nextAct: null, nextAt: null, pausedAt: null } as const;

/** What settles obligations, and why. */
interface Settling {
  readonly db: EntityManager;
  readonly ids: readonly string[];
  readonly because: string;
  /** The step that does, where a step does. */
  readonly settledById?: string;
}

/** Closes those of `ids` that are still owed, in the transaction of the fact that meets them: MET where `at` is in time, else LATE
 *  with its time. One that stands still is in time where it would be, had its clock run on at that moment; it keeps that deadline.
 *  Returns those it closed. */
export async function meetObligations(
  hub: Hub,
  caller: Caller,
  work: Settling & { readonly at: Date },
): Promise<Obligation[]> {
  const { settledById = null } = work;
  const owed: Obligation[] = [];
  for (const found of await stillOwed(work.db, work.ids)) {
    const due = await dueAsOf(hub, work.db, { obligation: found, at: work.at });
    const state = work.at < due.dueAt ? "MET" : "LATE";
    await work.db.update(Obligation, found.id, { ...AT_REST, ...due, state, metAt: work.at, settledById });
    owed.push({ ...found, ...due });
  }
  const lines = owed.map((obligation) => eventOf(hub, caller, { obligation, what: "MET", because: work.because }));
  await insertMany(work.db, ObligationEvent, lines);
  return owed;
}

/** Cancels those of `ids` that are still owed, with the reason. */
export async function cancelObligations(hub: Hub, caller: Caller, work: Settling): Promise<Obligation[]> {
  const { settledById = null, because } = work;
  const owed = await stillOwed(work.db, work.ids);
  for (const { id } of owed) await work.db.update(Obligation, id, { ...AT_REST, state: "CANCELLED", settledById });
  const lines = owed.map((obligation) => eventOf(hub, caller, { obligation, what: "CANCELLED", because }));
  await insertMany(work.db, ObligationEvent, lines);
  return owed;
}

/** Owes again what a step had met or ended by mistake: under the same deadline, with all that the clock has yet to do. */
export async function reopenObligations(hub: Hub, caller: Caller, work: Omit<Settling, "ids">): Promise<Obligation[]> {
  const { db, settledById = "", because } = work;
  const lock = { mode: "pessimistic_write" } as const;
  const settled = await db.find(Obligation, { where: { settledById }, order: { id: "ASC" }, lock });
  const again = settled.map((obligation): Obligation => {
    const schedule = readSchedule(obligation.schedule, obligation.dueAt);
    // One that was met while it stood still has another deadline than its schedule was made for.
    const isOwn = schedule.some(({ act, at }) => act === "LATE" && at.getTime() === obligation.dueAt.getTime());
    const next = isOwn ? firstOf(schedule, hub.now()) : { act: "LATE" as const, number: 1, at: obligation.dueAt };
    const owed = { state: "OPEN" as const, metAt: null, settledById: null, version: obligation.version + 1 };
    return { ...obligation, ...AT_REST, ...owed, ...nextColumns(next) };
  });
  for (const { id, ...columns } of again) await db.update(Obligation, id, columns);
  const lines = again.map((obligation) => eventOf(hub, caller, { obligation, what: "REOPENED", because }));
  await insertMany(db, ObligationEvent, lines);
  return again;
}
