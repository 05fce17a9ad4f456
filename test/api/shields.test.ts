// Children who are kept from more people than others are: what each kind of shield does to whom, who sets and lifts it, and that whoever may
// not know of a child meets the answer of a child who is not there.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Escalation } from "../../src/schema/escalation.ts";
import { Message } from "../../src/schema/message.ts";
import { Obligation } from "../../src/schema/obligation.ts";
import { ChildAccessRow, ChildShieldRow } from "../../src/store/rows-access.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { fillPost } from "../support/posts.ts";
import { DECIDE, END, EXPLAIN, nextKey, REQUEST, waysIn, WHY } from "../support/team.ts";

const NOBODY = "01a1ffda-881d-704b-8279-d4693c6176f3";
const CHILD = `query ($id: ID!) { child(id: $id) { id } }`;
const BY_NUMBER = `query ($value: String!) { childByIdentifier(identifier: { kind: NHS_NUMBER, value: $value }) { id } }`;
const FIND = `{ findChildren(search: { surname: "Hartley", bornOn: "2019-03-14" }, first: 10) { totalCount edges { node { id } } } }`;
const BREAK = `mutation ($glass: BreakGlass!) { breakGlass(glass: $glass) { access { id } child { id } } }`;
const LIFT = `mutation ($lifting: AccessWords!) { liftShield(lifting: $lifting) { id liftedAt } }`;
const LOOK = `mutation ($review: AccessWords!) { reviewShield(review: $review) { id reviewAt } }`;
const SEAL = `mutation ($input: SealRecords!) { sealRecords(input: $input) { id } }`;
const TO_REVIEW = `{ shieldsToReview { id kind child { id } } }`;
const TEAM = `query ($id: ID!) { child(id: $id) { team { role actorId name agencyId } } }`;
const WHERE = `query ($id: ID!) { child(id: $id) { demographics { addresses { postcode } } shields { kind } } }`;

// What a shield is, is rules and rows; no engine does anything of its own to it.
describe.each(ENGINES.slice(0, 1))("on $name, a shielded child", (engine) => {
  let world: LightHub;
  let amelia = "";
  const { ask, ok, code, join, request, decide, shield, scope } = waysIn(() => world);
  const hub = () => world.open.hub;
  const db = () => hub().db.manager;
  const set = async (kind: string, more: Record<string, unknown> = {}, by = "social-worker") => {
    const { data } = await shield(by, { childId: amelia, kind, ...more });
    return data?.shieldChild.id as string;
  };
  const lift = (person: string, id: string) => ask(person, LIFT, { lifting: { id, because: WHY } });

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS, {}, { standing: "SHIPPED" });
    amelia = (await db().findOneByOrFail(AgencyRecordRow, { agencyId: "education" })).personId;
    await fillPost(hub(), { role: "MANAGER", holderId: "demo|mash-manager", teamId: "mash" });
    await fillPost(hub(), { role: "PRACTITIONER", holderId: "demo|social-worker", teamId: "assessment" });
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    world.setNow(new Date("2026-03-10T10:00:00Z"));
    for (const table of [ChildAccessRow, ChildShieldRow, Message, Obligation]) await db().clear(table);
    await db().update(PersonRow, { shielded: true }, { shielded: false });
    await join("mash-manager", "social-worker", { childId: amelia, relation: "ALLOCATED" });
  });

  it.each([
    ["WITNESS_PROTECTION", ["mash-manager", "health-visitor", "teacher", "conference-chair"]],
    ["ADOPTION", ["mash-manager"]],
  ])("for %s is there for the team alone", async (kind, outside) => {
    const { data } = await request("health-visitor", { childId: amelia });
    await set(kind);
    expect(await scope("social-worker", amelia)).toBe("WHOLE in-the-team");
    for (const person of outside) {
      // Word for word what is said of a child who is not there, at every door.
      for (const [query, of, ofNobody] of [
        [EXPLAIN, { childId: amelia }, { childId: NOBODY }],
        [CHILD, { id: amelia }, { id: NOBODY }],
        [REQUEST, wish(amelia), wish(NOBODY)],
        [BREAK, glass(amelia), glass(NOBODY)],
        [END, ending(data.requestAccess.id), ending(NOBODY)],
        [DECIDE, decision(data.requestAccess.id), decision(NOBODY)],
      ] as const) {
        const [mine, nobodys] = [await ask(person, query, of), await ask(person, query, ofNobody)];
        expect([person, mine.text]).toEqual([person, nobodys.text]);
      }
      expect((await ok(person, FIND)).findChildren).toMatchObject({ edges: [] });
      expect((await ok(person, BY_NUMBER, { value: NHS })).childByIdentifier).toBeNull();
      expect((await ok(person, TO_REVIEW)).shieldsToReview).toEqual([]);
    }
    expect((await ok("health-visitor", "{ myAccess { id } }")).myAccess).toEqual([]);
    // Also while an agency is silent, and nobody can say that a number is nobody's.
    world.systems.get("police")?.failWith("TIMEOUT");
    const [mine, nobodys] = [
      await ask("teacher", BY_NUMBER, { value: NHS }),
      await ask("teacher", BY_NUMBER, { value: "9990246947" }),
    ];
    world.systems.get("police")?.failWith(null);
    expect(mine.text).toBe(nobodys.text);
    expect(mine.errors[0]?.extensions.code).toBe("INCOMPLETE");
    const tried = await db().findBy(AuditRow, { subjectId: amelia, rule: "shielded", allowed: false });
    expect(tried.length).toBeGreaterThan(4);
    // Whoever is allocated is reminded to look at it again; what is owed names no child.
    const [owed] = await db().findBy(Obligation, { rule: "shield-review" });
    expect(owed).toMatchObject({ childId: null, teamId: "assessment", ownerRole: "PRACTITIONER", dueOn: "2026-06-08" });
  });

  const wish = (childId: string) => ({
    request: { key: nextKey(), childId, kind: "TASK", purpose: "direct-care", power: "DIRECT_CARE", reason: WHY },
  });
  const glass = (childId: string) => ({ glass: { key: nextKey(), childId, risk: WHY } });
  const ending = (id: string) => ({ ending: { id, because: WHY } });
  const decision = (id: string) => ({ decision: { id, approve: true, because: WHY } });

  it("is not hidden where nobody would be left who sees it", async () => {
    await ok("social-worker", TO_REVIEW);
    const [place] = await db().findBy(ChildAccessRow, { kind: "TEAM" });
    await ask("mash-manager", END, ending(place!.id));
    const { errors } = await shield("mash-manager", { childId: amelia, kind: "ADOPTION" });
    expect(errors[0]).toMatchObject({
      extensions: { code: "WRONG_STEP" },
      message: expect.stringContaining("Nobody is allocated"),
    });
    await join("mash-manager", "social-worker", { childId: amelia, relation: "ALLOCATED" });
    await set("ADOPTION");
    const [again] = await db().findBy(ChildAccessRow, { kind: "TEAM", state: "ACTIVE" });
    expect((await ask("social-worker", END, ending(again!.id))).errors[0]?.extensions.code).toBe("WRONG_STEP");
  });

  it.each(["STAFF_CONFLICT", "HIGH_PROFILE"])("for %s lets nobody in by themselves", async (kind) => {
    await request("health-visitor", { childId: amelia });
    expect(await scope("health-visitor", amelia)).toBe("OUTLINE has-a-task");
    await set(kind);
    // What they took before a second person was needed has ended, and they were told.
    expect(await scope("health-visitor", amelia)).toBe("LOCATE outside-the-team");
    expect((await db().findBy(Message, { kind: "ACCESS_ENDS" })).map(({ toActorId }) => toActorId)).toEqual([
      "demo|health-visitor",
    ]);
    const { data } = await request("health-visitor", { childId: amelia });
    expect(data.requestAccess).toMatchObject({ state: "PENDING", holds: false });
    expect((await decide("health-visitor", data.requestAccess.id, true)).errors[0]?.extensions.code).toBe(
      "NOT_ALLOWED",
    );
    await decide("social-worker", data.requestAccess.id, true);
    expect(await scope("health-visitor", amelia)).toBe("OUTLINE has-a-task");
    expect(await scope("mash-manager", amelia)).toBe("WHOLE screens");
  });

  it("for DOMESTIC_ABUSE is shown without what leads to where it is, but to those who work with it", async () => {
    await join("social-worker", "teacher", { childId: amelia });
    await request("health-visitor", { childId: amelia });
    await set("DOMESTIC_ABUSE");
    const postcodes = async (person: string) => {
      const { child } = await ok(person, WHERE, { id: amelia });
      return child.demographics.addresses?.map(({ postcode }: { postcode: string }) => postcode) ?? [];
    };
    expect(await postcodes("social-worker")).toContain("OX99 9ZZ");
    expect(await postcodes("teacher")).toContain("OX99 9ZZ");
    expect(await postcodes("health-visitor")).toEqual([]);
    expect(await postcodes("police-officer")).toEqual([]);
    const explained = (await ok("health-visitor", EXPLAIN, { childId: amelia })).explainAccess;
    expect(explained.kinds.find(({ kind }: { kind: string }) => kind === "CONTACT")).toMatchObject({
      allowed: false,
      rule: "restricted-record",
    });
    // Who teaches the child tells where it goes to school: to whoever is kept from that, somebody does.
    const teachers = async (person: string) => {
      const { child } = await ok(person, TEAM, { id: amelia });
      return child.team.filter(({ role }: { role: string }) => role === "TEACHER");
    };
    expect(await teachers("health-visitor")).toEqual([{ role: "TEACHER", actorId: null, name: null, agencyId: null }]);
    expect(await teachers("social-worker")).toMatchObject([
      { agencyId: "larch-hill-primary", name: "Somebody Invented" },
    ]);
    const named = explained.whoCould.map(({ agencyId }: { agencyId: string | null }) => agencyId);
    expect(named).toEqual(["social-care", "social-care", null]);
    expect((await ok("social-worker", WHERE, { id: amelia })).child.shields).toEqual([{ kind: "DOMESTIC_ABUSE" }]);
    for (const person of ["teacher", "health-visitor", "police-officer"])
      expect((await ok(person, WHERE, { id: amelia })).child.shields).toBeNull();
  });

  it("that names one person is not there for that person, and as ever for all others", async () => {
    await join("social-worker", "teacher", { childId: amelia });
    await set("STAFF_CONFLICT", { namedOutActorId: "demo|teacher" });
    expect(await scope("teacher", amelia)).toBe("NOT_FOUND");
    expect((await ok("teacher", CHILD, { id: amelia })).child).toBeNull();
    expect((await ok("teacher", FIND)).findChildren.edges).toEqual([]);
    expect(await code("teacher", BREAK, glass(amelia))).toBe("NOT_FOUND");
    const { data } = await request("health-visitor", { childId: amelia });
    expect(data.requestAccess.state).toBe("ACTIVE");
    // A manager who is named out is passed over when somebody must be told.
    await set("STAFF_CONFLICT", { namedOutActorId: "demo|health-manager" });
    await fillPost(hub(), { agencyId: "community-health", role: "MANAGER", holderId: "demo|health-manager" });
    await ask("health-visitor", BREAK, glass(amelia));
    expect(await db().findOneByOrFail(Obligation, { rule: "break-glass-review" })).toMatchObject({ teamId: "mash" });
  });

  it("is shielded by those who lead the team, once for each kind, and by nobody else", async () => {
    await join("social-worker", "teacher", { childId: amelia });
    await join("mash-manager", "conference-chair", { childId: amelia, relation: "REVIEWER" });
    for (const person of [
      "teacher",
      "health-visitor",
      "conference-chair",
      "board-manager",
      "data-protection-officer",
      "nobody",
    ])
      expect([
        person,
        (await shield(person, { childId: amelia, kind: "DOMESTIC_ABUSE" })).errors[0]?.extensions.code,
      ]).toEqual([person, "NOT_ALLOWED"]);
    await set("DOMESTIC_ABUSE");
    expect((await shield("mash-manager", { childId: amelia, kind: "DOMESTIC_ABUSE" })).errors[0]?.extensions.code).toBe(
      "CONFLICT",
    );
    expect(await db().findBy(PersonRow, { shielded: true })).toMatchObject([{ id: amelia }]);
  });

  it("is looked at again every so often, and unshielded by a manager who did not set it", async () => {
    const [own, other] = [await set("DOMESTIC_ABUSE", {}, "mash-manager"), await set("HIGH_PROFILE")];
    const { shieldsToReview } = await ok("mash-manager", TO_REVIEW);
    expect(shieldsToReview.map(({ id }: { id: string }) => id)).toEqual([own, other]);
    expect((await ok("teacher", TO_REVIEW)).shieldsToReview).toEqual([]);
    world.setNow(new Date("2026-06-01T10:00:00Z"));
    const { reviewShield } = await ok("mash-manager", LOOK, { review: { id: other, because: WHY } });
    expect(reviewShield.reviewAt).toBe("2026-08-30T23:00:00.000Z");
    const clocks = await db().find(Obligation, { where: { rule: "shield-review" }, order: { id: "ASC" } });
    expect(clocks.map(({ state, childId }) => `${state} ${childId}`)).toEqual(["OPEN null", "MET null", "OPEN null"]);

    expect((await lift("social-worker", other)).errors[0]?.extensions.code).toBe("NOT_ALLOWED");
    expect((await lift("mash-manager", own)).errors[0]?.extensions.code).toBe("NOT_ALLOWED");
    expect((await lift("mash-manager", NOBODY)).errors[0]?.extensions.code).toBe("NOT_FOUND");
    expect((await lift("mash-manager", other)).errors).toEqual([]);
    expect((await lift("mash-manager", other)).errors[0]?.extensions.code).toBe("WRONG_STEP");
    expect((await db().findOneByOrFail(PersonRow, { id: amelia })).shielded).toBeTruthy();
    await db().update(ChildShieldRow, own, { byActorId: "demo|another-manager" });
    await lift("mash-manager", own);
    expect((await db().findOneByOrFail(PersonRow, { id: amelia })).shielded).toBeFalsy();
    expect(await db().countBy(Obligation, { rule: "shield-review", state: "OPEN" })).toBe(0);
    const rules = await db().findBy(AuditRow, { what: "shield.lifted", allowed: false });
    expect(rules.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["own-shield", "lifted-by-manager"]));
  });

  it("is as hidden by an id that they had before, and by what still bears it", async () => {
    const before = { id: hub().newId(), kind: "CHILD", createdAt: hub().now(), joinedTo: amelia } as const;
    await db().insert(PersonRow, { ...before, shielded: false, sealedAt: null });
    await join("social-worker", "health-visitor", { childId: amelia });
    await ask("health-visitor", BREAK, glass(amelia));
    const [owed] = await db().findBy(Obligation, { rule: "break-glass-review" });
    await db().update(Obligation, owed!.id, { childId: before.id });
    const clock = `query ($id: ID!) { obligation(id: $id) { id } }`;
    expect(await code("mash-manager", clock, { id: owed!.id })).toBe("OK");
    await set("WITNESS_PROTECTION");
    for (const shielded of [amelia, before.id]) {
      await db().update(ChildShieldRow, { kind: "WITNESS_PROTECTION" }, { childId: shielded });
      await db().update(PersonRow, { id: shielded }, { shielded: true });
      expect(await code("mash-manager", clock, { id: owed!.id })).toBe("NOT_FOUND");
      expect(await code("mash-manager", clock, { id: NOBODY })).toBe("NOT_FOUND");
      const mine = `{ myObligations(first: 10) { edges { node { id } } } }`;
      const nodes = (await ok("mash-manager", mine)).myObligations.edges as { node: { id: string } }[];
      expect(nodes.map(({ node }) => node.id)).not.toContain(owed!.id);
      expect(await code("social-worker", clock, { id: owed!.id })).toBe("OK");
    }
    // No manager may know of the child: whoever is allocated looks again at the broken glass.
    const [broken] = (await ok("social-worker", "{ accessRequests { id } }")).accessRequests as { id: string }[];
    const review = { id: broken!.id, justified: true, because: WHY };
    const say = `mutation ($review: ReviewBreakGlass!) { reviewBreakGlass(review: $review) { justified } }`;
    expect(await code("health-visitor", say, { review })).toBe("NOT_ALLOWED");
    expect(await code("social-worker", say, { review })).toBe("OK");
    expect(await db().findOneByOrFail(Obligation, { id: owed!.id })).toMatchObject({ metAt: hub().now() });
  });

  it("is opened to nobody by a challenge of their own, not even to their own team", async () => {
    const [place] = await db().findBy(ChildAccessRow, { kind: "TEAM" });
    await ask("mash-manager", END, ending(place!.id));
    const challenge = { category: "THRESHOLD", againstAgencyId: "social-care", againstTeamId: "assessment" };
    const said = { evidence: WHY, wantedOutcome: WHY, immediateRisk: false };
    const raise = `mutation ($input: RaiseEscalation!) { raiseEscalation(escalation: $input) { id } }`;
    const input = { key: nextKey(), childId: amelia, ...challenge, ...said };
    expect(await code("social-worker", raise, { input })).toBe("OK");
    const [owed] = await db().findBy(Obligation, { childId: amelia });
    expect(owed).toMatchObject({ teamId: "assessment", ownerRole: "PRACTITIONER" });
    expect(await scope("social-worker", amelia)).toBe("LOCATE outside-the-team");
    // Somebody else's opens the child to whoever has to answer it.
    await db().update(Escalation, { childId: amelia }, { fromActorId: "demo|teacher" });
    expect(await scope("social-worker", amelia)).toBe("WHOLE answers-for-child");
    await db().clear(Escalation);
  });

  it("leaves no way in, no shield and nothing owed behind once its old identity is sealed", async () => {
    await request("health-visitor", { childId: amelia });
    await set("ADOPTION");
    expect(await db().countBy(Message, { kind: "ACCESS_TAKEN" })).toBe(2);
    const input = { childId: amelia, kind: "ADOPTION", because: WHY, dropDoubts: true, alsoCarriedByOthers: true };
    expect(await code("sealed-records-officer", SEAL, { input })).toBe("OK");
    for (const table of [ChildAccessRow, ChildShieldRow, Obligation, Message]) expect(await db().count(table)).toBe(0);
  });
});
