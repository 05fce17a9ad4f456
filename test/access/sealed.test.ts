// Who may know of sealed records, written out once more apart from the code: a change there must be made here as well.

import { expect, it } from "vitest";
import { type Actor, type Role, ROLES, theClock } from "../../src/domain/actor.ts";
import { mayKnowOfSealed } from "../../src/domain/sharing-sealed.ts";

const MAY: Record<Role, boolean> = {
  TEACHER: false,
  HEALTH_VISITOR: false,
  POLICE_OFFICER: false,
  SOCIAL_WORKER: false,
  MASH_MANAGER: false,
  CONFERENCE_CHAIR: false,
  BOARD_MANAGER: false,
  DATA_PROTECTION_OFFICER: false,
  AGENCY_DEVELOPER: false,
  IDENTITY_REVIEWER: false,
  SEALED_RECORDS_OFFICER: true,
  AGENCY_SYSTEM: false,
};

const actor = (role: Role | null, more: Partial<Actor> = {}): Actor => ({
  kind: "PRACTITIONER",
  id: "somebody",
  name: "Somebody",
  role,
  agencyId: "social-care",
  ...more,
});

it.each(ROLES)("as %s", (role) => {
  expect(mayKnowOfSealed(actor(role)).allowed).toBe(MAY[role]);
});

it.each([
  ["somebody without a role", actor(null)],
  ["the hub itself", theClock("collecting")],
  ["a system in the officer's role", actor("SEALED_RECORDS_OFFICER", { kind: "SYSTEM" })],
] as const)("not %s", (_who, who) => {
  expect(mayKnowOfSealed(who).allowed).toBe(false);
});

it("refuses everybody who has a role in the same words", () => {
  const refused = ROLES.filter((role) => !MAY[role]).map((role) => mayKnowOfSealed(actor(role)).because);
  expect(new Set(refused).size).toBe(1);
});
