// Before a way in ends by itself, whoever holds it is told once: what they still need it for should not stop them at a closed door.

import { IsNull, LessThanOrEqual, Not } from "typeorm";
import { dayInEngland } from "../domain/plain-date.ts";
import { ChildAccessRow } from "../store/rows-access.ts";
import { noteOn } from "./getting-in-told.ts";
import type { Hub } from "./hub.ts";
import { type Note, tell } from "./telling.ts";

/** Rows taken on at a time. */
const AT_ONCE = 200;

/** Warns of every end that is near. Each once, whoever else does the same at the same time. Returns how many it found. */
export async function warnOfEnding(hub: Hub): Promise<number> {
  let found = 0;
  for (;;) {
    const rows = await hub.db.manager.find(ChildAccessRow, {
      where: { warnAt: LessThanOrEqual(hub.now()) },
      order: { warnAt: "ASC" },
      take: AT_ONCE,
    });
    for (const row of rows) await warn(hub, row);
    found += rows.length;
    if (rows.length < AT_ONCE) return found;
  }
}

async function warn(hub: Hub, row: ChildAccessRow): Promise<void> {
  const tellAt = await hub.db.transaction("READ COMMITTED", async (db) => {
    const { affected } = await db.update(ChildAccessRow, { id: row.id, warnAt: Not(IsNull()) }, { warnAt: null });
    const { state, endsAt } = row;
    if (affected !== 1 || state !== "ACTIVE" || endsAt === null || endsAt <= hub.now()) return [];
    return tell(hub, { db, notes: [endsNote(row, endsAt)] });
  });
  void hub.wake.telling(tellAt);
}

const endsNote = (row: ChildAccessRow, endsAt: Date): Note =>
  noteOn(row, {
    kind: "ACCESS_ENDS",
    says: `Your access to a child's record ends with ${dayInEngland(new Date(endsAt.getTime() - 1))}: ask anew if you still need it`,
    urgent: false,
    to: [{ actorId: row.actorId }],
  });
