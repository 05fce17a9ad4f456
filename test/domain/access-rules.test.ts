// Who sees how much of a child, as a table that a manager could read: whoever works here, how they stand to the child, and what shields it.

import { describe, expect, it } from "vitest";
import type { AccessFacts, AccessHeld, AccessKind, Power, Relation, ShieldKind } from "../../src/domain/access.ts";
import { ACCESS_RULES, decideAccess, HUB_ITSELF } from "../../src/domain/access-rules.ts";
import { mayReadKind } from "../../src/domain/access-kinds.ts";
import { type Actor, type Role, theClock } from "../../src/domain/actor.ts";

const STANDING = [{ role: "MASH_MANAGER", because: "screens" }] as const;
const as = (role: Role | null): Actor => ({ kind: "PRACTITIONER", id: "me", name: "Me", role, agencyId: "health" });
const held = (kind: AccessKind, relation: Relation | null = null, power: Power = "DIRECT_CARE"): AccessHeld => ({
  id: `${kind} ${relation ?? ""} ${power}`,
  kind,
  relation,
  purpose: "direct-care",
  power,
  endsAt: null,
});
const NONE: AccessFacts = { held: [], answersFor: false, referred: false, shields: [], namedOut: false };
const decide = (role: Role | null, facts: Partial<AccessFacts> = {}) =>
  decideAccess({ actor: as(role), facts: { ...NONE, ...facts }, standing: STANDING });

const team = (relation: Relation) => ({ held: [held("TEAM", relation)] });
const TASK = { held: [held("TASK")] };
const INVOLVED = { held: [held("INVOLVEMENT")] };
const GLASS = { held: [held("BREAK_GLASS")] };
const OWES = { answersFor: true };
const REFERRED = { referred: true };

type Line = readonly [who: Role | null, stands: string, facts: Partial<AccessFacts>, sees: string];

/** `scope rule`, and whether what leads to where the child is, is kept from them. */
const seen = (role: Role | null, facts: Partial<AccessFacts>) => {
  const { scope, rule, barred, unlocated } = decide(role, facts);
  return `${scope} ${rule}${barred ? ", as if there were no such child" : unlocated ? ", not where the child is" : ""}`;
};

const UNSHIELDED: readonly Line[] = [
  ["MASH_MANAGER", "has nothing to do with the child", {}, "WHOLE screens"],
  ["SOCIAL_WORKER", "has nothing to do with the child", {}, "LOCATE outside-the-team"],
  ["CONFERENCE_CHAIR", "has nothing to do with the child", {}, "LOCATE outside-the-team"],
  ["TEACHER", "has nothing to do with the child", {}, "LOCATE outside-the-team"],
  ["SOCIAL_WORKER", "is allocated", team("ALLOCATED"), "WHOLE in-the-team"],
  ["CONFERENCE_CHAIR", "reviews", team("REVIEWER"), "WHOLE in-the-team"],
  ["TEACHER", "is in the team", team("MEMBER"), "OUTLINE in-the-team"],
  ["HEALTH_VISITOR", "is in the team", team("MEMBER"), "OUTLINE in-the-team"],
  ["POLICE_OFFICER", "is asked to contribute", team("CONTRIBUTOR"), "OUTLINE in-the-team"],
  ["SOCIAL_WORKER", "is asked to contribute", team("CONTRIBUTOR"), "OUTLINE in-the-team"],
  ["SOCIAL_WORKER", "has a task", TASK, "WHOLE has-a-task"],
  ["TEACHER", "has a task", TASK, "OUTLINE has-a-task"],
  ["SOCIAL_WORKER", "has a task by consent alone", { held: [held("TASK", null, "CONSENT")] }, "OUTLINE has-a-task"],
  [
    "SOCIAL_WORKER",
    "has one by consent, and one by law",
    { held: [held("TASK", null, "CONSENT"), held("TASK")] },
    "WHOLE has-a-task",
  ],
  ["HEALTH_VISITOR", "is involved", INVOLVED, "OUTLINE involved"],
  ["HEALTH_VISITOR", "broke the glass", GLASS, "WHOLE broke-glass"],
  [
    "HEALTH_VISITOR",
    "is in the team and broke the glass",
    { held: [...team("MEMBER").held, ...GLASS.held] },
    "WHOLE broke-glass",
  ],
  ["SOCIAL_WORKER", "owes something for the child", OWES, "WHOLE answers-for-child"],
  ["TEACHER", "referred the child", REFERRED, "OUTLINE referred"],
  [
    "BOARD_MANAGER",
    "owes something for the child",
    OWES,
    "NOTHING role-without-children, as if there were no such child",
  ],
  [
    "DATA_PROTECTION_OFFICER",
    "is in the team by mistake",
    team("MEMBER"),
    "NOTHING role-without-children, as if there were no such child",
  ],
  [null, "has no role", {}, "NOTHING role-without-children, as if there were no such child"],
];

const GONE = "NOTHING shielded, as if there were no such child";
const HIDDEN: readonly Line[] = [
  ["SOCIAL_WORKER", "is allocated", team("ALLOCATED"), "WHOLE in-the-team"],
  ["MASH_MANAGER", "screens", {}, GONE],
  ["SOCIAL_WORKER", "has a task", TASK, GONE],
  ["HEALTH_VISITOR", "is involved", INVOLVED, GONE],
  ["HEALTH_VISITOR", "broke the glass", GLASS, GONE],
  ["SOCIAL_WORKER", "owes something for the child", OWES, GONE],
  ["TEACHER", "referred the child", REFERRED, GONE],
  ["TEACHER", "has nothing to do with the child", {}, GONE],
];

const SENSITIVE: readonly Line[] = [
  ["SOCIAL_WORKER", "is allocated", team("ALLOCATED"), "WHOLE in-the-team"],
  ["MASH_MANAGER", "screens", {}, "WHOLE screens"],
  ["SOCIAL_WORKER", "was given a task by a second person", TASK, "WHOLE has-a-task"],
  ["HEALTH_VISITOR", "broke the glass", GLASS, "WHOLE broke-glass"],
  ["SOCIAL_WORKER", "owes something for the child", OWES, "LOCATE outside-the-team"],
  ["TEACHER", "referred the child", REFERRED, "LOCATE outside-the-team"],
];

const FLED: readonly Line[] = [
  ["SOCIAL_WORKER", "is allocated", team("ALLOCATED"), "WHOLE in-the-team"],
  ["TEACHER", "is in the team", team("MEMBER"), "OUTLINE in-the-team"],
  ["MASH_MANAGER", "screens", {}, "WHOLE screens"],
  ["HEALTH_VISITOR", "is involved", INVOLVED, "OUTLINE involved"],
  ["HEALTH_VISITOR", "broke the glass", GLASS, "WHOLE broke-glass"],
  ["SOCIAL_WORKER", "has a task", TASK, "WHOLE has-a-task, not where the child is"],
  ["SOCIAL_WORKER", "owes something for the child", OWES, "WHOLE answers-for-child, not where the child is"],
  ["TEACHER", "referred the child", REFERRED, "OUTLINE referred, not where the child is"],
  ["TEACHER", "has nothing to do with the child", {}, "LOCATE outside-the-team, not where the child is"],
];

function under(shields: readonly ShieldKind[], lines: readonly Line[]): void {
  it.each(lines)("%s who %s", (role, _stands, facts, sees) => expect(seen(role, { ...facts, shields })).toBe(sees));
}

describe("a child without a shield is seen by", () => {
  under([], UNSHIELDED);
});
describe.each(["WITNESS_PROTECTION", "ADOPTION"] as const)("a child shielded for %s is seen by", (kind) => {
  under([kind], HIDDEN);
});
describe.each(["STAFF_CONFLICT", "HIGH_PROFILE"] as const)("a child shielded for %s is seen by", (kind) => {
  under([kind], SENSITIVE);
});
describe("a child who fled from abuse is seen by", () => {
  under(["DOMESTIC_ABUSE"], FLED);
});
describe("of two shields the stricter wins, for", () => {
  under(["DOMESTIC_ABUSE", "ADOPTION"], HIDDEN);
});

describe("somebody whom a shield names", () => {
  it.each([
    ["SOCIAL_WORKER", team("ALLOCATED")],
    ["MASH_MANAGER", {}],
    ["HEALTH_VISITOR", GLASS],
  ] as const)("learns nothing, be they %s", (role, facts) =>
    expect(seen(role, { ...facts, namedOut: true })).toBe("NOTHING named-out, as if there were no such child"),
  );

  it("is told what somebody is told who asks for a child that is not there", () =>
    expect(decide("MASH_MANAGER", { namedOut: true }).because).toBe("there is no such child"));
});

describe("the rules", () => {
  it("each have a name, and words to complete a sentence", () => {
    expect(new Set(ACCESS_RULES.map(({ rule }) => rule)).size).toBe(ACCESS_RULES.length);
    for (const { because } of ACCESS_RULES) expect(because).toMatch(/^[a-z].*[^.]$/);
  });

  it("open nothing where none of them is left", () =>
    expect(decideAccess({ actor: as("MASH_MANAGER"), facts: NONE, standing: STANDING }, [])).toMatchObject({
      scope: "NOTHING",
      barred: true,
    }));

  it("let the hub act for itself", () => {
    expect(decideAccess({ actor: theClock("test"), facts: NONE, standing: [] })).toEqual(HUB_ITSELF);
  });

  it("carry the way in that decided, its purpose and its end", () =>
    expect(decide("TEACHER", team("MEMBER"))).toMatchObject({
      kind: "TEAM",
      relation: "MEMBER",
      purpose: "direct-care",
    }));
});

describe("kind by kind", () => {
  const open = (role: Role, facts: Partial<AccessFacts>, restricted = false) => {
    const access = decide(role, facts);
    const kinds = ["IDENTITY", "CONTACT", "INVOLVEMENT", "STANDING", "HEALTH", "POLICE", "CLOCK", "LEDGER"] as const;
    return kinds.filter((kind) => mayReadKind(as(role), access, { kind, restricted }).allowed).join(" ");
  };
  it.each([
    ["WHOLE", "SOCIAL_WORKER", team("ALLOCATED"), "IDENTITY CONTACT INVOLVEMENT STANDING HEALTH POLICE CLOCK LEDGER"],
    ["OUTLINE", "HEALTH_VISITOR", team("MEMBER"), "IDENTITY CONTACT INVOLVEMENT STANDING HEALTH"],
    ["LOCATE", "TEACHER", {}, "IDENTITY"],
    ["NOTHING", "TEACHER", { namedOut: true }, ""],
  ] as const)("%s opens to a %s", (_scope, role, facts, kinds) => expect(open(role, facts)).toBe(kinds));

  it("opens nothing of a restricted child that leads there", () =>
    expect(open("SOCIAL_WORKER", team("ALLOCATED"), true)).toBe("IDENTITY INVOLVEMENT CLOCK LEDGER"));
});
