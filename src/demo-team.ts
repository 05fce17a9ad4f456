// The demo people in the teams around the demo children, so that the first commands somebody tries show what each of them sees. For the
// demo only. The health visitor is not in the team around Isobel Byrne: that is the door to try broken glass on.

import type { Relation } from "./domain/access.ts";
import type { Role } from "./domain/actor.ts";
import type { OpenHub } from "./hub.ts";
import { childByIdentifier } from "./services/children.ts";
import { clockCaller } from "./services/clock-caller.ts";
import { joinTeam } from "./services/team-around.ts";

interface DemoPlace {
  /** What the demo person types as their user name. */
  readonly key: string;
  readonly name: string;
  readonly agencyId: string;
  readonly role: Role;
  readonly relation: Relation;
}

const HANNAH: DemoPlace = {
  key: "social-worker",
  name: "Hannah Osei",
  agencyId: "social-care",
  role: "SOCIAL_WORKER",
  relation: "ALLOCATED",
};
const RUTH: DemoPlace = {
  key: "conference-chair",
  name: "Ruth Castellan",
  agencyId: "social-care",
  role: "CONFERENCE_CHAIR",
  relation: "REVIEWER",
};
const PRIYA: DemoPlace = {
  key: "teacher",
  name: "Priya Tennant",
  agencyId: "larch-hill-primary",
  role: "TEACHER",
  relation: "MEMBER",
};
const BRONWEN: DemoPlace = {
  key: "health-visitor",
  name: "Bronwen Adair",
  agencyId: "community-health",
  role: "HEALTH_VISITOR",
  relation: "MEMBER",
};
const CALLUM: DemoPlace = {
  key: "police-officer",
  name: "Callum Rowe",
  agencyId: "police",
  role: "POLICE_OFFICER",
  relation: "CONTRIBUTOR",
};

/** Teams by the child's NHS number: the Hartleys, the girl whose record is restricted, and one of the Byrne twins. */
const TEAMS: Readonly<Record<string, readonly DemoPlace[]>> = {
  "9990123470": [HANNAH, RUTH, PRIYA, BRONWEN, CALLUM],
  "9990246947": [HANNAH, RUTH, BRONWEN, CALLUM],
  "9990740828": [HANNAH],
  "9990987769": [HANNAH, PRIYA],
};

/** Puts the demo people in, as far as this area has their agencies and the town these children. Started again, it changes nothing. Returns
 *  how many places there are. */
export async function seedDemoTeam({ hub }: Pick<OpenHub, "hub">): Promise<number> {
  const caller = clockCaller(hub, "demo");
  let places = 0;
  for (const [value, team] of Object.entries(TEAMS)) {
    // A town that somebody made otherwise may not have them, or an agency may be silent just now.
    const childId = await childByIdentifier(hub, caller, { kind: "NHS_NUMBER", value }).catch(() => null);
    if (childId === null) continue;
    for (const { key, ...who } of team) {
      if (!hub.area.agencies.some(({ id }) => id === who.agencyId)) continue;
      await joinTeam(hub, caller, {
        key: `demo-${childId}`,
        childId,
        actorId: `demo|${key}`,
        ...who,
        purpose: "children-act-1989-s17",
        power: "CHILDREN_ACT_1989_S17",
        reason: "Works with this family in the demonstration.",
      });
      places += 1;
    }
  }
  return places;
}
