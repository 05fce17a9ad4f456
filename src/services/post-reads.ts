// Who holds which post, and which nobody does, for whoever asks.

import { IsNull } from "typeorm";
import { dayInEngland } from "../domain/plain-date.ts";
import { makePostBook } from "../domain/post-book.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayReadPosts } from "../domain/sharing-posts.ts";
import { isHeld, neededPosts } from "../domain/vacancies.ts";
import { Post, type PostsWanted, type Vacancy } from "../schema/post.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";

/** Most posts in one answer: more than an area has. */
const MOST = 1_000;

/** Posts that are held now, oldest appointment first. */
export async function findPosts(hub: Hub, caller: Caller, { agencyId, role, teamId }: PostsWanted): Promise<Post[]> {
  const act = { what: "posts.read", subjects: [], ruling: mayReadPosts(caller.actor) };
  await permitOrRecord(hub, caller, act);
  const posts = await hub.db.manager.find(Post, {
    where: { endedAt: IsNull(), ...(agencyId && { agencyId }), ...(role && { role }), ...(teamId && { teamId }) },
    order: { id: "ASC" },
    take: MOST + 1,
  });
  if (posts.length > MOST) throw new Refusal("TOO_LARGE", "agencyId: there are too many posts; ask for one agency's");
  await record(hub, caller, act);
  return posts;
}

/** Posts that the area's policy relies on and that nobody holds, each with those who are told in its place today. */
export async function findVacancies(hub: Hub, caller: Caller): Promise<Vacancy[]> {
  const act = { what: "vacancies.read", subjects: [], ruling: mayReadPosts(caller.actor) };
  await permitOrRecord(hub, caller, act);
  const posts = await hub.db.manager.find(Post, { where: { endedAt: IsNull() }, order: { id: "ASC" } });
  const book = makePostBook(posts);
  const today = dayInEngland(hub.now());
  const names = new Map<string | null, string | null>();
  for (const { coverId, coverName, holderId, holderName } of posts)
    names.set(coverId, coverName).set(holderId, holderName);
  await record(hub, caller, act);
  return neededPosts(hub.area)
    .filter((needed) => !isHeld(needed, posts))
    .map((needed) => ({
      ...needed,
      toldInstead: book.holders(needed, today).map(({ actorId }) => names.get(actorId) ?? actorId),
    }));
}
