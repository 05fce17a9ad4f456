// What is over is erased by the hub itself: rows by their age, and children whose class is over. It may run twice, and at once: each
// child is held and looked at anew before anything goes, and a hold goes before everything.

import { AGED, before, type Keep, shortestBefore, whyKept } from "../domain/retention.ts";
import { yes } from "../domain/sharing.ts";
import { atInEngland } from "../domain/instant.ts";
import { again } from "../store/again.ts";
import { AGED_ROWS, deleteAged, emptyExpired } from "../store/aged-rows.ts";
import { everybodyHeld, keptChildren, whoMayBeOver } from "../store/child-keeping.ts";
import { type ChildKept, eraseKept, type ErasureScope, holdKept, inTheWay, keptOf, today } from "./erasure.ts";
import { claim } from "./heartbeat.ts";
import type { Caller, Hub } from "./hub.ts";
import { forgetDue } from "./sealed-forgetting.ts";

const HOUR_MS = 3_600_000;
const ROWS_AT_ONCE = 500;
const CHILDREN_AT_ONCE = 100;
/** The most that one run erases: the next goes on. */
const MOST_CHILDREN = 500;

/** Erases what is over, where no process has within the hour. Returns how much it erased. */
export async function eraseHourly(hub: Hub, caller: Caller): Promise<number> {
  return (await claim(hub, "retention", HOUR_MS)) ? eraseDue(hub, caller) : 0;
}

/** Erases everything that is over now. */
export async function eraseDue(hub: Hub, caller: Caller): Promise<number> {
  const rows = await eraseAged(hub, caller);
  const children = await eraseChildren(hub, caller);
  if (rows + children > 0) hub.log.info({ rows, children }, "what was over was erased");
  return rows + children;
}

/** Rows that go by their age. */
async function eraseAged(hub: Hub, { signal }: Caller): Promise<number> {
  const { manager } = hub.db;
  const held = await everybodyHeld(manager);
  let erased = await emptyExpired(manager, hub.now());
  for (const name of AGED) {
    const kept = hub.national.retention.tables.find(({ covers }) => covers.includes(name));
    if (!kept?.keep) continue;
    const bounds = { before: agedBefore(hub, kept.keep), take: ROWS_AT_ONCE, held };
    for (let after = ""; !signal.aborted;) {
      const page = await again(() =>
        hub.db.transaction("READ COMMITTED", (db) => deleteAged(db, AGED_ROWS[name], { ...bounds, after })),
      );
      if (!page) break;
      erased += page.deleted;
      ({ after } = page);
    }
  }
  return erased;
}

const agedBefore = (hub: Hub, keep: Keep): Date => atInEngland(before(today(hub), keep), "00:00");

/** Children whose class is over: what the hub did for them; and whoever no agency has a record of, altogether. */
async function eraseChildren(hub: Hub, caller: Caller): Promise<number> {
  const { manager } = hub.db;
  const sinceBefore = atInEngland(shortestBefore(hub.national.retention, today(hub)), "00:00");
  let erased = 0;
  for (let after = ""; !caller.signal.aborted && erased < MOST_CHILDREN;) {
    const page = await whoMayBeOver(manager, { before: sinceBefore, after, take: CHILDREN_AT_ONCE });
    for (const child of page.length > 0 ? await keptChildren(manager, page) : []) {
      if (caller.signal.aborted) break;
      if (scopeOf(hub, keptOf(hub, child)) && (await eraseOne(hub, caller, child.personIds[0] ?? ""))) erased += 1;
    }
    after = page.at(-1)?.id ?? "";
    if (page.length < CHILDREN_AT_ONCE) break;
  }
  if (erased > 0) await forgetDue(hub);
  return erased;
}

/** How much of a child is over today; null where nothing is. An agency that still holds a record is why the pointers stay. */
function scopeOf(hub: Hub, { facts, keeping, isHeldByAgencies }: ChildKept): ErasureScope | null {
  if (keeping.until > today(hub)) return null;
  if (!isHeldByAgencies) return "WHOLE";
  return facts.hasWork ? "WORK" : null;
}

/** Erases one child, who is looked at once more while nobody can change anything. Returns whether it did. */
const eraseOne = (hub: Hub, caller: Caller, childId: string): Promise<boolean> =>
  again(() =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      const child = await holdKept(db, childId);
      if (!child) return false;
      const kept = keptOf(hub, child);
      const scope = scopeOf(hub, kept);
      if (!scope || whyKept(await inTheWay(hub, db, child.personIds))) return false;
      const { id } = kept.keeping.keptBy;
      const because =
        scope === "WHOLE"
          ? "its time was over"
          : "its time was over; an agency still holds a record, and its pointer stays";
      await eraseKept(hub, caller, {
        db,
        child,
        scope,
        retentionClass: id,
        because,
        byActorId: caller.actor.id,
        approvedByActorId: null,
        ruling: yes(`retention-${id}`.slice(0, 60), because),
      });
      return true;
    }),
  );
