// Who is told when something is owed: the holder of the post, whoever stands in, and who is next where nobody is there. Nothing
// that is owed is owed to nobody while anybody in the partnership holds a post.

import { groupBy } from "./group.ts";
import type { PlainDate } from "./plain-date.ts";
import type { Owner, PostRole } from "./post.ts";

/** A post that somebody holds, as the directory keeps it. */
export interface HeldPost {
  readonly id: string;
  readonly agencyId: string;
  /** Null for a post of the whole agency. */
  readonly teamId: string | null;
  readonly role: PostRole;
  readonly holderId: string;
  readonly holderEmail: string | null;
  readonly coverId: string | null;
  readonly coverEmail: string | null;
  /** First and last day of the holder's absence, in England, both included; without a last day it goes on. */
  readonly awayFromOn: PlainDate | null;
  readonly awayUntilOn: PlainDate | null;
}

/** Somebody to be told. */
export interface Recipient {
  /** The post for which they are told; null for a person as such. */
  readonly postId: string | null;
  /** Their sign-in. */
  readonly actorId: string;
  readonly email: string | null;
  readonly agencyId: string;
  /** They stand in for the holder. */
  readonly standsIn: boolean;
}

export interface PostBook {
  /** Whom to tell on this day of what this owner owes, each person once: all holders of the role, each or whoever stands in.
   *  Where nobody holds it, the same role elsewhere in the agency, then its managers (the team's first), its escalation leads, and
   *  the partnership's business manager. Where all who hold it are away and nobody stands in, they and the next in that line.
   *  Empty only where none of these posts is held. */
  holders(owner: Owner, on: PlainDate): readonly Recipient[];
  /** Whoever stands in for this holder, away or not; null where nobody is named, or where this is the stand-in. */
  cover(recipient: Recipient): Recipient | null;
  /** Who is above this recipient on this day: the team's manager, the agency's, its escalation lead, the business manager. Never
   *  the recipient themselves, nor another who was told of the same post; null at the top. */
  manager(recipient: Recipient, on: PlainDate): Recipient | null;
  /** What this person answers for on this day: every post they hold, and those they cover while their holders are away. */
  answersFor(actorId: string, on: PlainDate): readonly Owner[];
  /** Somebody as such, with the address that a post of theirs gives; null for somebody who neither holds nor covers a post. */
  person(actorId: string): Recipient | null;
}

const WHOLE = "";
const placeOf = ({ agencyId, teamId, role }: Owner) => `${agencyId} ${teamId ?? WHOLE} ${role}`;

const holderOf = (post: HeldPost): Recipient => ({
  postId: post.id,
  actorId: post.holderId,
  email: post.holderEmail,
  agencyId: post.agencyId,
  standsIn: false,
});

const coverOf = (post: HeldPost): Recipient | null =>
  post.coverId === null
    ? null
    : { postId: post.id, actorId: post.coverId, email: post.coverEmail, agencyId: post.agencyId, standsIn: true };

const isAway = ({ awayFromOn, awayUntilOn }: HeldPost, on: PlainDate): boolean =>
  awayFromOn !== null && awayFromOn <= on && (awayUntilOn === null || on <= awayUntilOn);

function eachOnce(recipients: readonly Recipient[]): readonly Recipient[] {
  const found = new Map<string, Recipient>();
  for (const recipient of recipients) if (!found.has(recipient.actorId)) found.set(recipient.actorId, recipient);
  return [...found.values()];
}

/** The directory of posts, indexed once. `posts` are those that have not ended. */
export function makePostBook(posts: readonly HeldPost[]): PostBook {
  const byId = new Map(posts.map((post) => [post.id, post]));
  const byPlace = groupBy(posts, placeOf);
  const byRole = groupBy(posts, ({ agencyId, role }) => `${agencyId} ${role}`);
  const byHolder = groupBy(posts, ({ holderId }) => holderId);
  const byCover = groupBy(posts, ({ coverId }) => coverId);
  const business = posts.filter(({ role }) => role === "BUSINESS_MANAGER");
  const answered = new Map<string, readonly Recipient[]>();

  const at = (agencyId: string, teamId: string | null, role: PostRole) =>
    byPlace.get(placeOf({ agencyId, teamId, role })) ?? [];
  const anywhere = (agencyId: string, role: PostRole) => byRole.get(`${agencyId} ${role}`) ?? [];

  /** The line that leads up from a place, nearest first. */
  const above = ({ agencyId, teamId }: Owner): (readonly HeldPost[])[] => [
    ...(teamId === null ? [] : [at(agencyId, teamId, "MANAGER")]),
    at(agencyId, null, "MANAGER"),
    anywhere(agencyId, "MANAGER"),
    anywhere(agencyId, "ESCALATION_LEAD"),
    business,
  ];

  /** The line above a post. It only ever leads up, so that what is handed on does not come back. */
  function aboveHolderOf(owner: Owner): (readonly HeldPost[])[] {
    const { agencyId, teamId, role } = owner;
    const leads = anywhere(agencyId, "ESCALATION_LEAD");
    if (role === "BUSINESS_MANAGER") return [];
    if (role === "ESCALATION_LEAD" || role === "EXECUTIVE") return [business];
    if (role !== "MANAGER") return above(owner);
    return teamId === null ? [leads, business] : [at(agencyId, null, "MANAGER"), leads, business];
  }

  /** Whom one post stands for on this day, and whether anybody is there. */
  function present(post: HeldPost, on: PlainDate): { readonly told: readonly Recipient[]; readonly reached: boolean } {
    const holder = holderOf(post);
    if (!isAway(post, on)) return { told: [holder], reached: true };
    const cover = coverOf(post);
    if (!cover) return { told: [holder], reached: false };
    const coverIsAway = byHolder.get(cover.actorId)?.some((own) => isAway(own, on)) ?? false;
    return coverIsAway ? { told: [cover, holder], reached: false } : { told: [cover], reached: true };
  }

  /** Down the line until somebody is there. */
  function along(line: readonly (readonly HeldPost[])[], on: PlainDate): readonly Recipient[] {
    const told: Recipient[] = [];
    for (const held of line) {
      const found = held.map((post) => present(post, on));
      told.push(...found.flatMap((each) => each.told));
      if (found.some(({ reached }) => reached)) break;
    }
    return eachOnce(told);
  }

  return {
    holders(owner, on) {
      const key = `${placeOf(owner)} ${on}`;
      const known = answered.get(key);
      if (known) return known;
      const { agencyId, teamId, role } = owner;
      const found = along([at(agencyId, teamId, role), anywhere(agencyId, role), ...above(owner)], on);
      answered.set(key, found);
      return found;
    },

    cover({ postId, actorId, standsIn }) {
      if (standsIn) return null;
      const post = postId === null ? byHolder.get(actorId)?.find(({ coverId }) => coverId !== null) : byId.get(postId);
      return post && post.coverId !== actorId ? coverOf(post) : null;
    },

    manager({ postId, actorId, agencyId }, on) {
      const post = postId === null ? byHolder.get(actorId)?.[0] : byId.get(postId);
      const told = new Set([actorId, post?.holderId, post?.coverId]);
      for (const held of aboveHolderOf(post ?? { agencyId, teamId: null, role: "PRACTITIONER" })) {
        const people = held.map((each) => present(each, on));
        const those = people.filter(({ reached }) => reached).flatMap((each) => each.told);
        const next = those.find((each) => !told.has(each.actorId));
        if (next) return next;
      }
      return null;
    },

    answersFor(actorId, on) {
      const covered = (byCover.get(actorId) ?? []).filter((post) => isAway(post, on));
      return [...(byHolder.get(actorId) ?? []), ...covered].map(({ agencyId, teamId, role }) => ({
        agencyId,
        teamId,
        role,
      }));
    },

    person(actorId) {
      const own = byHolder.get(actorId)?.[0];
      if (own) return { ...holderOf(own), postId: null };
      const covered = byCover.get(actorId)?.[0];
      const cover = covered && coverOf(covered);
      return cover ? { ...cover, postId: null, standsIn: false } : null;
    },
  };
}
