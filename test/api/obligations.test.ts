// What is owed, from the fact that opens it to the fact that meets it, through GraphQL and with a clock that is turned.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Message } from "../../src/schema/message.ts";
import { Obligation, ObligationEvent } from "../../src/schema/obligation.ts";
import { Post } from "../../src/schema/post.ts";
import { TroubledWorkRow } from "../../src/store/rows-clocks.ts";
import { clockStory, READ_OBLIGATION } from "../support/clock-story.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { fillPost } from "../support/posts.ts";

describe.each(ENGINES)("on $name, an obligation", (engine) => {
  let world: LightHub;
  const { hub, db, at, tick, refer, record, read, whatOf } = clockStory(() => world);

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    for (const table of [Post, Message, ObligationEvent, Obligation]) await db().clear(table);
  });

  const toldTo = async (actorId: string) =>
    (await db().find(Message, { where: { toActorId: actorId }, order: { at: "ASC", id: "ASC" } })).map(
      ({ kind }) => kind,
    );

  it("that nobody meets is late, and climbs over Christmas rung by rung, each once", async () => {
    await fillPost(hub(), { role: "MANAGER", holderId: "anna", teamId: "mash" });
    await fillPost(hub(), { role: "ESCALATION_LEAD", holderId: "ben" });
    await fillPost(hub(), { role: "BUSINESS_MANAGER", holderId: "cleo", agencyId: "partnership" });
    await fillPost(hub(), { role: "EXECUTIVE", holderId: "dev" });
    const { clockId } = await refer("2026-12-23T10:00:00Z");
    at("2026-12-25T00:00:00Z");
    await Promise.all([tick(), tick(), tick()]);
    expect((await read(clockId)).state).toBe("LATE");
    expect(await toldTo("ben")).toEqual([]);
    at("2026-12-29T23:59:59Z");
    await tick();
    expect(await toldTo("ben")).toEqual([]);
    at("2026-12-30T00:00:00Z");
    await Promise.all([tick(), tick()]);
    expect(await toldTo("ben")).toEqual(["RUNG"]);
    at("2027-02-01T00:00:00Z");
    await Promise.all([tick(), tick()]);
    await tick();
    const { history, state } = await read(clockId);
    expect(state).toBe("LATE");
    const { silence } = hub().area;
    const climbed = whatOf(history).filter((what) => what === "CLIMBED");
    expect(climbed).toHaveLength(silence.length);
    expect(whatOf(history).filter((what) => what === "WENT_LATE")).toHaveLength(1);
    expect(await toldTo("cleo")).toEqual(["RUNG"]);
    expect(await toldTo("dev")).toEqual(["RUNG"]);
    const all = await db().find(Message);
    for (const { says } of all) expect(says).not.toMatch(/Amelia|Hartley|999 ?012|2019/);
  });

  it("is reminded of before it is due, and not after it is met", async () => {
    await fillPost(hub(), { role: "MANAGER", holderId: "anna", teamId: "mash" });
    const { clockId, referralId } = await refer("2026-03-02T10:00:00Z");
    const before = (await read(clockId)).history.length;
    at("2026-03-03T17:00:00Z");
    await record("REFERRAL_DECIDED", { followsId: referralId, outcome: "NO_FURTHER_ACTION" });
    at("2026-05-01T17:00:00Z");
    await tick();
    const { history, state, metAt } = await read(clockId);
    expect([state, metAt]).toEqual(["MET", "2026-03-03T17:00:00.000Z"]);
    expect(before).toBe(1);
    expect(whatOf(history)).not.toContain("WENT_LATE");
    expect(whatOf(history).at(-1)).toBe("MET");
  });

  it("met late stays late, with the time at which it was met", async () => {
    const { clockId, referralId } = await refer("2026-03-02T10:00:00Z");
    at("2026-03-05T09:00:00Z");
    await tick();
    const { data } = await record("REFERRAL_DECIDED", { followsId: referralId, outcome: "EARLY_HELP" });
    expect(data.recordStep.met).toEqual([{ id: clockId, rule: "referral-decision", state: "LATE" }]);
    expect((await read(clockId)).metAt).toBe("2026-03-05T09:00:00.000Z");
    at("2026-06-05T09:00:00Z");
    const before = (await read(clockId)).history.length;
    await tick();
    expect((await read(clockId)).history).toHaveLength(before);
  });

  it("that was met in time but recorded late counts as met in time", async () => {
    const { clockId, referralId } = await refer("2026-03-02T10:00:00Z");
    at("2026-03-10T09:00:00Z");
    await tick();
    await record("REFERRAL_DECIDED", {
      followsId: referralId,
      outcome: "EARLY_HELP",
      happenedAt: "2026-03-03T16:00:00Z",
    });
    const { state, history } = await read(clockId);
    expect(state).toBe("MET");
    expect(whatOf(history)).toEqual(expect.arrayContaining(["WENT_LATE", "MET"]));
  });

  it("of one referral is not met by a decision on another about the same child", async () => {
    const first = await refer("2026-03-02T10:00:00Z");
    const second = await refer("2026-03-02T11:00:00Z");
    await record("REFERRAL_DECIDED", { followsId: first.referralId, outcome: "NO_FURTHER_ACTION" });
    await record("REFERRAL_DECIDED", { followsId: first.referralId, outcome: "NO_FURTHER_ACTION" });
    expect((await read(first.clockId)).state).toBe("MET");
    expect((await read(second.clockId)).state).toBe("OPEN");
  });

  it("is listed for those who answer for it, those they cover, and their team", async () => {
    await fillPost(hub(), { role: "MANAGER", holderId: "demo|mash-manager", teamId: "mash" });
    const { clockId } = await refer("2026-03-02T10:00:00Z");
    const mine = `{ myObligations { edges { node { id } } } }`;
    const team = `{ teamObligations(teamId: "mash") { edges { node { id state } } pageInfo { hasNextPage } } }`;
    const ids = (answer: { data: any }, list: string) => answer.data[list].edges.map(({ node }: any) => node.id);
    expect(ids(await world.ask("mash-manager", mine), "myObligations")).toEqual([clockId]);
    expect(ids(await world.ask("conference-chair", mine), "myObligations")).toEqual([]);
    expect(ids(await world.ask("social-worker", team), "teamObligations")).toEqual([clockId]);
    // Whether a worker has marked it late yet makes no difference.
    at("2026-03-09T10:00:00Z");
    const overdue = `{ overdueByTeam { teamId owed late oldestDueOn } }`;
    const counts = (await world.ask("board-manager", overdue)).data.overdueByTeam;
    expect(counts[0]).toEqual({ teamId: "mash", owed: 1, late: 1, oldestDueOn: "2026-03-03" });
    expect((await world.ask("teacher", overdue)).errors[0]!.extensions.code).toBe("NOT_ALLOWED");
  });

  it("is open to those who put the whole story together and to the agency that owes it, to nobody else", async () => {
    const { clockId, childId } = await refer("2026-03-02T10:00:00Z");
    for (const person of ["social-worker", "mash-manager", "conference-chair"])
      expect((await read(clockId, person)).rule).toBe("referral-decision");
    for (const person of ["teacher", "health-visitor", "police-officer", "agency-developer", "nobody"]) {
      const { data, errors } = await world.ask(person, READ_OBLIGATION, { id: clockId });
      expect([person, data, errors[0]?.extensions.code]).toEqual([person, null, "NOT_ALLOWED"]);
    }
    const list = `query ($id: ID!) { child(id: $id) { obligations { id } } }`;
    expect((await world.ask("health-visitor", list, { id: childId })).data.child.obligations).toBeNull();
    expect((await world.ask("social-worker", list, { id: childId })).data.child.obligations).toEqual([{ id: clockId }]);
  });

  it.each([
    ["teacher", "STRATEGY_DISCUSSION_HELD"],
    ["health-visitor", "POLICE_PROTECTION_BEGAN"],
    ["police-officer", "INITIAL_CONFERENCE_HELD"],
    ["board-manager", "REVIEW_CONFERENCE_HELD"],
    ["agency-developer", "BECAME_LOOKED_AFTER"],
    ["nobody", "BECAME_LOOKED_AFTER"],
    ["social-worker", "REFERRAL_RECEIVED"],
  ])("is not started by a %s recording %s", async (person, kind) => {
    const { childId } = await refer("2026-03-02T10:00:00Z");
    const { errors } = await record(kind, { childId }, person);
    expect(errors[0]!.extensions.code).toBe("NOT_ALLOWED");
  });

  it.each([
    ["in the future", { happenedAt: "2026-03-02T11:00:00Z" }, "BAD_INPUT", "lies ahead"],
    ["without its outcome", {}, "BAD_INPUT", "outcome: say what it came to"],
    ["with another step's outcome", { outcome: "PLAN_MADE" }, "BAD_INPUT", "one of"],
    ["about no child", { childId: null, outcome: "SECTION_47_ENQUIRY" }, "BAD_INPUT", "name the child"],
    [
      "after no such step",
      { followsId: "01a1ffda-881d-704b-8279-d4693c6176f3", outcome: "SECTION_47_ENQUIRY" },
      "NOT_FOUND",
      "no such step",
    ],
  ])("is not started by a step %s", async (_what, more, code, says) => {
    const { childId } = await refer("2026-03-02T10:00:00Z");
    const { errors } = await record("STRATEGY_DISCUSSION_HELD", { childId, ...more });
    expect(errors[0]!.extensions.code).toBe(code);
    expect(errors[0]!.message).toContain(says);
  });

  it("is started once by a step sent twice, and by twenty at once", async () => {
    const { childId } = await refer("2026-03-02T10:00:00Z");
    const step = { key: "sent-by-twenty", childId, outcome: "SECTION_47_ENQUIRY", happenedAt: "2026-03-02T10:00:00Z" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => record("STRATEGY_DISCUSSION_HELD", step)));
    expect(new Set(answers.map(({ data }) => data.recordStep.step.id)).size).toBe(1);
    expect(await db().countBy(Obligation, { childId, rule: "icpc" })).toBe(1);
    const other = await record("STRATEGY_DISCUSSION_HELD", { ...step, outcome: "NO_FURTHER_ACTION" });
    expect(other.errors[0]!.extensions.code).toBe("CONFLICT");
  });

  it("that cannot be carried out holds up no other, is parked in the end, and is late then without its schedule", async () => {
    const broken = await refer("2026-03-02T10:00:00Z");
    const sound = await refer("2026-03-02T11:00:00Z");
    const { dueAt: nextAt } = await db().findOneByOrFail(Obligation, { id: broken.clockId });
    await db().update(Obligation, broken.clockId, { schedule: "{", nextAct: "LATE", nextNumber: 1, nextAt });
    at("2026-03-04T00:00:00Z");
    await tick();
    expect((await read(sound.clockId)).state).toBe("LATE");
    for (let hours = 1; hours < 40; hours += 1) {
      world.setNow(new Date(Date.parse("2026-03-04T00:00:00Z") + hours * 3_600_000));
      await tick();
    }
    const trouble = await db().findOneByOrFail(TroubledWorkRow, { subjectId: broken.clockId });
    expect(trouble.parkedAt).not.toBeNull();
    expect(trouble.fault).not.toContain("{");
    const { state, history } = await read(broken.clockId);
    expect(state).toBe("LATE");
    const late = history.find(({ what }: { what: string }) => what === "WENT_LATE");
    expect(late.because).toContain("nobody could be told of it");
    expect(whatOf(history)).toContain("CLIMBED");
  });
});
