// The directory of posts: who answers for what in each team and agency, and who stands in.

import { type EntityManager, IsNull } from "typeorm";
import { isPartnershipPost } from "../domain/escalation.ts";
import { isCounted, NOT_COUNTED } from "../domain/plain-date.ts";
import { makePostBook, type PostBook } from "../domain/post-book.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Owner } from "../domain/post.ts";
import type { Ruling } from "../domain/sharing.ts";
import { mayAppoint, mayKeepPost, mayReadPosts } from "../domain/sharing-posts.ts";
import { isUuid } from "../domain/uuid.ts";
import type { Obligation } from "../schema/obligation.ts";
import { type Appoint, type AwayArgs, type CoverInput, Post } from "../schema/post.ts";
import { isDuplicate } from "../store/insert.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { alarmsFor } from "./obligations.ts";
import { confirmAgain, endConfirming, openConfirming } from "./post-confirming.ts";

/** Who is told of what today, in one statement. Hold it no longer than a transaction: posts change. */
export async function readPostBook(_hub: Hub, db: EntityManager): Promise<PostBook> {
  return makePostBook(await db.find(Post, { where: { endedAt: IsNull() }, order: { id: "ASC" } }));
}

/** Puts somebody in a post, and starts the clock on confirming it. */
export async function appoint(hub: Hub, caller: Caller, input: Appoint): Promise<Post> {
  const { agencyId, role, holderId, holderName, holderEmail = null, coverId, coverName, coverEmail } = input;
  const teamId = input.teamId ?? null;
  const ruling = mayAppoint(caller.actor, { agencyId, teamId });
  await permitOrRecord(hub, caller, { what: "post.appointed", subjects: [], ruling });
  mustBeInArea(hub, { agencyId, teamId });
  mustFitRole(hub, { agencyId, teamId, role });
  if (Boolean(coverId) !== Boolean(coverName))
    throw new Refusal("BAD_INPUT", "coverId, coverName: name whoever stands in by both, or by neither");
  if (coverEmail && !coverId) throw new Refusal("BAD_INPUT", "coverEmail: say whose address it is");
  const cover = coverId && coverName ? { id: coverId, name: coverName, email: coverEmail ?? null } : null;
  const draft: Post = {
    id: hub.newId(),
    agencyId,
    teamId,
    role,
    holderId,
    holderName,
    holderEmail,
    ...coverColumns(cover, holderId),
    awayFromOn: null,
    awayUntilOn: null,
    confirmedAt: hub.now(),
    obligationId: null,
    heldKey: [agencyId, teamId ?? "", role, holderId].join("/"),
    endedAt: null,
  };
  const putting = hub.db.transaction(async (db) => {
    const opened = await openConfirming(hub, caller, { db, post: draft });
    const post = { ...draft, obligationId: opened[0]?.id ?? null };
    await db.insert(Post, post);
    await record(hub, caller, { what: "post.appointed", subjects: [post.id], ruling, db });
    return { post, opened };
  });
  const { post, opened } = await putting.catch((error: unknown) => {
    throw isDuplicate(error) ? new Refusal("CONFLICT", "They hold this post already") : error;
  });
  void hub.wake.clocks(alarmsFor(opened));
  return post;
}

/** Ends a post: what it owes falls to the next in line. */
export const endPost = (hub: Hub, caller: Caller, id: string): Promise<Post> =>
  changePost(hub, caller, {
    id,
    what: "post.ended",
    ruling: (post) => mayAppoint(caller.actor, post),
    async change(db, post) {
      await endConfirming(hub, caller, { db, post });
      return { changes: { endedAt: hub.now(), obligationId: null, heldKey: null } };
    },
  });

/** Says that the holder is away from the first to the last of these days, and who stands in; without any day, that they are here. */
export const setAway = (
  hub: Hub,
  caller: Caller,
  { id, fromOn = null, untilOn = null, cover }: AwayArgs,
): Promise<Post> =>
  changePost(hub, caller, {
    id,
    what: "post.away",
    ruling: (post) => mayKeepPost(caller.actor, post),
    async change(_db, post) {
      if (fromOn === null && untilOn !== null) throw new Refusal("BAD_INPUT", "fromOn: name the first day, too");
      if (fromOn !== null && untilOn !== null && untilOn < fromOn)
        throw new Refusal("BAD_INPUT", "untilOn: the last day must not be before the first");
      for (const [name, on] of Object.entries({ fromOn, untilOn }))
        if (on !== null && !isCounted(on)) throw new Refusal("BAD_INPUT", `${name}: ${NOT_COUNTED}`);
      const away = { awayFromOn: fromOn, awayUntilOn: untilOn };
      return { changes: cover ? { ...away, ...coverColumns(cover, post.holderId) } : away };
    },
  });

/** Names who stands in while the holder is away; null names nobody. */
export const setCover = (
  hub: Hub,
  caller: Caller,
  { id, cover }: { readonly id: string; readonly cover: CoverInput | null },
): Promise<Post> =>
  changePost(hub, caller, {
    id,
    what: "post.cover",
    ruling: (post) => mayKeepPost(caller.actor, post),
    change: async (_db, post) => ({ changes: coverColumns(cover, post.holderId) }),
  });

/** Confirms that a post and its cover are still right: meets what is owed, and starts the clock anew. */
export const confirmPost = (hub: Hub, caller: Caller, id: string): Promise<Post> =>
  changePost(hub, caller, {
    id,
    what: "post.confirmed",
    ruling: (post) => mayKeepPost(caller.actor, post),
    async change(db, post) {
      const confirmedAt = hub.now();
      const opened = await confirmAgain(hub, caller, { db, post: { ...post, confirmedAt } });
      return { changes: { confirmedAt, obligationId: opened[0]?.id ?? null }, opened };
    },
  });

interface Change {
  readonly id: string;
  readonly what: string;
  readonly ruling: (post: Post) => Ruling;
  readonly change: (
    db: EntityManager,
    post: Post,
  ) => Promise<{ readonly changes: Partial<Post>; readonly opened?: readonly Obligation[] }>;
}

/** Changes a post that has not ended, with its record, in one transaction; one change at a time. */
async function changePost(hub: Hub, caller: Caller, { id, what, ruling, change }: Change): Promise<Post> {
  await permitOrRecord(hub, caller, { what, subjects: [], ruling: mayReadPosts(caller.actor) });
  const found = isUuid(id) ? await hub.db.manager.findOneBy(Post, { id }) : null;
  if (!found) throw new Refusal("NOT_FOUND", "There is no such post");
  await permitOrRecord(hub, caller, { what, subjects: [id], ruling: ruling(found) });
  const { post, opened } = await hub.db.transaction(async (db) => {
    const held = await db.findOneOrFail(Post, { where: { id }, lock: { mode: "pessimistic_write" } });
    if (held.endedAt) throw new Refusal("WRONG_STEP", "This post has ended");
    const { changes, opened = [] } = await change(db, held);
    await db.update(Post, id, changes);
    await record(hub, caller, { what, subjects: [id], ruling: ruling(held), db });
    return { post: { ...held, ...changes }, opened };
  });
  void hub.wake.clocks(alarmsFor(opened));
  return post;
}

function coverColumns(cover: CoverInput | null, holderId: string) {
  if (cover?.id === holderId) throw new Refusal("BAD_INPUT", "cover: somebody else than the holder must stand in");
  return { coverId: cover?.id ?? null, coverName: cover?.name ?? null, coverEmail: cover?.email ?? null };
}

function mustBeInArea({ area }: Hub, { agencyId, teamId }: { agencyId: string; teamId: string | null }): void {
  if (!area.agencies.some(({ id }) => id === agencyId))
    throw new Refusal("BAD_INPUT", `agencyId: use one of ${area.agencies.map(({ id }) => id).join(", ")}`);
  const teams = area.teams.filter((team) => team.agencyId === agencyId).map(({ id }) => id);
  if (teamId === null || teams.includes(teamId)) return;
  const use = teams.length > 0 ? `use one of ${teams.join(", ")}, or none` : "this agency has no teams; leave it out";
  throw new Refusal("BAD_INPUT", `teamId: ${use}`);
}

/** Some roles answer for the partnership, some for a whole agency. */
function mustFitRole({ area }: Hub, { agencyId, teamId, role }: Owner): void {
  const isPartnership = area.agencies.some(({ id, sector }) => id === agencyId && sector === "PARTNERSHIP");
  if (isPartnershipPost(role) && !isPartnership)
    throw new Refusal("BAD_INPUT", "role: CHAIR and BUSINESS_MANAGER are the partnership's; no other agency has them");
  if ((role === "ESCALATION_LEAD" || role === "EXECUTIVE") && teamId !== null)
    throw new Refusal("BAD_INPUT", "teamId: this role answers for a whole agency; leave the team out");
}
