// What the directory of posts says of whoever acts on an escalation.

import { dayInEngland } from "../domain/plain-date.ts";
import type { Owner } from "../domain/post.ts";
import type { PostsHeld } from "../domain/sharing-escalation.ts";
import type { Escalation } from "../schema/escalation.ts";
import { answererAt } from "./escalation-steps.ts";
import type { Caller, Hub } from "./hub.ts";
import { readPostBook } from "./posts.ts";

/** Who leads on challenges for the agency that raised it. */
export const raisersLead = ({ fromAgencyId }: Escalation): Owner => ({
  agencyId: fromAgencyId,
  teamId: null,
  role: "ESCALATION_LEAD",
});

/** What this caller holds or covers today. Whoever is told of a stage may answer it, and so may everybody else in the agency with
 *  the same post. */
export async function postsHeld(hub: Hub, { actor }: Caller, escalation: Escalation): Promise<PostsHeld> {
  const book = await readPostBook(hub, hub.db.manager);
  const on = dayInEngland(hub.now());
  const mine = book.answersFor(actor.id, on);
  const holds = ({ agencyId, role }: Owner) => mine.some((own) => own.agencyId === agencyId && own.role === role);
  const answerer = answererAt(hub, escalation);
  return {
    holdsStagePost: holds(answerer) || book.holders(answerer, on).some(({ actorId }) => actorId === actor.id),
    leadsForRaiser: holds(raisersLead(escalation)),
  };
}
