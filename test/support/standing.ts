// Stories that are not about who may see a child run in an area where everybody who works with children has standing access to
// every one of them, so that they need no team around each child. Stories about access take the area as it ships.

import type { Role } from "../../src/domain/actor.ts";
import type { Area } from "../../src/domain/policy.ts";

export type Standing = "EVERYBODY" | "SHIPPED";

const ROLES: readonly Role[] = [
  "SOCIAL_WORKER",
  "MASH_MANAGER",
  "CONFERENCE_CHAIR",
  "TEACHER",
  "HEALTH_VISITOR",
  "POLICE_OFFICER",
];

/** The area's policy with this standing. */
export const withStanding =
  (standing: Standing) =>
  (area: Area): Area =>
    standing === "SHIPPED"
      ? area
      : { ...area, sharing: { ...area.sharing, standing: ROLES.map((role) => ({ role, because: "for this test" })) } };
