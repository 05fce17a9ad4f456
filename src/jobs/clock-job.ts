import type { ClockAct } from "../domain/obligation.ts";
import type { QueueName } from "../domain/queue.ts";
import { carryOutDue } from "../services/due.ts";
import type { Hub } from "../services/hub.ts";
import { clockCaller } from "../services/clock-caller.ts";
import type { HubJob } from "./job.ts";
import { together } from "./together.ts";

/** Alarms ring by this machine's clock, which may be a little ahead of the hub's: so much earlier is in time. */
const EARLY_MS = 1_000;
/** Alarms that wait for one run under way; the next run does the work of them all. */
const AT_ONCE = 50;

/** The later of the hub's now and the alarm's instant, where that is at most a second away. An alarm that rings earlier still finds
 *  nothing due; the sweep does its work in time. */
export function dueUpTo(hub: Hub, alarmAt: string | undefined): Date {
  const now = hub.now();
  const at = new Date(alarmAt ?? now);
  const early = at.getTime() - now.getTime();
  return early > 0 && early <= EARLY_MS ? at : now;
}

/** A job that does all that is due of some kind, in one run for all alarms that ring while another run is under way. */
export function ringing(queue: QueueName, doDue: (hub: Hub, upTo: Date) => Promise<unknown>): HubJob {
  const turns = new WeakMap<Hub, (instants: readonly Date[]) => Promise<void>>();
  const turnsOf = (hub: Hub) => {
    const known = turns.get(hub) ?? together<Date>((instants) => doDue(hub, latest(instants)));
    turns.set(hub, known);
    return known;
  };
  return { queue, concurrency: AT_ONCE, run: (hub, { at }) => turnsOf(hub)([dueUpTo(hub, at)]) };
}

const latest = (instants: readonly Date[]): Date => new Date(Math.max(...instants.map((at) => at.getTime())));

/** A job of the clocks: it carries out what is due of these acts. */
export const clockJob = (queue: QueueName, acts: readonly ClockAct[]): HubJob =>
  ringing(queue, (hub, upTo) => carryOutDue(hub, clockCaller(hub, queue), { acts: [...acts], upTo }));
