// Who may see and change who holds which post. Part of the one place that decides: see `sharing.ts`.

import type { Actor } from "./actor.ts";
import { no, type Ruling, yes } from "./sharing.ts";

/** What a ruling needs to know of a post. */
export interface PostPlace {
  readonly agencyId: string;
  readonly teamId: string | null;
}

/** A directory of professionals, without their addresses: whoever has a role here may know who answers for what. */
export function mayReadPosts({ kind, role }: Actor): Ruling {
  if (kind === "CLOCK") return yes("hub-itself", "the hub acts for itself");
  return role === null
    ? no("no-role", "your sign-in gives you no role here")
    : yes("signed-in", "everybody with a role here may see who holds which post");
}

/** The partnership's business manager appoints to every post, a manager to those in the teams of their own agency. */
export function mayAppoint({ kind, role, agencyId }: Actor, post: PostPlace): Ruling {
  if (kind === "CLOCK") return yes("hub-itself", "the hub acts for itself");
  if (role === "BOARD_MANAGER") return yes("partnership-business", "you keep the partnership's business");
  if (role !== "MASH_MANAGER") return no("not-a-manager", "managers and the partnership's office appoint to posts");
  return agencyId === post.agencyId && post.teamId !== null
    ? yes("own-teams", "it is a post in one of your agency's teams")
    : no("not-own-team", "it is no post in your own agency's teams: ask the partnership's office");
}

/** The holder speaks for the post, as does whoever may appoint to it. */
export function mayKeepPost(actor: Actor, post: PostPlace & { readonly holderId: string }): Ruling {
  const holds = actor.kind === "PRACTITIONER" && actor.role !== null && actor.id === post.holderId;
  return holds ? yes("own-post", "you hold the post") : mayAppoint(actor, post);
}
