// Being let in to a child's story, as the areas ship: who may put somebody in the team, who may ask, who decides, and when it ends.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { seedDemoTeam } from "../../src/demo-team.ts";
import { Message } from "../../src/schema/message.ts";
import { warnOfEnding } from "../../src/services/getting-in-warned.ts";
import { sweep } from "../../src/services/sweep.ts";
import { ChildAccessRow, ChildShieldRow } from "../../src/store/rows-access.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { fillPost } from "../support/posts.ts";
import { EXPLAIN, nextKey, waysIn, WHY } from "../support/team.ts";

const NOW = new Date("2026-03-10T10:00:00Z");
const NOBODY = "01a1ffda-881d-704b-8279-d4693c6176f3";
const TEAM = `query ($id: ID!) { child(id: $id) { team { name role relation purpose power } } }`;
const STORY = `query ($id: ID!) { child(id: $id) { agencies { agency { id } status } } }`;

describe.each(ENGINES)("on $name, getting in", (engine) => {
  let world: LightHub;
  let amelia = "";
  const { ask, ok, code, join, request, decide, end, scope, explain } = waysIn(() => world);
  const hub = () => world.open.hub;
  const db = () => hub().db.manager;
  const told = async (kind: string) => {
    const found = await db().find(Message, { where: { kind: kind as Message["kind"] }, order: { toActorId: "ASC" } });
    return found.map(({ toActorId }) => toActorId);
  };
  /** The social worker is allocated. */
  const allocate = async () => {
    const { data } = await join("mash-manager", "social-worker", { childId: amelia, relation: "ALLOCATED" });
    return data.joinTeam.id as string;
  };

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS, {}, { standing: "SHIPPED" });
    const row = await db()
      .findOneByOrFail(AgencyRecordRow, { recordId: "LA-0001" })
      .catch(() => null);
    const people = await db().find(AgencyRecordRow, { where: { agencyId: "education" } });
    amelia = row?.personId ?? people[0]!.personId;
    await fillPost(hub(), {
      role: "MANAGER",
      holderId: "demo|mash-manager",
      teamId: "mash",
      holderName: "Graham Pell",
    });
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    world.setNow(NOW);
    for (const table of [ChildAccessRow, ChildShieldRow, Message]) await db().clear(table);
    await db().update(PersonRow, { shielded: true }, { shielded: false });
  });

  it("is by the team: who leads it puts people in, whoever is in it proposes, nobody puts themselves in", async () => {
    expect(await scope("teacher", amelia)).toBe("LOCATE outside-the-team");
    await allocate();
    expect(await scope("social-worker", amelia)).toBe("WHOLE in-the-team");
    const { data } = await join("social-worker", "teacher", { childId: amelia });
    expect(data.joinTeam).toMatchObject({ state: "ACTIVE", relation: "MEMBER", holds: true, endsAt: null });
    expect(await scope("teacher", amelia)).toBe("OUTLINE in-the-team");

    const { data: proposed } = await join("teacher", "health-visitor", { childId: amelia });
    expect(proposed.joinTeam).toMatchObject({ state: "PENDING", holds: false });
    expect(await scope("health-visitor", amelia)).toBe("LOCATE outside-the-team");
    expect(await told("ACCESS_ASKED")).toEqual(["demo|mash-manager", "demo|social-worker"]);
    const { accessRequests } = await ok("social-worker", "{ accessRequests { id kind name reason child { id } } }");
    expect(accessRequests).toMatchObject([
      { id: proposed.joinTeam.id, kind: "TEAM", reason: WHY, child: { id: amelia } },
    ]);
    expect((await decide("teacher", proposed.joinTeam.id, true)).errors[0]?.extensions.code).toBe("NOT_ALLOWED");
    await decide("social-worker", proposed.joinTeam.id, true);
    expect(await scope("health-visitor", amelia)).toBe("OUTLINE in-the-team");
    expect((await decide("social-worker", proposed.joinTeam.id, false)).errors[0]?.extensions.code).toBe("WRONG_STEP");

    for (const [by, person] of [
      ["police-officer", "police-officer"],
      ["police-officer", "conference-chair"],
      ["health-visitor", "health-visitor"],
      ["social-worker", "social-worker"],
      ["board-manager", "teacher"],
      ["data-protection-officer", "teacher"],
      ["agency-developer", "teacher"],
      ["nobody", "teacher"],
    ] as const)
      expect([by, (await join(by, person, { childId: amelia })).errors[0]?.extensions.code]).toEqual([
        by,
        "NOT_ALLOWED",
      ]);
    const refused = await db().findBy(AuditRow, { what: "access.team-joined", allowed: false });
    expect(refused.map(({ rule }) => rule)).toContain("own-place");

    const { child } = await ok("teacher", TEAM, { id: amelia });
    expect(child.team.map((one: { role: string; relation: string }) => `${one.role} ${one.relation}`)).toEqual([
      "SOCIAL_WORKER ALLOCATED",
      "TEACHER MEMBER",
      "HEALTH_VISITOR MEMBER",
    ]);
    expect((await ok("police-officer", TEAM, { id: amelia })).child.team).toBeNull();
  });

  it.each([
    ["an unknown agency", { agencyId: "elsewhere" }, "agencyId: use one of"],
    ["a role without children", { role: "BOARD_MANAGER" }, "role: does not work"],
    ["an allocated teacher", { relation: "ALLOCATED" }, "relation: a child is allocated"],
    ["a day that is over", { untilOn: "2026-03-09" }, "untilOn: is over"],
    ["consent without its details", { power: "CONSENT" }, "consent: goes with"],
    ["a reason that is none", { reason: "school" }, "reason: must be 20"],
    ["no purpose", { purpose: "not-stated" }, "purpose: must be one of"],
    ["no sign-in", { actorId: "vacant:mash/MANAGER" }, "actorId: must be a sign-in"],
  ])("takes nobody in with %s", async (_what, member, says) => {
    const { errors } = await join("mash-manager", "teacher", { childId: amelia, ...member });
    expect(errors[0]).toMatchObject({ extensions: { code: "BAD_INPUT" }, message: expect.stringContaining(says) });
    expect(await db().count(ChildAccessRow)).toBe(0);
  });

  it("takes a place once, until its last day, or until it is ended", async () => {
    const member = { childId: amelia, key: nextKey(), untilOn: "2026-03-12" };
    const [first, again] = [
      await join("mash-manager", "teacher", member),
      await join("mash-manager", "teacher", member),
    ];
    expect(again.data.joinTeam.id).toBe(first.data.joinTeam.id);
    expect(
      (await join("mash-manager", "teacher", { ...member, relation: "REVIEWER" })).errors[0]?.extensions.code,
    ).toBe("CONFLICT");
    expect((await join("mash-manager", "teacher", { childId: amelia })).errors[0]?.extensions.code).toBe("CONFLICT");
    world.setNow(new Date("2026-03-12T23:59:59Z"));
    expect(await scope("teacher", amelia)).toBe("OUTLINE in-the-team");
    world.setNow(new Date("2026-03-13T00:00:00Z"));
    expect(await scope("teacher", amelia)).toBe("LOCATE outside-the-team");
    world.setNow(NOW);
    expect((await end("police-officer", first.data.joinTeam.id)).errors[0]?.extensions.code).toBe("NOT_ALLOWED");
    await end("teacher", first.data.joinTeam.id);
    expect(await scope("teacher", amelia)).toBe("LOCATE outside-the-team");
    expect((await end("teacher", first.data.joinTeam.id)).errors[0]?.extensions.code).toBe("WRONG_STEP");
  });

  it("is for a task at once, for two weeks, and those who work with the child are told", async () => {
    await allocate();
    await db().clear(Message);
    const wish = { childId: amelia, key: nextKey() };
    const [first, again] = await Promise.all([request("health-visitor", wish), request("health-visitor", wish)]);
    expect(first.data.requestAccess).toMatchObject({
      state: "ACTIVE",
      holds: true,
      endsAt: "2026-03-25T00:00:00.000Z",
    });
    expect(again.data.requestAccess.id).toBe(first.data.requestAccess.id);
    expect(await told("ACCESS_TAKEN")).toEqual(["demo|social-worker"]);
    expect(await scope("health-visitor", amelia)).toBe("OUTLINE has-a-task");
    expect((await request("health-visitor", { childId: amelia })).errors[0]).toMatchObject({
      extensions: { code: "CONFLICT" },
      message: expect.stringContaining("asking again makes it no longer"),
    });
    world.setNow(new Date("2026-03-24T23:59:59.999Z"));
    expect(await scope("health-visitor", amelia)).toBe("OUTLINE has-a-task");
    world.setNow(new Date("2026-03-25T00:00:00Z"));
    expect(await scope("health-visitor", amelia)).toBe("LOCATE outside-the-team");
    const { myAccess } = await ok("health-visitor", "{ myAccess { kind state holds } }");
    expect(myAccess).toEqual([{ kind: "TASK", state: "ACTIVE", holds: false }]);
    expect((await ok("teacher", "{ myAccess { id } }")).myAccess).toEqual([]);
  });

  it("warns of its end three days before, once, and can be asked for anew from then on", async () => {
    const { data } = await request("health-visitor", { childId: amelia });
    world.setNow(new Date("2026-03-21T23:59:00Z"));
    await warnOfEnding(hub());
    expect(await told("ACCESS_ENDS")).toEqual([]);
    world.setNow(new Date("2026-03-22T00:00:00Z"));
    await Promise.all([warnOfEnding(hub()), warnOfEnding(hub())]);
    await sweep(hub());
    expect(await told("ACCESS_ENDS")).toEqual(["demo|health-visitor"]);
    const [{ says = "" } = {}] = await db().findBy(Message, { kind: "ACCESS_ENDS" });
    expect(says).toBe(
      `Your access to a child's record ends with 2026-03-24: ask anew if you still need it (${data.requestAccess.id})`,
    );
    const { data: anew } = await request("health-visitor", { childId: amelia });
    expect(anew.requestAccess.endsAt).toBe("2026-04-05T23:00:00.000Z");
  });

  it("is for an involvement once a second person approves, for six months", async () => {
    await allocate();
    const { data } = await request("teacher", { childId: amelia, kind: "INVOLVEMENT" });
    const { id } = data.requestAccess;
    expect(data.requestAccess).toMatchObject({ state: "PENDING", holds: false, endsAt: null });
    expect(await scope("teacher", amelia)).toBe("LOCATE outside-the-team");
    expect((await request("teacher", { childId: amelia, kind: "INVOLVEMENT" })).errors[0]?.extensions.code).toBe(
      "CONFLICT",
    );
    for (const person of ["teacher", "police-officer", "board-manager", "nobody"])
      expect([person, (await decide(person, id, true)).errors[0]?.extensions.code]).toEqual([person, "NOT_ALLOWED"]);
    for (const person of ["teacher", "police-officer"])
      expect((await ok(person, "{ accessRequests { id } }")).accessRequests).toEqual([]);
    const [one, other] = await Promise.all([decide("social-worker", id, true), decide("mash-manager", id, true)]);
    expect([one, other].map(({ errors }) => errors[0]?.extensions.code ?? "OK").sort()).toEqual(["OK", "WRONG_STEP"]);
    expect(await scope("teacher", amelia)).toBe("OUTLINE involved");
    expect(await told("ACCESS_DECIDED")).toEqual(["demo|teacher"]);
    world.setNow(new Date("2026-09-10T22:59:59Z"));
    expect(await scope("teacher", amelia)).toBe("OUTLINE involved");
    world.setNow(new Date("2026-09-10T23:00:00Z"));
    expect(await scope("teacher", amelia)).toBe("LOCATE outside-the-team");
  });

  it("leaves out whoever was refused", async () => {
    const { data } = await request("teacher", { childId: amelia, kind: "INVOLVEMENT" });
    expect((await decide("mash-manager", data.requestAccess.id, false)).data.decideAccess.state).toBe("REFUSED");
    expect(await scope("teacher", amelia)).toBe("LOCATE outside-the-team");
  });

  it("opens with consent what was consented to, until it is withdrawn", async () => {
    const consent = { by: "Rachel Hartley, her mother", on: "2026-03-09", how: "On the telephone, to the assessment" };
    const { data } = await request("social-worker", { childId: amelia, power: "CONSENT", consent });
    expect(await scope("social-worker", amelia)).toBe("OUTLINE has-a-task");
    const withdraw = `mutation ($ending: AccessWords!) { withdrawConsent(ending: $ending) { state } }`;
    const ending = { id: data.requestAccess.id, because: "Her mother rang and said no to all of it." };
    expect(await code("police-officer", withdraw, { ending })).toBe("NOT_ALLOWED");
    expect(await ok("social-worker", withdraw, { ending })).toEqual({ withdrawConsent: { state: "ENDED" } });
    expect(await scope("social-worker", amelia)).toBe("LOCATE outside-the-team");
    const other = await request("social-worker", { childId: amelia });
    expect(await code("social-worker", withdraw, { ending: { ...ending, id: other.data.requestAccess.id } })).toBe(
      "WRONG_STEP",
    );
  });

  it("is not asked for by whoever is in, and refused to roles without children", async () => {
    await allocate();
    expect((await request("social-worker", { childId: amelia })).errors[0]?.extensions.code).toBe("WRONG_STEP");
    expect((await request("mash-manager", { childId: amelia })).errors[0]?.extensions.code).toBe("WRONG_STEP");
    for (const person of [
      "board-manager",
      "data-protection-officer",
      "agency-developer",
      "identity-reviewer",
      "nobody",
    ])
      expect([person, (await request(person, { childId: amelia })).errors[0]?.extensions.code]).toEqual([
        person,
        "NOT_ALLOWED",
      ]);
    expect((await request("teacher", { childId: NOBODY })).errors[0]?.extensions.code).toBe("NOT_FOUND");
    expect((await request("teacher", { childId: amelia, kind: "BREAK_GLASS" })).errors[0]?.extensions.code).toBe(
      "BAD_INPUT",
    );
  });

  it("is explained: why I can, why I cannot, who could", async () => {
    await allocate();
    await join("social-worker", "police-officer", { childId: amelia, relation: "CONTRIBUTOR" });
    const teacher = await explain("teacher", amelia);
    expect(teacher).toMatchObject({ scope: "LOCATE", rule: "outside-the-team", kind: null, until: null });
    const open = (kinds: { kind: string; allowed: boolean }[]) =>
      kinds.filter(({ allowed }) => allowed).map(({ kind }) => kind);
    expect(open(teacher.kinds)).toEqual(["POINTER", "IDENTITY"]);
    expect(teacher.ways.map(({ kind, mayYou }: { kind: string; mayYou: boolean }) => `${kind} ${mayYou}`)).toEqual([
      "TEAM false",
      "TASK true",
      "INVOLVEMENT true",
      "BREAK_GLASS true",
    ]);
    // That a child has a social worker is itself something that only the team may know.
    expect(teacher.whoCould).toMatchObject([
      { agencyId: "social-care", post: "MANAGER", relation: null, name: "Graham Pell" },
    ]);

    const mine = await explain("social-worker", amelia);
    expect(mine).toMatchObject({
      scope: "WHOLE",
      rule: "in-the-team",
      relation: "ALLOCATED",
      power: "CHILDREN_ACT_1989_S17",
    });
    expect(mine.ways.every(({ mayYou }: { mayYou: boolean }) => !mayYou)).toBe(true);
    expect(mine.whoCould.map(({ relation }: { relation: string | null }) => relation)).toEqual([
      null,
      "ALLOCATED",
      "CONTRIBUTOR",
    ]);
    const police = await explain("police-officer", amelia);
    expect(open(police.kinds)).toContain("POLICE");
    expect(open(police.kinds)).not.toContain("HEALTH");

    const unknown = await ask("teacher", EXPLAIN, { childId: NOBODY });
    expect(unknown.errors[0]).toMatchObject({ message: "There is no such child", extensions: { code: "NOT_FOUND" } });
    expect(await code("board-manager", EXPLAIN, { childId: amelia })).toBe("NOT_ALLOWED");
    expect(await db().existsBy(AuditRow, { what: "access.explained", subjectId: amelia, role: "TEACHER" })).toBe(true);
  });

  it("opens the story with the way in, and no sooner", async () => {
    const statuses = async () => {
      const { child } = await ok("health-visitor", STORY, { id: amelia });
      return child.agencies.map(
        ({ agency, status }: { agency: { id: string }; status: string }) => `${agency.id} ${status}`,
      );
    };
    expect((await statuses()).every((line: string) => !line.endsWith("RECORDED"))).toBe(true);
    await join("mash-manager", "health-visitor", { childId: amelia });
    expect(await statuses()).toContain("health RECORDED");
  });

  it("is set up for the demo once, however often it is started", async () => {
    expect(await seedDemoTeam(world.open)).toBe(5);
    expect(await seedDemoTeam(world.open)).toBe(5);
    expect(await db().countBy(ChildAccessRow, { kind: "TEAM", state: "ACTIVE" })).toBe(5);
    expect(await scope("health-visitor", amelia)).toBe("OUTLINE in-the-team");
  });
});
