// Whoever may ask: every role from outside, and those that work with children in every way in which they may be let in.

import type { Actor, Role } from "../../../src/domain/actor.ts";

export const WAYS = [
  "OUTSIDE",
  "TEAM",
  "TASK",
  "INVOLVEMENT",
  "BREAK_GLASS",
  "CONSENT",
  "EXPIRED",
  "ENDED",
  "PENDING",
  "NAMED_OUT",
  "ANSWERS",
  "REFERRED",
  "MIXED",
] as const;
export type Way = (typeof WAYS)[number];

const AGENCY: Readonly<Record<Role, string>> = {
  SOCIAL_WORKER: "social-care",
  MASH_MANAGER: "social-care",
  CONFERENCE_CHAIR: "social-care",
  TEACHER: "larch-hill-primary",
  HEALTH_VISITOR: "community-health",
  POLICE_OFFICER: "police",
  BOARD_MANAGER: "partnership",
  DATA_PROTECTION_OFFICER: "partnership",
  AGENCY_DEVELOPER: "education",
  IDENTITY_REVIEWER: "partnership",
  SEALED_RECORDS_OFFICER: "partnership",
  AGENCY_SYSTEM: "education",
};

/** Written out here, apart from the hub's own list. */
export const WITH_CHILDREN: readonly Role[] = [
  "SOCIAL_WORKER",
  "MASH_MANAGER",
  "CONFERENCE_CHAIR",
  "TEACHER",
  "HEALTH_VISITOR",
  "POLICE_OFFICER",
];

export interface Asker {
  readonly name: string;
  readonly role: Role | null;
  readonly way: Way;
  readonly actor: Actor;
}

const asker = (role: Role | null, way: Way): Asker => {
  const name = `${role ?? "NO_ROLE"} ${way}`;
  const agencyId = role === null ? null : AGENCY[role];
  const id = `walker|${name.toLowerCase().replaceAll(/[ _]/g, "-")}`;
  const kind = role === "AGENCY_SYSTEM" ? "SYSTEM" : "PRACTITIONER";
  return { name, role, way, actor: { kind, id, name, role, agencyId } };
};

/** Whoever screens every child needs no way in: those that change something for them. */
const FOR_SCREENERS: ReadonlySet<Way> = new Set(["TEAM", "NAMED_OUT", "MIXED"]);

/** Everybody who asks. */
export const ASKERS: readonly Asker[] = [
  ...(Object.keys(AGENCY) as Role[]).map((role) => asker(role, "OUTSIDE")),
  asker(null, "OUTSIDE"),
  ...WITH_CHILDREN.flatMap((role) =>
    WAYS.filter((way) => way !== "OUTSIDE" && (role !== "MASH_MANAGER" || FOR_SCREENERS.has(way))).map((way) =>
      asker(role, way),
    ),
  ),
];
