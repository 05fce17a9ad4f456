// Posts that the area's own policy relies on and that nobody holds: what falls to somebody else until somebody is appointed.

import { isPartnershipPost } from "./escalation.ts";
import type { Area } from "./policy.ts";
import type { Owner, PostRole } from "./post.ts";

/** A post that the policy relies on, and what for. */
export interface NeededPost extends Owner {
  readonly because: string;
}

type Relies = Pick<Area, "agencies" | "teams" | "owners" | "silence" | "disagreement">;

/** Every post that the area's owners, stages of disagreement and silence ladder name, each once, with the first reason. */
export function neededPosts({ agencies, teams, owners, silence, disagreement }: Relies): NeededPost[] {
  const partnership = agencies.find(({ sector }) => sector === "PARTNERSHIP")?.id;
  const place = (agencyId: string, role: PostRole): Owner => ({
    agencyId: isPartnershipPost(role) ? (partnership ?? agencyId) : agencyId,
    teamId: null,
    role,
  });
  const owning = owners.flatMap(({ teamId, role, rules }): NeededPost[] => {
    const team = teams.find(({ id }) => id === teamId);
    const because = rules ? `owes ${rules.join(", ")}` : "owes whatever no other post owes";
    return team ? [{ agencyId: team.agencyId, teamId, role, because }] : [];
  });
  const told = owning.flatMap(({ agencyId, teamId }) =>
    silence.map(({ tell }): NeededPost => {
      const because = "is told when something stays overdue";
      return { ...(tell === "MANAGER" ? { agencyId, teamId, role: tell } : place(agencyId, tell)), because };
    }),
  );
  const answering = agencies.flatMap(({ id, sector }) =>
    disagreement.stages.map(({ answers, name }): NeededPost & { readonly skip: boolean } => ({
      ...place(id, answers),
      because: `answers challenges at the stage "${name}"`,
      skip: sector === "PARTNERSHIP" && !isPartnershipPost(answers),
    })),
  );
  const all = [...owning, ...told, ...answering.filter(({ skip }) => !skip)];
  const once = new Map<string, NeededPost>();
  for (const { agencyId, teamId, role, because } of all) {
    const key = `${agencyId} ${teamId ?? ""} ${role}`;
    if (!once.has(key)) once.set(key, { agencyId, teamId, role, because });
  }
  return [...once.values()];
}

/** Whether one of these posts fills that need: one of the whole agency by any holder of the role there; the partnership has one
 *  business manager, wherever they sit. */
export const isHeld = (needed: Owner, posts: readonly Owner[]): boolean =>
  posts.some(
    ({ agencyId, teamId, role }) =>
      role === needed.role &&
      (role === "BUSINESS_MANAGER" ||
        (agencyId === needed.agencyId && (needed.teamId === null || teamId === needed.teamId))),
  );
