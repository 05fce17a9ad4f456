import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Post } from "../../src/schema/post.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type EscalationWorld, makeEscalationWorld } from "../support/escalation-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

/** The Thursday before Easter. */
const BEFORE_EASTER = new Date("2026-04-02T10:00:00Z");
const reason = "No answer that satisfies.";

describe.each(ENGINES)("on $name, a professional challenge and who holds which post", (engine) => {
  let world: LightHub;
  let our: EscalationWorld;

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
    our = await makeEscalationWorld(world);
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    world.setNow(BEFORE_EASTER);
    our.useLadder("default");
    await our.postsAsBefore();
  });

  /** Raised by the teacher and taken up to this stage. */
  const standingAt = async (stage: number) => {
    const { id } = await our.raise();
    for (let at = 1; at < stage; at += 1) await our.ok("moveUp", "teacher", { id, stage: at, reason });
    return { id, stage, answer: "We have looked into it." };
  };
  const PEOPLE = ["social-worker", "mash-manager", "conference-chair", "teacher", "police-officer", "board-manager"];
  const whoMay = async (input: { id: string; stage: number; answer: string }) => {
    const may: string[] = [];
    for (const person of PEOPLE)
      // Whoever may but comes second says it in other words.
      if ((await our.code("answer", person, { ...input, answer: `${person} says` })) !== "NOT_ALLOWED")
        may.push(person);
    return may;
  };

  it("is answered among practitioners by anybody there", async () =>
    expect(await whoMay(await standingAt(1))).toEqual(["social-worker", "mash-manager", "conference-chair"]));

  it.each([
    [2, "MANAGER"],
    [3, "ESCALATION_LEAD"],
    [4, "EXECUTIVE"],
  ] as const)("is answered at stage %d by whoever holds (%s) or covers it, and by nobody else", async (stage, role) => {
    await our.holds(role, "conference-chair");
    expect(await whoMay(await standingAt(stage))).toEqual(["conference-chair"]);
    await our.covers(role, "social-worker");
    expect(await whoMay(await standingAt(stage))).toEqual(["social-worker", "conference-chair"]);
  });

  it("is answered by the next in line only while nobody there holds the post", async () => {
    expect(await whoMay(await standingAt(4))).toEqual([]);
    await our.db.delete(Post, { role: "EXECUTIVE" });
    expect(await whoMay(await standingAt(4))).toEqual(["mash-manager"]);
    await our.db.delete(Post, { agencyId: "social-care" });
    expect(await whoMay(await standingAt(4))).toEqual(["board-manager"]);
  });

  it("is answered at the partnership's stage by the partnership, and by neither agency, whatever they hold", async () => {
    await our.db.update(Post, { role: "CHAIR" }, { holderId: "demo|mash-manager" });
    expect(await whoMay(await standingAt(5))).toEqual(["board-manager"]);
    await our.db.update(Post, { role: "CHAIR" }, { holderId: "demo|police-officer" });
    expect(await whoMay(await standingAt(5))).toEqual(["police-officer", "board-manager"]);
  });

  it("within one agency is pursued by its escalation lead, too, while they hold or cover the post", async () => {
    const { id } = await our.raise({}, "social-worker");
    const move = { id, stage: 1, reason };
    expect(await our.code("moveUp", "conference-chair", move)).toBe("NOT_ALLOWED");
    await our.covers("ESCALATION_LEAD", "conference-chair");
    expect((await our.ok("moveUp", "conference-chair", move)).stage).toBe(2);
    expect(await our.code("withdraw", "conference-chair", { id, why: "The social worker left." })).toBeNull();
  });
});
