// The acts of the clock on rows that a transaction holds: each on record once, the row moved on, people told.

import { type EntityManager, In } from "typeorm";
import { areaCalendar } from "../domain/calendar.ts";
import { groupBy } from "../domain/group.ts";
import type { ClockAct } from "../domain/obligation.ts";
import { type Act, isOvertaken, nextOf, readSchedule, scheduleOf, writeSchedule } from "../domain/schedule.ts";
import { Obligation, ObligationEvent } from "../schema/obligation.ts";
import { moveOn, type Move } from "../store/due.ts";
import { insertMany } from "../store/insert.ts";
import { happening, IN_VAIN, isToldByLate, noteOf, type Untold } from "./due-notes.ts";
import { stageWentLate } from "./escalation-stages.ts";
import type { Caller, ClockAlarm, Hub } from "./hub.ts";
import { resumeInTime } from "./obligation-changes.ts";
import { eventOf, nextColumns } from "./obligations.ts";
import { type Note, tell } from "./telling.ts";
import { settleTrouble } from "./troubled.ts";

/** The queue that carries out each act. */
export const QUEUE_OF = {
  REMIND: "reminders",
  REVIEW_DUE: "reviews",
  LATE: "lateness",
  RESUME: "lateness",
  RUNG: "escalation",
} as const satisfies Record<ClockAct, string>;

/** What was done, and what to wake after the commit. */
export interface Batch {
  readonly count: number;
  readonly alarms: readonly ClockAlarm[];
  readonly tellAt: readonly Date[];
}

export interface Claimed {
  readonly db: EntityManager;
  readonly rows: readonly Obligation[];
  /** What was to be due by then. */
  readonly upTo: Date;
  /** Does it without telling anybody, which has failed too often: what a clock that ran out means must not wait for that. */
  readonly inVain?: boolean;
}

/** Carries out the next act of each of these rows, which the transaction of `db` holds. */
export async function carryOut(hub: Hub, caller: Caller, claimed: Claimed): Promise<Batch> {
  const { db, rows, upTo, inVain = false } = claimed;
  const now = hub.now();
  const latest = Math.max(now.getTime(), upTo.getTime());
  const events: ObligationEvent[] = [];
  const moves: Move[] = [];
  const notes: Note[] = [];
  const alarms: ClockAlarm[] = [];
  const mended: Obligation[] = [];
  const unheard = await lateInVain(db, rows);
  for (const row of rows) {
    if (row.nextAct === "RESUME") {
      alarms.push(...(await resumeInTime(hub, caller, { db, obligation: row })));
      mended.push(row);
      continue;
    }
    const schedule = inVain ? await mendedSchedule(hub, db, row) : readSchedule(row.schedule, row.dueAt);
    const act = schedule.find(({ act: kind, number }) => kind === row.nextAct && number === row.nextNumber);
    // Nothing happens before its time, whatever brought the row forward.
    if (act && act.at.getTime() > latest) {
      moves.push({ id: row.id, way: { state: row.state, ...nextColumns(act) } });
      alarms.push(act);
      continue;
    }
    const next = act ? nextOf(schedule, act) : null;
    const state = act?.act === "LATE" ? ("LATE" as const) : row.state;
    moves.push({ id: row.id, way: { state, ...nextColumns(next) } });
    if (next) alarms.push({ act: next.act, at: next.at });
    if (!act) continue;
    const overtaken = isOvertaken(schedule, act, now);
    // Done at another time than was planned: it had failed, or was replayed. What nobody could be told of stays with its trouble.
    if (row.nextAt?.getTime() !== act.at.getTime() && (overtaken || !inVain)) mended.push(row);
    const isRepeated = !unheard.has(`${row.id} ${row.version}`) && isToldByLate(hub, row, { rung: act, schedule });
    const untold: Untold | null = overtaken ? "OVERTAKEN" : isRepeated ? "TOLD_ALREADY" : inVain ? "IN_VAIN" : null;
    const event = eventOf(hub, caller, { obligation: row, ...happening(row, act, untold) });
    events.push(event);
    if (untold === null) notes.push(noteOf(hub, row, { act, schedule, key: `${row.id} ${event.key}` }));
    if (act.act === "LATE" && row.rule.startsWith("escalation-stage")) {
      const opened = await stageWentLate(hub, caller, { db, obligation: row });
      if (!inVain) notes.push(...opened.notes);
      alarms.push(...opened.alarms);
    }
  }
  await insertMany(db, ObligationEvent, events);
  await moveOn(db, moves);
  await settle(hub, db, mended);
  const tellAt = notes.length > 0 ? await tell(hub, { db, notes }) : [];
  return { count: rows.length, alarms, tellAt };
}

/** Those of these that went late without anybody hearing of it, as id and version: a rung then tells everybody it means. */
async function lateInVain(db: EntityManager, rows: readonly Obligation[]): Promise<ReadonlySet<string>> {
  const ids = rows.filter(({ nextAct }) => nextAct === "RUNG").map(({ id }) => id);
  if (ids.length === 0) return new Set();
  // Why is sealed: no database can look for its words.
  const late = await db.findBy(ObligationEvent, { obligationId: In(ids), what: "WENT_LATE" });
  const found = late.filter(({ because }) => because.endsWith(IN_VAIN));
  return new Set(found.map(({ obligationId, key }) => `${obligationId} ${key.replace(/^.*-v/, "")}`));
}

/** What the row kept or, where that cannot be read, what its deadline asks for from now on. */
async function mendedSchedule(hub: Hub, db: EntityManager, row: Obligation): Promise<Act[]> {
  try {
    return readSchedule(row.schedule, row.dueAt);
  } catch {
    const silence = row.rule.startsWith("escalation-stage") ? [] : hub.area.silence;
    const rule = { remind: [], review: false };
    const afresh = scheduleOf(rule, row, { silence, calendar: areaCalendar(hub) });
    await db.update(Obligation, row.id, { schedule: writeSchedule(afresh) });
    const { nextAct, nextNumber, dueAt: at } = row;
    const isThere = afresh.some(({ act, number }) => act === nextAct && number === nextNumber);
    // A reminder that is no longer known comes before everything else.
    return isThere || !nextAct ? afresh : [{ act: nextAct, number: nextNumber, at }, ...afresh];
  }
}

/** Puts on record that these are done after all. */
async function settle(hub: Hub, db: EntityManager, mended: readonly Obligation[]): Promise<void> {
  for (const [queue, some] of groupBy(mended, ({ nextAct }) => QUEUE_OF[nextAct ?? "LATE"]))
    await settleTrouble(hub, db, { queue, subjectIds: some.map(({ id }) => id) });
}
