import { describe, expect, it } from "vitest";
import { type Actor, type Role, theClock } from "../../src/domain/actor.ts";
import { mayReadOtherChildren } from "../../src/domain/sharing-families.ts";
import { inTheTeam, outsideTheTeam } from "../support/access.ts";

const MAY: Record<Role, boolean> = {
  SOCIAL_WORKER: true,
  MASH_MANAGER: true,
  CONFERENCE_CHAIR: true,
  TEACHER: false,
  HEALTH_VISITOR: false,
  POLICE_OFFICER: false,
  BOARD_MANAGER: false,
  DATA_PROTECTION_OFFICER: false,
  AGENCY_DEVELOPER: false,
  IDENTITY_REVIEWER: false,
  SEALED_RECORDS_OFFICER: false,
  AGENCY_SYSTEM: false,
};

const actor = (role: Role | null): Actor => ({ kind: "PRACTITIONER", id: "a", name: "A", role, agencyId: null });

describe("from an adult to their other children is led", () => {
  it.each(Object.entries(MAY))("%s: %s", (role, may) => {
    const ruling = mayReadOtherChildren(inTheTeam(actor(role as Role)));
    expect(ruling.allowed).toBe(may);
    expect(ruling.because).toMatch(/\w/);
  });

  it("nobody without a role, and the hub itself", () => {
    expect(mayReadOtherChildren(inTheTeam(actor(null))).allowed).toBe(false);
    expect(mayReadOtherChildren(inTheTeam(theClock("sweep"))).allowed).toBe(true);
  });

  it("nobody who is outside the team", () =>
    expect(mayReadOtherChildren(outsideTheTeam(actor("SOCIAL_WORKER"))).allowed).toBe(false));
});
