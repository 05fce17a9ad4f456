// Reading what is owed, one by one and a child's, and what people asked to change of it. Lists are in `obligation-lists.ts`.

import { In } from "typeorm";
import { groupBy } from "../domain/group.ts";
import type { ObligationEventKind } from "../domain/obligation.ts";
import { Refusal } from "../domain/refusal.ts";
import {
  mayAnswerForChildren,
  mayReadClock,
  mayReadObligation,
  mayReadReason,
  type OwedThing,
} from "../domain/sharing-clocks.ts";
import { mayReadAgencies, mayReadChildren } from "../domain/sharing.ts";
import { Obligation, ObligationChange, ObligationEvent } from "../schema/obligation.ts";
import { alsoKnownAs } from "../store/people.ts";
import { eachWithAccess, withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import type { Caller, Hub } from "./hub.ts";
import { isPutTo, readDesk, readTold, rulingOnClock } from "./obligation-deciders.ts";
import { readPostBook } from "./posts.ts";

/** The obligation with this id, if this caller may read it, be it without its child. */
export async function getObligation(hub: Hub, caller: Caller, id: string): Promise<Obligation> {
  const { actor } = caller;
  const named = isUuid(id) ? await hub.db.manager.findOneBy(Obligation, { id }) : null;
  const { found, access } = await withAccess(hub, caller, named);
  const ruling = found
    ? await rulingOnClock(actor, { obligation: found, access }, () => readTold(hub, [id]))
    : mayReadClock(actor, { childId: "", agencyId: "", access, answersForIt: false });
  const act = { what: "obligation.read", subjects: found ? [found.id] : [], ruling };
  await permitOrRecord(hub, caller, act);
  if (!found) throw new Refusal("NOT_FOUND", "There is no such obligation");
  await record(hub, caller, act);
  return found;
}

/** Whether the caller may read all of an obligation: also the words of those who asked to change it. */
export async function readsAll(hub: Hub, caller: Caller, obligation: Obligation): Promise<boolean> {
  const { found, access } = await withAccess(hub, caller, obligation);
  return found !== null && mayReadObligation(caller.actor, { ...obligation, access }).allowed;
}

/** Whether the caller may be told which child an obligation is about. */
export const readsChild = ({ actor }: Caller): boolean => mayReadChildren(actor).allowed;

/** What people changed, in their own words. */
const IN_WORDS: ReadonlySet<ObligationEventKind> = new Set(["PAUSED", "EXTENDED", "CANCELLED"]);

/** An obligation's history as far as the caller may read it: for one that they may not read all of, what happened and when, without
 *  the words of those who changed it. */
export const historyFor = (all: boolean, events: readonly ObligationEvent[]): ObligationEvent[] =>
  all ? [...events] : events.map((event) => (IN_WORDS.has(event.what) ? { ...event, because: NOT_SHOWN } : event));

const NOT_SHOWN = "the reason is for those who may read all of it";

/** Those of these that the caller may read; who read them is on record before they are given. */
export async function readable(hub: Hub, caller: Caller, found: readonly Obligation[]): Promise<Obligation[]> {
  const about = await eachWithAccess(hub, caller, found);
  const byRule = groupBy(about, ({ thing, access }) => {
    const { allowed, rule } = mayReadObligation(caller.actor, { ...thing, access });
    return allowed ? rule : null;
  });
  const allowed: Obligation[] = [];
  for (const [rule, some] of byRule) {
    if (rule === null) continue;
    const ruling = { allowed: true, rule, because: "" };
    await record(hub, caller, { what: "obligation.read", subjects: some.map(({ thing }) => thing.id), ruling });
    allowed.push(...some.map(({ thing }) => thing));
  }
  return allowed;
}

/** Each child's obligations that the caller may read, soonest due first; met ones too, and what was owed while they
 *  were known as somebody else. */
export async function obligationsOf(hub: Hub, caller: Caller, childIds: readonly string[]): Promise<Obligation[][]> {
  const known = await alsoKnownAs(hub.db, childIds);
  const found = await hub.db.manager.find(Obligation, {
    where: { childId: In([...known.values()].flat()) },
    order: { dueAt: "ASC", id: "ASC" },
  });
  const byChild = groupBy(await readable(hub, caller, found), ({ childId }) => childId);
  const inOrder = (rows: Obligation[]) => rows.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  return childIds.map((id) => inOrder((known.get(id) ?? [id]).flatMap((each) => byChild.get(each) ?? [])));
}

/** What happened to these obligations, in order. For ones that the caller was given. */
export async function eventsOf(hub: Hub, ids: readonly string[]): Promise<ObligationEvent[][]> {
  const found = await hub.db.manager.find(ObligationEvent, {
    where: { obligationId: In([...ids]) },
    order: { at: "ASC", id: "ASC" },
  });
  const byId = groupBy(found, ({ obligationId }) => obligationId);
  return ids.map((id) => byId.get(id) ?? []);
}

/** Wishes to move these clocks, in order. For ones that the caller was given. */
export async function changesOf(hub: Hub, ids: readonly string[]): Promise<ObligationChange[][]> {
  const found = await hub.db.manager.find(ObligationChange, {
    where: { obligationId: In([...ids]) },
    order: { requestedAt: "ASC", id: "ASC" },
  });
  const byId = groupBy(found, ({ obligationId }) => obligationId);
  return ids.map((id) => byId.get(id) ?? []);
}

/** A wish as far as the caller, to whom it is shown, may read it: for one who may not read the reason, a sentence that says so. */
export const changeFor = ({ actor }: Caller, owed: OwedThing, change: ObligationChange): ObligationChange =>
  mayReadReason(actor, owed).allowed ? change : { ...change, reason: NOT_SHOWN };

/** Wishes that wait for a decision on what is still owed, of obligations that the caller may read all of, and those put to the
 *  caller, oldest first. */
export async function changesWaiting(hub: Hub, caller: Caller): Promise<ObligationChange[]> {
  const { actor } = caller;
  const ruling = mayReadAgencies(actor);
  await permitOrRecord(hub, caller, { what: "changes.read", subjects: [], ruling });
  const waiting = await hub.db.manager
    .createQueryBuilder(ObligationChange, "c")
    .innerJoin(Obligation, "o", "o.id = c.obligationId")
    .where("c.decidedAt IS NULL AND o.metAt IS NULL AND o.state <> 'CANCELLED'")
    .orderBy("c.requestedAt", "ASC")
    .addOrderBy("c.id", "ASC")
    .limit(500)
    .getMany();
  const all = await hub.db.manager.findBy(Obligation, { id: In(waiting.map(({ obligationId }) => obligationId)) });
  const about = await eachWithAccess(hub, caller, all);
  const owed = about.map(({ thing }) => thing);
  const accessOf = new Map(about.map(({ thing, access }) => [thing.id, access]));
  const mine = new Set((await readable(hub, caller, owed)).map(({ id }) => id));
  const byId = new Map(owed.map((each) => [each.id, each]));
  const others = owed.filter(({ id }) => !mine.has(id)).map(({ id }) => id);
  const desk = await readDesk(hub, await readPostBook(hub, hub.db.manager), others);
  const decides = mayAnswerForChildren(actor);
  const putToMe = waiting.filter((asked) => {
    const one = byId.get(asked.obligationId);
    if (!one || mine.has(one.id) || (one.childId !== null && !decides.allowed)) return false;
    return isPutTo(hub, desk, { actorId: actor.id, owed: one, asked });
  });
  if (putToMe.length > 0) {
    const subjects = [...new Set(putToMe.map(({ obligationId }) => obligationId))];
    await record(hub, caller, { what: "obligation.read", subjects, ruling: decides.allowed ? decides : ruling });
  }
  const given = new Set(putToMe);
  return waiting.flatMap((asked) => {
    const one = byId.get(asked.obligationId);
    const access = one && accessOf.get(one.id);
    return access && (mine.has(one.id) || given.has(asked)) ? [changeFor(caller, { ...one, access }, asked)] : [];
  });
}
