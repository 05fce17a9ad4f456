import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EscalationStep } from "../../src/schema/escalation.ts";
import { Message } from "../../src/schema/message.ts";
import { Post } from "../../src/schema/post.ts";
import { REPLY_RULE } from "../../src/domain/escalation-clock.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type ActName, type EscalationWorld, makeEscalationWorld } from "../support/escalation-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

/** The Thursday before Easter. */
const BEFORE_EASTER = new Date("2026-04-02T10:00:00Z");
const why = "It does not help the child.";

describe.each(ENGINES)("on $name, an answer to a professional challenge", (engine) => {
  let world: LightHub;
  let our: EscalationWorld;

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
    our = await makeEscalationWorld(world);
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    world.setNow(BEFORE_EASTER);
    our.useLadder("oxfordshire");
    await our.postsAsBefore();
  });

  const answered = async (more: Record<string, unknown> = {}) => {
    const { id } = await our.raise(more);
    return our.ok("answer", "social-worker", { id, stage: 1, answer: "The threshold is not met." });
  };
  const replies = async (id: string) => (await our.clocks(id)).filter(({ rule }) => rule === REPLY_RULE);

  it("starts a clock on what the raising agency decides, and tells the raiser and their lead", async () => {
    const { id, decision } = await answered();
    expect(decision).toMatchObject({ rule: "escalation-reply", state: "OPEN", dueOn: "2026-04-08", urgent: false });
    const [clock] = await replies(id);
    const step = await our.db.findOneByOrFail(EscalationStep, { escalationId: id, what: "ANSWERED" });
    expect(clock).toMatchObject({
      subjectId: step.id,
      childId: our.childId,
      agencyId: "larch-hill-primary",
      teamId: null,
      ownerRole: "ESCALATION_LEAD",
    });
    const told = (await our.messages(id)).filter(({ says }) => says.includes("was answered"));
    expect(told.map(({ toActorId }) => toActorId).sort()).toEqual(["demo|teacher", "lead|school"]);
    expect(told[0]?.says).toContain("by the end of 2026-04-08");
  });

  it("is told once to a raiser who leads as well", async () => {
    await our.db.update(Post, { holderId: "lead|school" }, { holderId: "demo|teacher" });
    const { id } = await answered();
    expect((await our.messages(id)).filter(({ says }) => says.includes("was answered"))).toHaveLength(1);
  });

  it.each<[ActName, string, (id: string) => Record<string, unknown>]>([
    ["moveUp", "teacher", (id) => ({ id, stage: 1, reason: why })],
    ["agree", "social-worker", (id) => ({ id, action: "Visit.", byOn: "2026-04-10" })],
    ["resolve", "teacher", (id) => ({ id, outcome: "Accepted." })],
    ["withdraw", "teacher", (id) => ({ id, why })],
    ["risk", "teacher", (id) => ({ id, why })],
  ])("is decided on: %s meets the clock", async (act, person, input) => {
    const { id } = await answered();
    await our.ok(act, person, input(id));
    expect((await replies(id)).map(({ state, metAt }) => [state, metAt])).toEqual([["MET", BEFORE_EASTER]]);
  });

  it("at the last stage is decided on by the partnership ending it, too", async () => {
    const { id } = await our.raise();
    for (const stage of [1, 2, 3]) await our.ok("moveUp", "teacher", { id, stage, reason: why });
    await our.ok("answer", "board-manager", { id, stage: 4, answer: "No." });
    expect((await replies(id)).map(({ state }) => state)).toEqual(["OPEN"]);
    await our.ok("unresolved", "board-manager", { id, why });
    expect((await replies(id)).map(({ state }) => state)).toEqual(["MET"]);
  });

  it("that nobody decides on goes late and climbs the area's rungs, and stays late once decided", async () => {
    const { id } = await answered();
    await our.until("2026-04-08T22:59:59Z");
    expect((await replies(id))[0]?.state).toBe("OPEN");
    await our.until("2026-04-08T23:00:00Z");
    await our.until("2026-05-01T23:00:00Z");
    const [late] = await replies(id);
    expect([late?.state, late?.metAt, await our.row(id)]).toMatchObject(["LATE", null, { stage: 1, state: "OPEN" }]);
    const told = await our.db.findBy(Message, { obligationId: late?.id ?? "", kind: "RUNG" });
    expect(told.map(({ toActorId }) => toActorId)).toEqual(
      expect.arrayContaining(["lead|school", "demo|board-manager"]),
    );
    await our.ok("withdraw", "teacher", { id, why });
    const [decided] = await replies(id);
    expect([decided?.state, decided?.metAt !== null, decided?.nextAct]).toEqual(["LATE", true, null]);
  });

  it("leaves no open challenge without a clock once what was agreed on is done", async () => {
    const { id } = await answered();
    const agreed = await our.ok("agree", "teacher", { id, action: "Visit.", byOn: "2026-04-10" });
    await our.ok("done", "social-worker", { id, stepId: agreed.history.at(-1).id });
    expect((await replies(id)).map(({ state }) => state).sort()).toEqual(["MET", "OPEN"]);
    const { decision } = await our.ok("resolve", "teacher", { id, outcome: "Done." });
    expect(decision.state).toBe("MET");
  });

  it("about immediate risk starts an urgent clock, and a declaration makes one urgent", async () => {
    await our.holds("ESCALATION_LEAD", "mash-manager");
    const { id } = await our.raise({ immediateRisk: true });
    const { decision } = await our.ok("answer", "mash-manager", { id, stage: 3, answer: "We went." });
    expect(decision.urgent).toBe(true);
    const calm = await our.raise();
    for (const stage of [1, 2]) await our.ok("moveUp", "teacher", { id: calm.id, stage, reason: why });
    const before = await our.ok("answer", "mash-manager", { id: calm.id, stage: 3, answer: "We shall." });
    expect(before.decision.urgent).toBe(false);
    expect((await our.ok("risk", "teacher", { id: calm.id, why })).decision).toMatchObject({
      state: "OPEN",
      urgent: true,
    });
  });
});
