// What the clock does when something falls due: it claims all that is due in one statement and carries it out (`due-acts.ts`), in one
// transaction. An alarm starts this, and so does the sweep: it finds whatever an alarm missed.

import type { ClockAct } from "../domain/obligation.ts";
import { nextOf, readSchedule } from "../domain/schedule.ts";
import { Obligation } from "../schema/obligation.ts";
import { claimDue } from "../store/due.ts";
import { type Batch, carryOut, QUEUE_OF } from "./due-acts.ts";
import type { Caller, Hub } from "./hub.ts";
import { noteTrouble } from "./troubled.ts";

export { QUEUE_OF } from "./due-acts.ts";

/** Rows taken on in one transaction. */
const AT_ONCE = 500;

/** What is due, and for which acts. */
export interface DueWork {
  readonly acts: readonly ClockAct[];
  readonly upTo: Date;
}

/** Does everything of these kinds that is due by then, each once, whoever else does the same at the same time. Returns how many
 *  acts were done. One that cannot be done does not hold up the rest: it is tried again, and in the end parked
 *  and tried every hour. */
export async function carryOutDue(hub: Hub, caller: Caller, work: DueWork): Promise<number> {
  const first = await oneBatch(hub, caller, work);
  if (!first.more || caller.signal.aborted) return first.count;
  // The database works on one batch while this process reads another; they pass over each other's rows.
  const lanes = await Promise.allSettled([lane(hub, caller, work), lane(hub, caller, work)]);
  let done = first.count;
  for (const ended of lanes) {
    if (ended.status === "rejected") throw ended.reason;
    done += ended.value;
  }
  return done;
}

/** Batch after batch, until nothing is left or nobody waits any longer. */
async function lane(hub: Hub, caller: Caller, work: DueWork): Promise<number> {
  let done = 0;
  for (;;) {
    const { count, more } = await oneBatch(hub, caller, work);
    done += count;
    if (!more || caller.signal.aborted) return done;
  }
}

/** What a batch did, and whether there may be more that is due already: the next act of a row, or further rows. */
interface Done {
  readonly count: number;
  readonly more: boolean;
}

/** How rows are carried out: all that are due, or only these. */
interface Which {
  readonly ids?: readonly string[];
  readonly inVain?: boolean;
}

type Attempt = (which?: Which) => Promise<Batch>;

async function oneBatch(hub: Hub, caller: Caller, work: DueWork): Promise<Done> {
  let claimed: readonly string[] = [];
  const attempt: Attempt = ({ ids, inVain = false } = {}) =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      const rows = await claimDue(db, { ...work, most: AT_ONCE, ...(ids && { ids }) });
      claimed = rows.map(({ id }) => id);
      return carryOut(hub, caller, { db, rows, upTo: work.upTo, inVain });
    });
  try {
    const { count, alarms, tellAt } = await attempt();
    const later = alarms.filter(({ act, at }) => at > work.upTo || !work.acts.includes(act));
    await wake(hub, { alarms: later, tellAt });
    return { count, more: count === AT_ONCE || later.length < alarms.length };
  } catch (error) {
    if (claimed.length === 0) throw error;
    hub.log.warn(
      { error: (error as Error).name, rows: claimed.length },
      "a batch failed; its rows are done one by one",
    );
    const ids = claimed;
    for (const id of ids) await aloneOrPutOff(hub, { id, attempt, upTo: work.upTo });
    return { count: ids.length, more: true };
  }
}

interface Alone {
  readonly id: string;
  readonly attempt: Attempt;
  readonly upTo: Date;
}

/** In a transaction of its own, so that one that cannot be done harms no other. */
async function aloneOrPutOff(hub: Hub, alone: Alone): Promise<void> {
  try {
    await wake(hub, await alone.attempt({ ids: [alone.id] }));
  } catch (error) {
    await putOff(hub, alone, error);
  }
}

/** What failed is tried again later; where that would hold up what comes after it, it is done without telling anybody. */
async function putOff(hub: Hub, { id, attempt, upTo }: Alone, error: unknown): Promise<void> {
  const failed = await hub.db.manager.findOneByOrFail(Obligation, { id });
  const { nextAct, nextNumber, nextAt, version, teamId } = failed;
  // Somebody else has done it meanwhile.
  if (!nextAct || !nextAt || nextAt > upTo) return;
  const queue = QUEUE_OF[nextAct];
  const { tryAt, isParked } = await noteTrouble(hub, { queue, subjectId: id, error, teamId });
  const nextDueAt = whatFollows(failed);
  if (mayGoOn(failed, { isParked, isOver: nextDueAt !== null && nextDueAt <= hub.now() }))
    try {
      return await wake(hub, await attempt({ ids: [id], inVain: true }));
    } catch (again) {
      hub.log.error({ obligationId: id, error: (again as Error).name }, "this cannot even be done without telling");
    }
  // What follows is not kept waiting by a pause that is longer.
  const isSooner = nextDueAt !== null && nextDueAt > hub.now() && tryAt !== null && nextDueAt < tryAt;
  const at = isSooner ? nextDueAt : tryAt;
  await hub.db.manager.update(Obligation, { id, nextAct, nextNumber, nextAt, version }, { nextAt: at });
}

/** When what comes after a row's next act is due; null where nothing does. */
function whatFollows({ schedule, nextAct, nextNumber, dueAt }: Obligation): Date | null {
  const isBefore = nextAct === "REMIND" || nextAct === "REVIEW_DUE";
  try {
    const acts = readSchedule(schedule, dueAt);
    const act = acts.find((each) => each.act === nextAct && each.number === nextNumber);
    return (act && nextOf(acts, act))?.at ?? null;
  } catch {
    return isBefore ? dueAt : null;
  }
}

/** Whether an act that fails is done without telling: lateness once it is parked; a reminder once its time is over; and a rung that is
 *  parked, once the next is due. */
function mayGoOn({ nextAct }: Obligation, { isParked, isOver }: { isParked: boolean; isOver: boolean }): boolean {
  if (nextAct === "LATE") return isParked;
  if (nextAct === "RUNG") return isParked && isOver;
  return nextAct !== "RESUME" && isOver;
}

async function wake(hub: Hub, { alarms, tellAt }: Pick<Batch, "alarms" | "tellAt">): Promise<void> {
  if (alarms.length > 0) await hub.wake.clocks(alarms);
  if (tellAt.length > 0) await hub.wake.telling(tellAt);
}
