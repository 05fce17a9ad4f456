// What keeps a child in the hub, for whoever answers for data protection.

import { Refusal } from "../domain/refusal.ts";
import { type Keep, whyKept } from "../domain/retention.ts";
import { mayReadKeeping, mayReadRetention } from "../domain/sharing-keeping.ts";
import { isUuid } from "../domain/uuid.ts";
import type { ChildKeeping, RetentionClass } from "../schema/keeping.ts";
import { permitOrRecord, record } from "./audit.ts";
import { findKept, inTheWay, keptOf } from "./erasure.ts";
import { holdsOn } from "./holds.ts";
import type { Caller, Hub } from "./hub.ts";

const FROM = { BIRTH: "the birth", LAST_ACTIVITY: "the hub last did anything for the child" } as const;

/** How long this child is kept, why, and what else stands against erasing. */
export async function keepingOfChild(hub: Hub, caller: Caller, childId: string): Promise<ChildKeeping> {
  const act = {
    what: "keeping.read",
    subjects: isUuid(childId) ? [childId] : [],
    ruling: mayReadKeeping(caller.actor),
  };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
  const { manager } = hub.db;
  const child = isUuid(childId) ? await findKept(manager, childId) : null;
  if (!child) throw new Refusal("NOT_FOUND", "There is no such child");
  const { keptBy, until } = keptOf(hub, child).keeping;
  const holding = child.records.filter(({ gone }) => !gone).map(({ agencyId }) => agencyId);
  return {
    childId,
    keptBy: shown({ ...keptBy, from: FROM[keptBy.from] }),
    until,
    mayEndEarlier: keptBy.mayEndEarlier,
    inTheWay: whyKept(await inTheWay(hub, manager, child.personIds)),
    heldByAgencies: [...new Set(holding)].sort(),
    holds: await holdsOn(hub, child.personIds),
  };
}

/** How long the hub keeps what: children first, then tables. */
export async function retentionClasses(hub: Hub, caller: Caller): Promise<RetentionClass[]> {
  await permitOrRecord(hub, caller, { what: "retention.read", subjects: [], ruling: mayReadRetention(caller.actor) });
  const { children, tables } = hub.national.retention;
  return [
    ...children.map((each) => shown({ ...each, from: FROM[each.from] })),
    ...tables.map((each) => shown({ ...each, covers: each.covers.join(", ") })),
  ];
}

function inWords(keep: Keep | null): string | null {
  const [[unit, count] = []] = Object.entries(keep ?? {});
  return unit === undefined ? null : `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}

const shown = ({
  id,
  covers,
  keep,
  from,
  source,
  edition,
  status,
}: Omit<RetentionClass, "keep"> & { readonly keep: Keep | null }): RetentionClass => ({
  id,
  covers,
  keep: inWords(keep),
  from,
  source,
  edition,
  status,
});
