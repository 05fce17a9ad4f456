// Ways in, listed: one's own, and those that wait for the caller's word.

import { In, IsNull } from "typeorm";
import type { Access } from "../domain/access.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { mayDecideWayIn, mayReviewGlass } from "../domain/sharing-access.ts";
import { mayReadChildren } from "../domain/sharing.ts";
import type { ChildAccess } from "../schema/access.ts";
import { Obligation } from "../schema/obligation.ts";
import { everyIdOf } from "../store/people.ts";
import { ChildAccessRow } from "../store/rows-access.ts";
import { shieldsOn } from "../store/ways-in.ts";
import { accessTo } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { ownerOfRow } from "./due-notes.ts";
import { isHidden, shown } from "./getting-in-rows.ts";
import { teamOf } from "./getting-in-told.ts";
import type { Caller, Hub } from "./hub.ts";
import { readPostBook } from "./posts.ts";

/** More than one person has, and more than wait for one. */
const MOST = 500;

/** The caller's own ways in, newest first: those that wait and those that have ended, too. Nothing of a child of whom they may not know
 *  any more. */
export async function myAccess(hub: Hub, caller: Caller): Promise<ChildAccess[]> {
  const act = { what: "access.own.read", subjects: [], ruling: mayReadChildren(caller.actor) };
  await permitOrRecord(hub, caller, act);
  const rows = await hub.db.manager.find(ChildAccessRow, {
    where: { actorId: caller.actor.id },
    order: { id: "DESC" },
    take: MOST,
  });
  const access = await accessTo(hub, caller, childrenIn(rows));
  await record(hub, caller, act);
  return rows.filter(({ childId }) => access.get(childId)?.barred === false).map((row) => shown(hub, row));
}

const childrenIn = (rows: readonly ChildAccessRow[]): string[] => [...new Set(rows.map(({ childId }) => childId))];

/** What waits for the caller's word, oldest first: requests and proposals, and broken glass that nobody has reviewed. */
export async function accessRequests(hub: Hub, caller: Caller): Promise<ChildAccess[]> {
  const ruling = mayReadChildren(caller.actor);
  await permitOrRecord(hub, caller, { what: "access.requests.read", subjects: [], ruling });
  const rows = await hub.db.manager.find(ChildAccessRow, {
    where: [{ state: "PENDING" }, { kind: "BREAK_GLASS", justified: IsNull() }],
    order: { id: "ASC" },
    take: MOST,
  });
  const access = await accessTo(hub, caller, childrenIn(rows));
  const asked = await reviewsPutTo(hub, caller, rows);
  const waiting = rows.filter((row) => {
    const mine = access.get(row.childId);
    return mine !== undefined && isForMe(caller, { row, access: mine, isAsked: asked.has(row.id) });
  });
  await record(hub, caller, { what: "access.requests.read", subjects: childrenIn(waiting), ruling });
  return waiting.map((row) => shown(hub, row));
}

interface Waiting {
  readonly row: ChildAccessRow;
  readonly access: Access;
  readonly isAsked: boolean;
}

const isForMe = ({ actor }: Caller, { row, access, isAsked }: Waiting): boolean =>
  (row.kind === "BREAK_GLASS"
    ? mayReviewGlass(actor, access, { actorId: row.actorId, isAsked })
    : mayDecideWayIn(actor, access, row)
  ).allowed;

/** Those of these whose review is put to the caller: they hold or cover the post that owes it, or are told in its place; of a child who is
 *  hidden from whoever holds that post, they are allocated. */
export async function reviewsPutTo(
  hub: Hub,
  { actor }: Caller,
  rows: readonly ChildAccessRow[],
): Promise<ReadonlySet<string>> {
  const ids = rows.flatMap(({ obligationId }) => obligationId ?? []);
  if (ids.length === 0) return new Set();
  const owed = await hub.db.manager.findBy(Obligation, { id: In(ids) });
  const book = await readPostBook(hub, hub.db.manager);
  const on = dayInEngland(hub.now());
  const mine = book.answersFor(actor.id, on);
  const isMine = (obligation: Obligation) => {
    const owner = ownerOfRow(obligation);
    return (
      mine.some((own) => own.agencyId === owner.agencyId && own.teamId === owner.teamId && own.role === owner.role) ||
      book.holders(owner, on).some(({ actorId }) => actorId === actor.id)
    );
  };
  const putToMe = new Set(owed.filter(isMine).map(({ id }) => id));
  const hidden = await hiddenAndMine(hub, actor.id, rows);
  const isPutToMe = ({ childId, obligationId }: ChildAccessRow) =>
    obligationId !== null && (putToMe.has(obligationId) || hidden.has(childId));
  return new Set(rows.filter(isPutToMe).map(({ id }) => id));
}

/** Children among these who are hidden from all but the team, and to whom this actor is allocated. */
async function hiddenAndMine(hub: Hub, actorId: string, rows: readonly ChildAccessRow[]): Promise<ReadonlySet<string>> {
  const idsOf = await everyIdOf(hub.db, childrenIn(rows));
  const among = [...new Set([...idsOf.values()].flat())];
  const shields = (await shieldsOn(hub.db, among)).filter(({ namedOutActorId }) => namedOutActorId === null);
  const isKept = (ids: readonly string[]) =>
    isHidden(new Set(shields.flatMap(({ childId, kind }) => (ids.includes(childId) ? [kind] : []))));
  const kept = [...idsOf].filter(([, ids]) => isKept(ids));
  if (kept.length === 0) return new Set();
  const team = await teamOf(hub, hub.db.manager, [...new Set(kept.flatMap(([, ids]) => ids))]);
  const own = team.filter((row) => row.actorId === actorId && row.relation === "ALLOCATED");
  return new Set(kept.filter(([, ids]) => own.some(({ childId }) => ids.includes(childId))).map(([id]) => id));
}
