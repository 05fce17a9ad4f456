import { type Clock, clockNamed, clockNames, clocksInForce } from "../domain/clocks.ts";
import { deadlineOf } from "../domain/deadline.ts";
import { isCountedInstant } from "../domain/instant.ts";
import { dayInEngland, NOT_COUNTED } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayReadAgencies } from "../domain/sharing.ts";
import { spanInWords } from "../domain/span.ts";
import type { ClockRule, Deadline } from "../schema/deadline.ts";
import { permitOrRecord } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";

/** The clock of this name for something that happens at this instant, with the calendar by which it counts. Throws RangeError where
 *  no edition is in force. */
export const clockFor = (hub: Hub, name: string, at: Date): Clock => clockNamed(hub, name, dayInEngland(at));

interface Question {
  /** The clock's name. */
  readonly rule: string;
  readonly from: Date;
}

/** By when something is due, for anybody with a role here. Writes nothing and is about nobody. */
export async function answerDeadline(hub: Hub, caller: Caller, { rule, from }: Question): Promise<Deadline> {
  await permitOrRecord(hub, caller, { what: "deadline.read", subjects: [], ruling: mayReadAgencies(caller.actor) });
  const names = clockNames(hub);
  if (!names.includes(rule)) throw new Refusal("BAD_INPUT", `rule: use one of ${names.join(", ")}`);
  if (!isCountedInstant(from)) throw new Refusal("BAD_INPUT", `from: ${NOT_COUNTED}`);
  try {
    const clock = clockFor(hub, rule, from);
    return deadlineOf(clock.rule, from, clock.calendar);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal("BAD_INPUT", `from: ${error.message}`);
    throw error;
  }
}

/** The clocks in force now, for anybody with a role here. */
export async function readClockRules(hub: Hub, caller: Caller): Promise<ClockRule[]> {
  await permitOrRecord(hub, caller, { what: "clocks.read", subjects: [], ruling: mayReadAgencies(caller.actor) });
  return clocksInForce(hub, dayInEngland(hub.now())).map(({ rule: clock }) => ({
    ...clock,
    within: spanInWords(clock.within),
    before: clock.before ?? false,
    startedByStep: clock.startedBy !== undefined,
    local: hub.area.clocks.includes(clock),
    effectiveUntil: clock.effectiveUntil ?? null,
  }));
}
