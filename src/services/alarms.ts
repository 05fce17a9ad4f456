// Alarms ahead. Only those of the next day are set: however much is owed, the queues stay small, and what lies further ahead is
// set when it comes within the horizon.

import { CLOCK_ACTS } from "../domain/obligation.ts";
import { Message } from "../schema/message.ts";
import { Obligation } from "../schema/obligation.ts";
import { instantsAhead } from "../store/instants.ts";
import { DeliveryRow } from "../store/rows-clocks.ts";
import { beat, silenceOf } from "./heartbeat.ts";
import type { Hub } from "./hub.ts";

/** How far ahead alarms are set. */
export const HORIZON_MS = 24 * 3_600_000;
/** How often those that have come within the horizon are set, by whichever process comes first. */
const REFILL_AFTER_MS = 3_600_000;

/** Sets the alarm of every instant within the horizon at which something falls due. Those that are set already stay as they are.
 *  What is due by now needs none: the sweep does it. */
export async function refillAlarms(hub: Hub): Promise<void> {
  const from = hub.now();
  const window = { from, upTo: new Date(from.getTime() + HORIZON_MS) };
  const { manager } = hub.db;
  for (const act of CLOCK_ACTS)
    for await (const page of instantsAhead(manager, {
      ...window,
      table: Obligation,
      column: "nextAt",
      where: { nextAct: act },
    }))
      await hub.wake.clocks(page.map((at) => ({ act, at })));
  const waiting = { ...window, table: DeliveryRow, column: "nextAt", where: { state: "WAITING" } } as const;
  for await (const page of instantsAhead(manager, waiting)) await hub.wake.telling(page);
  for await (const page of instantsAhead(manager, { ...window, table: Message, column: "handOnAt", where: {} }))
    await hub.wake.telling(page);
  await beat(hub, ["refill"]);
}

/** The same, where nobody has for an hour. */
export async function refillHourly(hub: Hub): Promise<void> {
  if ((await silenceOf(hub, "refill")) > REFILL_AFTER_MS) await refillAlarms(hub);
}
