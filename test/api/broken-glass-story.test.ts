// Two stories. A health visitor outside the team, at night before a bank holiday, breaks the glass for a child at immediate risk. A teacher,
// curious about a neighbour's child, is refused.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CLOCK_ACTS } from "../../src/domain/obligation.ts";
import { Message } from "../../src/schema/message.ts";
import { Obligation, ObligationEvent } from "../../src/schema/obligation.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { carryOutDue } from "../../src/services/due.ts";
import { ChildAccessRow } from "../../src/store/rows-access.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { AgencyRecordRow } from "../../src/store/rows.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { fillPost } from "../support/posts.ts";
import { nextKey, waysIn } from "../support/team.ts";

/** Thursday, 23:30 in England, before Good Friday and Easter Monday. */
const NIGHT = new Date("2026-04-02T22:30:00Z");
const RISK = "Her mother rang: he is at the door with a knife and the children are in the flat.";
const BREAK = `mutation ($glass: BreakGlass!) { breakGlass(glass: $glass) { access { id endsAt } reviewBy
  child { id agencies { agency { id } status events { summary } involvements { practitioner phone } } } } }`;
const REVIEW = `mutation ($review: ReviewBreakGlass!) { reviewBreakGlass(review: $review) { id state justified } }`;
const STORY = `query ($id: ID!) { child(id: $id) { id agencies { agency { id } status events { summary } } team { name } shields { id } } }`;
const OWED = `query ($id: ID!) { child(id: $id) { obligations { rule state dueOn } } }`;

describe.each(ENGINES)("on $name, at night before a bank holiday,", (engine) => {
  let world: LightHub;
  let amelia = "";
  let glass = "";
  const { ask, ok, code, join, scope } = waysIn(() => world);
  const hub = () => world.open.hub;
  const db = () => hub().db.manager;
  const at = (instant: string) => world.setNow(new Date(instant));
  const tick = () => carryOutDue(hub(), clockCaller(hub(), "test"), { acts: [...CLOCK_ACTS], upTo: hub().now() });
  const told = async (kind: string) => {
    const found = await db().find(Message, { where: { kind: kind as Message["kind"] }, order: { toActorId: "ASC" } });
    return found.map(({ toActorId, urgent }) => `${toActorId}${urgent ? " urgent" : ""}`);
  };
  const review = (person: string, justified: boolean, id = glass) =>
    ask(person, REVIEW, { review: { id, justified, because: "I spoke with her this morning and read her notes." } });
  const breakIt = (person: string, more: Record<string, unknown> = { childId: amelia }) =>
    ask(person, BREAK, { glass: { key: nextKey(), risk: RISK, ...more } });

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS, {}, { standing: "SHIPPED" });
    amelia = (await db().findOneByOrFail(AgencyRecordRow, { agencyId: "education" })).personId;
    world.setNow(NIGHT);
    const own = { agencyId: "community-health" } as const;
    await fillPost(hub(), { ...own, role: "MANAGER", holderId: "demo|health-manager" });
    // She leads for her agency on escalations herself: nobody reviews what they did.
    await fillPost(hub(), { ...own, role: "ESCALATION_LEAD", holderId: "demo|health-visitor" });
    await fillPost(hub(), { role: "MANAGER", holderId: "demo|mash-manager", teamId: "mash" });
    await join("mash-manager", "social-worker", { childId: amelia, relation: "ALLOCATED" });
  });
  afterAll(() => world?.close());

  it("a health visitor outside the team is in within one request, and her manager is told in the same", async () => {
    expect(await scope("health-visitor", amelia)).toBe("LOCATE outside-the-team");
    const { data, errors } = await breakIt("health-visitor", { identifier: { kind: "NHS_NUMBER", value: NHS } });
    expect(errors).toEqual([]);
    const { access, reviewBy, child } = data.breakGlass;
    glass = access.id;
    expect(access.endsAt).toBe("2026-04-02T23:30:00.000Z");
    expect(child.id).toBe(amelia);
    // Everything, of every sector: more than her role sees of a child who is hers.
    const recorded = child.agencies.filter(({ status }: { status: string }) => status === "RECORDED");
    expect(recorded.map(({ agency }: { agency: { id: string } }) => agency.id)).toEqual(
      expect.arrayContaining(["social-care", "health"]),
    );
    expect(JSON.stringify(child)).toContain("Referral from police");

    // Good Friday, the weekend and Easter Monday do not count: it is due by the end of Tuesday.
    expect(reviewBy).toBe("2026-04-07T23:00:00.000Z");
    expect(await told("GLASS_BROKEN")).toEqual(["demo|health-manager urgent", "demo|social-worker urgent"]);
    const [{ says = "", obligationId = "" } = {}] = await db().findBy(Message, { kind: "GLASS_BROKEN" });
    expect(says).toBe(
      `Somebody broke the glass to a child's record for an immediate risk: review whether it was justified (${glass})`,
    );
    expect(await db().findOneByOrFail(Obligation, { id: obligationId ?? "" })).toMatchObject({
      rule: "break-glass-review",
      agencyId: "community-health",
      ownerRole: "MANAGER",
      dueOn: "2026-04-07",
      urgent: true,
      state: "OPEN",
    });
  });

  it("every read of hers under it says so in the record", async () => {
    await ok("health-visitor", STORY, { id: amelia });
    const reads = await db().findBy(AuditRow, { actorId: "demo|health-visitor", accessId: glass });
    expect(reads.length).toBeGreaterThanOrEqual(2);
    for (const read of reads)
      expect(read).toMatchObject({
        what: "child.read",
        rule: "broke-glass",
        power: "VITAL_INTERESTS",
        allowed: true,
        subjectId: amelia,
      });
    expect(reads.map(({ parts }) => parts).join()).toContain("EVENTS");
    const [broken] = await db().findBy(AuditRow, { what: "access.glass-broken" });
    expect(broken).toMatchObject({
      actorId: "demo|health-visitor",
      subjectId: amelia,
      allowed: true,
      rule: "immediate-risk",
    });
  });

  it("is reviewed by nobody who may not, and stands for no one else", async () => {
    for (const person of ["health-visitor", "teacher", "police-officer", "social-worker", "board-manager", "nobody"])
      expect([person, (await review(person, true)).errors[0]?.extensions.code]).toEqual([person, "NOT_ALLOWED"]);
    expect(await scope("police-officer", amelia)).toBe("LOCATE outside-the-team");
    expect((await ok("police-officer", STORY, { id: amelia })).child).toMatchObject({ team: null, shields: null });
    // What is owed for it is for those to whom the whole story is open; to others it would tell that somebody broke in.
    expect((await ok("social-worker", OWED, { id: amelia })).child.obligations).toMatchObject([
      { rule: "break-glass-review", dueOn: "2026-04-07" },
    ]);
    expect((await ok("police-officer", OWED, { id: amelia })).child.obligations).toBeNull();
  });

  it("ends by itself after the hour, on the instant", async () => {
    at("2026-04-02T23:29:59.999Z");
    expect(await scope("health-visitor", amelia)).toBe("WHOLE broke-glass");
    at("2026-04-02T23:30:00Z");
    expect(await scope("health-visitor", amelia)).toBe("LOCATE outside-the-team");
    expect((await ok("health-visitor", STORY, { id: amelia })).child.team).toBeNull();
  });

  it("is not late while the bank holiday lasts; then whoever owes it is told, and it climbs", async () => {
    at("2026-04-07T22:59:59Z");
    await tick();
    const owed = async () => db().findOneByOrFail(Obligation, { rule: "break-glass-review", subjectId: glass });
    expect((await owed()).state).toBe("OPEN");
    at("2026-04-07T23:00:00Z");
    await tick();
    expect((await owed()).state).toBe("LATE");
    expect(await told("LATE")).toEqual(["demo|health-manager urgent"]);
    at("2026-04-20T12:00:00Z");
    await tick();
    const history = await db().findBy(ObligationEvent, { obligationId: (await owed()).id });
    expect(history.map(({ what }) => what)).toContain("CLIMBED");
  });

  it("is reviewed by the second person, once, and what was owed is met", async () => {
    world.setNow(new Date("2026-04-07T08:00:00Z"));
    const { data } = await breakIt("health-visitor");
    const { id } = data.breakGlass.access;
    const { accessRequests } = await ok("mash-manager", "{ accessRequests { id kind reason child { id } } }");
    expect(accessRequests).toContainEqual({ id, kind: "BREAK_GLASS", reason: RISK, child: { id: amelia } });
    expect((await ok("health-visitor", "{ accessRequests { id } }")).accessRequests).toEqual([]);
    const words = await Promise.all([review("mash-manager", true, id), review("mash-manager", true, id)]);
    expect(words.map(({ errors }) => errors[0]?.extensions.code ?? "OK").sort()).toEqual(["CONFLICT", "OK"]);
    expect(await db().findOneByOrFail(Obligation, { subjectId: id })).toMatchObject({ state: "MET" });
    expect(await scope("health-visitor", amelia)).toBe("WHOLE broke-glass");
    expect(await told("GLASS_REVIEWED")).toEqual(["demo|health-visitor"]);
  });

  it("ends at once where it was not justified", async () => {
    at("2026-04-08T08:00:00Z");
    const { data } = await breakIt("police-officer");
    const { id } = data.breakGlass.access;
    // No post of the force is held: the manager of the MASH is told.
    expect(await db().findOneByOrFail(Obligation, { subjectId: id })).toMatchObject({
      teamId: "mash",
      ownerRole: "MANAGER",
    });
    expect(await scope("police-officer", amelia)).toBe("WHOLE broke-glass");
    const { data: reviewed } = await review("mash-manager", false, id);
    expect(reviewed.reviewBreakGlass).toMatchObject({ state: "ENDED", justified: false });
    expect(await scope("police-officer", amelia)).toBe("LOCATE outside-the-team");
  });

  it("is broken once under one key, never by roles without children, and by nobody who is in", async () => {
    at("2026-04-08T09:00:00Z");
    const wish = { childId: amelia, key: nextKey() };
    const both = await Promise.all([breakIt("teacher", wish), breakIt("teacher", wish)]);
    expect(new Set(both.map(({ data }) => data.breakGlass.access.id)).size).toBe(1);
    expect(await db().countBy(ChildAccessRow, { actorId: "demo|teacher" })).toBe(1);
    expect((await breakIt("teacher", { ...wish, risk: `${RISK} Now.` })).errors[0]?.extensions.code).toBe("CONFLICT");
    for (const person of [
      "board-manager",
      "data-protection-officer",
      "agency-developer",
      "sealed-records-officer",
      "nobody",
    ])
      expect([person, (await breakIt(person)).errors[0]?.extensions.code]).toEqual([person, "NOT_ALLOWED"]);
    const { data } = await breakIt("social-worker");
    expect(data.breakGlass).toMatchObject({ access: null, reviewBy: null, child: { id: amelia } });
    expect(await code("teacher", BREAK, { glass: { key: nextKey(), childId: amelia, risk: "help" } })).toBe(
      "BAD_INPUT",
    );
    const unknown = { childId: "01a1ffda-881d-704b-8279-d4693c6176f3" };
    expect((await breakIt("teacher", unknown)).errors[0]?.extensions.code).toBe("NOT_FOUND");
    expect((await breakIt("teacher", {})).errors[0]?.extensions.code).toBe("BAD_INPUT");
  });

  it("holds where the table of bank holidays has ended: nobody is kept out by it", async () => {
    at("2028-12-29T22:00:00Z");
    const { data, errors } = await breakIt("police-officer");
    expect(errors).toEqual([]);
    expect(data.breakGlass.reviewBy).toBe("2029-01-02T00:00:00.000Z");
  });

  it("a teacher who is curious about a neighbour's child sees that it is the child, and no more; her tries are on record", async () => {
    at("2026-04-09T21:40:00Z");
    const { child } = await ok("teacher", STORY, { id: amelia });
    expect(child.team).toBeNull();
    expect(child.agencies.flatMap(({ events }: { events: unknown[] | null }) => events ?? [])).toEqual([]);
    const tried = await db().findBy(AuditRow, {
      actorId: "demo|teacher",
      what: "child.read",
      subjectId: amelia,
      rule: "outside-the-team",
    });
    expect(tried.length).toBeGreaterThan(0);
    // She was let in to nothing, and whoever asks who tried finds her.
    expect(tried.every(({ allowed }) => !allowed)).toBe(true);
  });
});
