// Something due that a worker can begin and cannot finish: it waits for a row that another transaction holds, in the middle of its
// work, which is where it is to be killed.

import type { Obligation } from "../../src/schema/obligation.ts";
import { ObligationEvent } from "../../src/schema/obligation.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import type { Hub } from "../../src/services/hub.ts";
import { eventOf } from "../../src/services/obligations.ts";

/** Writes the lines of history that carrying these out would write, in a transaction that stays open until they are let go, and then
 *  takes them back. */
export async function holdBack(hub: Hub, rows: readonly Obligation[]) {
  const runner = hub.db.createQueryRunner();
  await runner.connect();
  await runner.startTransaction("READ COMMITTED");
  const caller = clockCaller(hub, "bench");
  for (const obligation of rows)
    await runner.manager.insert(
      ObligationEvent,
      eventOf(hub, caller, { obligation, what: "WENT_LATE", because: "held back" }),
    );
  return {
    async letGo(): Promise<void> {
      await runner.rollbackTransaction();
      await runner.release();
    },
  };
}
