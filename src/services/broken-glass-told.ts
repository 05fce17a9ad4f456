// The second person, who is told when somebody breaks the glass and owes the review: never whoever broke it, nor anybody whom a shield keeps
// from the child.

import { type EntityManager, In, IsNull, Not } from "typeorm";
import { dayInEngland } from "../domain/plain-date.ts";
import type { Owner } from "../domain/post.ts";
import { makePostBook } from "../domain/post-book.ts";
import { Post } from "../schema/post.ts";
import { ChildShieldRow } from "../store/rows-access.ts";
import type { Hub } from "./hub.ts";
import { ownerOf } from "./obligations.ts";

interface Broke {
  readonly actorId: string;
  readonly agencyId: string | null;
  readonly childIds: readonly string[];
}

/** The post that is told: a manager of their own agency, their own team's first; its escalation lead; the manager of the MASH. A post that
 *  they hold or cover themselves is passed over, and so is one whose holder may not know of the child. */
export async function secondPerson(hub: Hub, db: EntityManager, broke: Broke): Promise<Owner> {
  const posts = await db.find(Post, { where: { endedAt: IsNull() }, order: { id: "ASC" } });
  const out = await db.findBy(ChildShieldRow, {
    childId: In([...broke.childIds]),
    liftedAt: IsNull(),
    namedOutActorId: Not(IsNull()),
  });
  const unfit = new Set<string | null>([broke.actorId, ...out.map(({ namedOutActorId }) => namedOutActorId)]);
  const book = makePostBook(posts);
  const on = dayInEngland(hub.now());
  const isFit = (owner: Owner) => {
    const told = book.holders(owner, on);
    const holds = posts.filter((post) => isSame(post, owner));
    return (
      told.length > 0 && [...told.map(({ actorId }) => actorId), ...holds.flatMap(bothOf)].every((id) => !unfit.has(id))
    );
  };
  const mine = new Set(posts.filter((post) => bothOf(post).includes(broke.actorId)).map(({ teamId }) => teamId));
  const own = posts.filter(({ agencyId }) => agencyId === broke.agencyId);
  const managers = own.filter(({ role }) => role === "MANAGER");
  const inOrder = [
    ...managers.filter(({ teamId }) => teamId !== null && mine.has(teamId)),
    ...managers.filter(({ teamId }) => teamId === null),
    ...managers,
    ...own.filter(({ role }) => role === "ESCALATION_LEAD"),
  ].map(({ agencyId, teamId, role }): Owner => ({ agencyId, teamId, role }));
  return inOrder.find(isFit) ?? ownerOf(hub, "break-glass-review");
}

const isSame = (one: Owner, other: Owner): boolean =>
  one.agencyId === other.agencyId && one.teamId === other.teamId && one.role === other.role;

const bothOf = ({ holderId, coverId }: Post): string[] => (coverId === null ? [holderId] : [holderId, coverId]);
