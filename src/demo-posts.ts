// Posts for the demo people, so that whatever falls due in the synthetic town has somebody to tell. Addresses are invented.

import { IsNull } from "typeorm";
import type { OpenHub } from "./hub.ts";
import type { PostRole } from "./domain/post.ts";
import { Post } from "./schema/post.ts";
import { clockCaller } from "./services/clock-caller.ts";
import { appoint } from "./services/posts.ts";

interface DemoPost {
  readonly agencyId: string;
  readonly teamId?: string;
  readonly role: PostRole;
  /** What the demo person types as their user name. */
  readonly key: string;
  readonly name: string;
  readonly cover?: { readonly key: string; readonly name: string };
}

const GRAHAM = { key: "mash-manager", name: "Graham Pell" };
const HANNAH = { key: "social-worker", name: "Hannah Osei" };
const RUTH = { key: "conference-chair", name: "Ruth Castellan" };
const IMOGEN = { key: "board-manager", name: "Imogen Farrow" };
const PRIYA = { key: "teacher", name: "Priya Tennant" };
const BRONWEN = { key: "health-visitor", name: "Bronwen Adair" };
const CALLUM = { key: "police-officer", name: "Callum Rowe" };

/** Some posts are left vacant on purpose: `vacancies` has something to show, and what they owe falls to the next in line. */
const DEMO_POSTS: readonly DemoPost[] = [
  { agencyId: "social-care", teamId: "mash", role: "MANAGER", ...GRAHAM, cover: HANNAH },
  { agencyId: "social-care", teamId: "assessment", role: "MANAGER", ...GRAHAM, cover: RUTH },
  { agencyId: "social-care", teamId: "assessment", role: "PRACTITIONER", ...HANNAH, cover: GRAHAM },
  { agencyId: "social-care", teamId: "early-help", role: "MANAGER", ...GRAHAM },
  { agencyId: "social-care", teamId: "conferences", role: "MANAGER", ...RUTH, cover: GRAHAM },
  { agencyId: "social-care", role: "ESCALATION_LEAD", ...RUTH, cover: GRAHAM },
  { agencyId: "larch-hill-primary", role: "PRACTITIONER", ...PRIYA },
  { agencyId: "larch-hill-primary", role: "ESCALATION_LEAD", ...PRIYA },
  { agencyId: "community-health", role: "PRACTITIONER", ...BRONWEN },
  { agencyId: "community-health", role: "ESCALATION_LEAD", ...BRONWEN },
  { agencyId: "police", role: "PRACTITIONER", ...CALLUM },
  { agencyId: "police", role: "ESCALATION_LEAD", ...CALLUM },
  { agencyId: "partnership", teamId: "partnership-office", role: "BUSINESS_MANAGER", ...IMOGEN },
  { agencyId: "partnership", teamId: "partnership-office", role: "MANAGER", ...IMOGEN },
];

const idOf = ({ key }: { readonly key: string }) => `demo|${key}`;
const emailOf = ({ key }: { readonly key: string }) => `${key}@demo.example`;

/** Gives the demo people their posts, as far as this area has such agencies and teams and they do not hold them already. For the
 *  demo only. Returns how many it gave. */
export async function seedDemoPosts({ hub }: Pick<OpenHub, "hub">): Promise<number> {
  const caller = clockCaller(hub, "demo");
  let given = 0;
  for (const post of DEMO_POSTS) {
    const { agencyId, role, cover } = post;
    const teamId = post.teamId ?? null;
    const fits =
      hub.area.agencies.some(({ id }) => id === agencyId) &&
      (teamId === null || hub.area.teams.some((team) => team.id === teamId && team.agencyId === agencyId));
    const place = { agencyId, teamId: teamId ?? IsNull(), role, holderId: idOf(post), endedAt: IsNull() };
    if (!fits || (await hub.db.manager.existsBy(Post, place))) continue;
    await appoint(hub, caller, {
      agencyId,
      teamId,
      role,
      holderId: idOf(post),
      holderName: post.name,
      holderEmail: emailOf(post),
      ...(cover && { coverId: idOf(cover), coverName: cover.name, coverEmail: emailOf(cover) }),
    });
    given += 1;
  }
  return given;
}
