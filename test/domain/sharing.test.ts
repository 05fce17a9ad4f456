import { describe, expect, it } from "vitest";
import { type Actor, theClock } from "../../src/domain/actor.ts";
import type { Sector } from "../../src/domain/agency.ts";
import { Refusal } from "../../src/domain/refusal.ts";
import {
  MAY_BE_RUNG,
  MAY_IDENTIFY,
  RESTRICTED,
  mayReadAgencies,
  mayReadChildren,
  mayReadPart,
  mayReadReferral,
  mayRefer,
  permit,
} from "../../src/domain/sharing.ts";
import { inTheTeam, outsideTheTeam } from "../support/access.ts";

const actor = (role: Actor["role"], agencyId: string | null = null): Actor => ({
  kind: "PRACTITIONER",
  id: "somebody",
  name: "A. Example",
  role,
  agencyId,
});
const clock = theClock("collecting");
const events = (who: Actor, sector: Sector) => mayReadPart(who, inTheTeam(who), { part: "EVENTS", sector });

describe("a ruling", () => {
  it.each([
    ["without a role", mayReadChildren(actor(null)), false, "no-role"],
    ["without children", mayReadChildren(actor("BOARD_MANAGER")), false, "role-without-children"],
    ["with children", mayReadChildren(actor("TEACHER")), true, "works-with-children"],
    ["for the hub itself", mayReadChildren(clock), true, "hub-itself"],
    ["for the hub on events", events(clock, "HEALTH"), true, "hub-itself"],
    ["for the whole story", events(actor("SOCIAL_WORKER"), "POLICE"), true, "in-the-team"],
    ["within a sector", events(actor("TEACHER"), "EDUCATION"), true, "own-sector"],
    ["across sectors", events(actor("TEACHER"), "POLICE"), false, "other-sector-events"],
    ["for a concern", mayRefer(actor("HEALTH_VISITOR")), true, "works-with-children"],
    ["for no concern", mayRefer(actor("AGENCY_DEVELOPER")), false, "role-without-children"],
    ["on agencies", mayReadAgencies(actor("AGENCY_DEVELOPER")), true, "signed-in"],
    ["on agencies for the hub", mayReadAgencies(clock), true, "signed-in"],
    ["on agencies without a role", mayReadAgencies(actor(null)), false, "no-role"],
  ])("%s names its rule", (...[, ruling, allowed, rule]) => expect(ruling).toMatchObject({ allowed, rule }));

  it("gives its reason to whom it refuses", () => {
    expect(() => permit(mayReadChildren(actor(null)))).toThrow(
      new Refusal("NOT_ALLOWED", "Not shared with you: your sign-in gives you no role here"),
    );
    expect(() => permit(mayReadChildren(actor("TEACHER")))).not.toThrow();
  });
});

describe("a referral made by a school", () => {
  const referral = { fromAgencyId: "larch-hill-primary" };

  it.each([
    ["its own teacher", actor("TEACHER", "larch-hill-primary"), true, "own-referral"],
    ["a teacher elsewhere", actor("TEACHER", "another-school"), false, "another-agency"],
    ["a teacher of no agency here", actor("TEACHER"), false, "another-agency"],
    ["a health visitor", actor("HEALTH_VISITOR", "health"), false, "another-agency"],
    ["a social worker", actor("SOCIAL_WORKER", "social-care"), true, "receives-referrals"],
    ["its own developer", actor("AGENCY_DEVELOPER", "larch-hill-primary"), false, "role-without-children"],
    ["somebody of it without a role", actor(null, "larch-hill-primary"), false, "no-role"],
    ["the hub", clock, true, "hub-itself"],
  ])("is open or not to %s", (...[, reader, allowed, rule]) =>
    expect(mayReadReferral(reader, { ...referral, access: inTheTeam(reader) })).toMatchObject({ allowed, rule }),
  );

  it("is closed to a social worker outside the child's team", () => {
    const reader = actor("SOCIAL_WORKER", "social-care");
    expect(mayReadReferral(reader, { ...referral, access: outsideTheTeam(reader) })).toMatchObject({
      allowed: false,
      rule: "another-agency",
    });
  });
});

describe("of a restricted child", () => {
  it("only those may be named whose work does not tell where the child is", () =>
    expect([...MAY_BE_RUNG].sort()).toEqual([
      "INDEPENDENT_REVIEWING_OFFICER",
      "POLICE_OFFICER",
      "REFERRAL_UNIT",
      "SOCIAL_WORKER",
    ]));

  it("no number is shown that holds a school", () =>
    expect([...MAY_IDENTIFY].sort()).toEqual(["LA_CHILD_ID", "NHS_NUMBER"]));

  it("the rest is refused with a reason", () =>
    expect(RESTRICTED).toMatchObject({ allowed: false, rule: "restricted-record" }));
});
