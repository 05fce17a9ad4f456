// The decision on a child, made once for each child and caller and handed to whatever is asked about the child. Everything that leads to
// a child goes through here: no edge of the graph leads round it.

import type { Access, AccessFacts } from "../domain/access.ts";
import { decideAccess, HUB_ITSELF } from "../domain/access-rules.ts";
import { groupBy } from "../domain/group.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { mayReadChildren, seesWhole, WITH_CHILDREN } from "../domain/sharing.ts";
import { everyIdOf } from "../store/people.ts";
import {
  childrenOf,
  everyShield,
  owedBy,
  referredBy,
  shieldsOn,
  type Standing,
  standingsOf,
} from "../store/ways-in.ts";
import type { Caller, Hub } from "./hub.ts";
import { readPostBook } from "./posts.ts";

const decided = new WeakMap<object, Map<string, Promise<Access>>>();

/** What these children are to this caller. Decided once for a caller: a request sees one answer from its beginning to its end, but for
 *  what it changes itself (`forgetAccess`). */
export async function accessTo(
  hub: Hub,
  caller: Caller,
  childIds: readonly string[],
): Promise<ReadonlyMap<string, Access>> {
  if (caller.actor.kind === "CLOCK") return new Map(childIds.map((id) => [id, HUB_ITSELF]));
  let known = decided.get(caller);
  if (!known) decided.set(caller, (known = new Map()));
  const missing = [...new Set(childIds)].filter((id) => !known.has(id));
  if (missing.length > 0) {
    const deciding = decide(hub, caller, missing);
    for (const id of missing)
      known.set(
        id,
        deciding.then((found) => found.get(id) ?? nobody()),
      );
    // Whoever waits for one of them hears of a failure; nothing is kept of it.
    await deciding.catch(() => missing.forEach((id) => known.delete(id)));
    await deciding;
  }
  const found = await Promise.all(childIds.map(async (id) => [id, await (known.get(id) ?? nobody())] as const));
  return new Map(found);
}

const nobody = (): never => {
  throw new Error("A child was left without a decision");
};

/** What one child is to this caller. */
export async function accessToOne(hub: Hub, caller: Caller, childId: string): Promise<Access> {
  return (await accessTo(hub, caller, [childId])).get(childId) ?? nobody();
}

/** Stands for a child that the hub does not know: what is asked about nothing is ruled on as if it were about any child at all, so that
 *  a refusal does not tell which things exist. */
const NO_CHILD = "00000000-0000-0000-0000-000000000000";

/** What any child is to this caller of whom nothing else is known. */
export const accessToAnybody = (hub: Hub, caller: Caller): Promise<Access> => accessToOne(hub, caller, NO_CHILD);

/** Something about a child, with the decision on the child; as if there were nothing where the caller may not know of the child. */
export async function withAccess<Thing extends { readonly childId: string | null }>(
  hub: Hub,
  caller: Caller,
  found: Thing | null,
): Promise<{ readonly found: Thing | null; readonly access: Access }> {
  const access = await accessToOne(hub, caller, found?.childId ?? NO_CHILD);
  const isHidden = found !== null && found.childId !== null && isKeptFrom(caller, access);
  return isHidden ? { found: null, access: await accessToAnybody(hub, caller) } : { found, access };
}

/** Whether this very child is kept from somebody who works with children. Others are told of no child anyhow. */
const isKeptFrom = ({ actor }: Caller, access: Access): boolean => access.barred && mayReadChildren(actor).allowed;

/** Each of these things with the decision on its child, without those about children of whom the caller may not know. */
export async function eachWithAccess<Thing extends { readonly childId: string | null }>(
  hub: Hub,
  caller: Caller,
  things: readonly Thing[],
): Promise<{ readonly thing: Thing; readonly access: Access }[]> {
  const access = await accessTo(hub, caller, [...new Set(things.map(({ childId }) => childId ?? NO_CHILD))]);
  return things.flatMap((thing) => {
    const mine = access.get(thing.childId ?? NO_CHILD) ?? nobody();
    return thing.childId !== null && isKeptFrom(caller, mine) ? [] : [{ thing, access: mine }];
  });
}

/** Decides afresh from here on: the caller's ways in have changed. */
export function forgetAccess(caller: Caller): void {
  decided.delete(caller);
}

async function decide(hub: Hub, caller: Caller, childIds: readonly string[]): Promise<ReadonlyMap<string, Access>> {
  const { actor } = caller;
  const { standing } = hub.area.sharing;
  const facts = await factsOf(hub, caller, childIds);
  return new Map(childIds.map((id) => [id, decideAccess({ actor, facts: facts.get(id) ?? NO_FACTS, standing })]));
}

const NO_FACTS: AccessFacts = { held: [], answersFor: false, referred: false, shields: [], namedOut: false };

/** Facts in as few looks as will decide: a screener's access hangs on shields alone, and posts are looked up only for those whom
 *  nothing else lets in. */
async function factsOf(
  hub: Hub,
  { actor }: Caller,
  childIds: readonly string[],
): Promise<ReadonlyMap<string, AccessFacts>> {
  if (actor.role === null || !WITH_CHILDREN[actor.role]) return new Map();
  const looked = { actorId: actor.id, childIds, now: hub.now() };
  const standings = await standingsOf(hub.db, looked);
  const shields = await shieldsAmong(hub, [...standings.values()]);
  const isScreener = hub.area.sharing.standing.some(({ role }) => role === actor.role);
  const undecided = [...standings.values()].flatMap(({ ids, held }) => (isScreener || held.length > 0 ? [] : ids));
  const [referred, owed] =
    undecided.length > 0
      ? await Promise.all([
          referredBy(hub.db, { ...looked, childIds: undecided }),
          owedForPosts(hub, actor.id, undecided),
        ])
      : [NOBODYS, NOBODYS];
  const facts = new Map<string, AccessFacts>();
  for (const [id, { ids, held }] of standings) {
    const mine = ids.flatMap((each) => shields.get(each) ?? []);
    facts.set(id, {
      held,
      answersFor: ids.some((each) => owed.has(each)),
      referred: ids.some((each) => referred.has(each)),
      // A shield that names one person keeps only that person out.
      shields: mine.flatMap(({ kind, namedOutActorId }) => (namedOutActorId === null ? [kind] : [])),
      namedOut: mine.some(({ namedOutActorId }) => namedOutActorId === actor.id),
    });
  }
  return facts;
}

const NOBODYS: ReadonlySet<string> = new Set();

/** Shields by child. Most children have none, and their own rows say so. */
async function shieldsAmong(hub: Hub, standings: readonly Standing[]) {
  const shielded = standings.flatMap((standing) => (standing.shielded ? standing.ids : []));
  return groupBy(shielded.length > 0 ? await shieldsOn(hub.db, shielded) : [], ({ childId }) => childId);
}

async function owedForPosts(hub: Hub, actorId: string, childIds: readonly string[]): Promise<ReadonlySet<string>> {
  const book = await readPostBook(hub, hub.db.manager);
  return owedBy(hub.db, book.answersFor(actorId, dayInEngland(hub.now())), { actorId, childIds });
}

/** Children of whom this caller may not learn that the hub knows them, for lists and counts to leave out. Shields are few. */
export async function barredFrom(hub: Hub, caller: Caller): Promise<string[]> {
  if (caller.actor.kind === "CLOCK" || !mayReadChildren(caller.actor).allowed) return [];
  const shields = await everyShield(hub.db);
  if (shields.length === 0) return [];
  const shielded = await everyIdOf(hub.db, [...new Set(shields.map(({ childId }) => childId))]);
  // By every id: a list may hold what bears another than the shield does.
  const access = await accessTo(hub, caller, [...new Set([...shielded.values()].flat())]);
  return [...access].filter(([, { barred }]) => barred).map(([id]) => id);
}

/** Children whose whole story is open to this caller by a way in of their own, for lists to take in. */
export async function wholeStoriesOf(hub: Hub, caller: Caller): Promise<string[]> {
  const mineNow = await childrenOf(hub.db, { actorId: caller.actor.id, now: hub.now() });
  const held = [...new Set([...(await everyIdOf(hub.db, mineNow)).values()].flat())];
  const access = await accessTo(hub, caller, held);
  return held.filter((id) => {
    const mine = access.get(id);
    return mine !== undefined && seesWhole(mine);
  });
}
