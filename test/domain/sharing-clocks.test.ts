import { describe, expect, it } from "vitest";
import { type Actor, theClock } from "../../src/domain/actor.ts";
import {
  mayAnswerForChildren,
  mayAskForChange,
  mayDecideChange,
  mayReadClock,
  mayReadObligation,
} from "../../src/domain/sharing-clocks.ts";
import { decisionOn, inTheTeam, outsideTheTeam } from "../support/access.ts";

const actor = (role: Actor["role"], agencyId: string | null = null): Actor => ({
  kind: "PRACTITIONER",
  id: "somebody",
  name: "A. Example",
  role,
  agencyId,
});
const aboutChild = { childId: "child", agencyId: "social-care" };
const aboutNone = { childId: null, agencyId: "social-care" };

describe("a clock", () => {
  it.each([
    ["a social worker", actor("SOCIAL_WORKER"), aboutChild, false, "whole-story"],
    ["the hub", theClock("test"), aboutChild, false, "hub-itself"],
    ["a teacher elsewhere", actor("TEACHER", "school"), aboutChild, false, null],
    ["a teacher elsewhere who answers for it", actor("TEACHER", "school"), aboutChild, true, "answers-for-it"],
    ["the business manager", actor("BOARD_MANAGER", "partnership"), aboutChild, false, "partnership-oversight"],
    ["the business manager, about no child", actor("BOARD_MANAGER"), aboutNone, false, "partnership-business"],
    ["a developer who answers for it", actor("AGENCY_DEVELOPER"), aboutChild, true, null],
    ["a developer who answers for it, about no child", actor("AGENCY_DEVELOPER"), aboutNone, true, "answers-for-it"],
    ["a data protection officer who answers for it", actor("DATA_PROTECTION_OFFICER"), aboutChild, true, null],
    ["nobody who answers for it", actor(null, "social-care"), aboutNone, true, null],
  ])("to %s", (_, who, clock, answersForIt, rule) => {
    const { allowed, rule: by } = mayReadClock(who, { ...clock, access: inTheTeam(who), answersForIt });
    expect(allowed ? by : null).toBe(rule);
  });

  it("of another agency is closed to a social worker outside the child's team, and any to whom the child is kept from", () => {
    const worker = actor("SOCIAL_WORKER", "elsewhere");
    const own = actor("SOCIAL_WORKER", "social-care");
    expect(mayReadObligation(worker, { ...aboutChild, access: outsideTheTeam(worker) }).rule).toBe(
      "another-agency-owes",
    );
    expect(mayReadObligation(own, { ...aboutChild, access: outsideTheTeam(own) }).rule).toBe("own-agency-owes");
    const namedOut = { ...aboutChild, access: decisionOn(own, { namedOut: true }) };
    expect(mayReadObligation(own, namedOut)).toMatchObject({ allowed: false, rule: "named-out" });
  });

  it("is read whole, and asked about, by nobody only because they answer for it or oversee it", () => {
    for (const who of [actor("BOARD_MANAGER", "partnership"), actor("TEACHER", "school"), actor("AGENCY_DEVELOPER")]) {
      expect(mayReadObligation(who, { ...aboutChild, access: inTheTeam(who) }).allowed).toBe(false);
      expect(mayAskForChange(who, { ...aboutChild, access: inTheTeam(who) }).allowed).toBe(false);
    }
  });

  it.each([
    ["TEACHER", true],
    ["CONFERENCE_CHAIR", true],
    ["BOARD_MANAGER", true],
    ["DATA_PROTECTION_OFFICER", false],
    ["AGENCY_DEVELOPER", false],
    [null, false],
  ] as const)("about a child is answered for by a %s: %s", (role, allowed) =>
    expect(mayAnswerForChildren(actor(role)).allowed).toBe(allowed),
  );
});

describe("a wish to change it", () => {
  const wish = { ...aboutChild, requestedByActorId: "another", isAsked: false };

  it.each([
    ["whoever asked", actor("MASH_MANAGER", "social-care"), { requestedByActorId: "somebody", isAsked: true }, null],
    ["whoever it is put to", actor("TEACHER", "school"), { isAsked: true }, "manages-the-owner"],
    ["the business manager it is put to", actor("BOARD_MANAGER"), { isAsked: true }, "manages-the-owner"],
    ["a business manager it is not put to", actor("BOARD_MANAGER"), {}, null],
    ["a developer it is put to", actor("AGENCY_DEVELOPER"), { isAsked: true }, null],
    ["a developer, about no child", actor("AGENCY_DEVELOPER"), { isAsked: true, childId: null }, "manages-the-owner"],
    ["nobody it is put to", actor(null), { isAsked: true, childId: null }, null],
    ["a manager of the agency", actor("MASH_MANAGER", "social-care"), {}, "manages-the-agency"],
    ["a manager of another", actor("MASH_MANAGER", "elsewhere"), {}, null],
    ["a social worker of the agency", actor("SOCIAL_WORKER", "social-care"), {}, null],
  ])("is decided on by %s", (_, who, more, rule) => {
    const { allowed, rule: by } = mayDecideChange(who, { ...wish, access: inTheTeam(who), ...more });
    expect(allowed ? by : null).toBe(rule);
  });
});
