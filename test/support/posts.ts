// Posts for stories about who is told. The people are invented.

import { Post } from "../../src/schema/post.ts";
import type { PostRole } from "../../src/domain/post.ts";
import type { Hub } from "../../src/services/hub.ts";

type Given = { readonly role: PostRole; readonly holderId: string } & Partial<Post>;

/** Puts somebody in a post, as the directory holds it. */
export async function fillPost(hub: Hub, { role, holderId, ...given }: Given): Promise<Post> {
  const post: Post = {
    id: hub.newId(),
    agencyId: "social-care",
    teamId: null,
    role,
    holderId,
    holderName: "Somebody Invented",
    holderEmail: `${holderId}@hub.example`,
    coverId: null,
    coverName: null,
    coverEmail: null,
    awayFromOn: null,
    awayUntilOn: null,
    confirmedAt: hub.now(),
    obligationId: null,
    heldKey: null,
    endedAt: null,
    ...given,
  };
  await hub.db.manager.insert(Post, post);
  return post;
}
