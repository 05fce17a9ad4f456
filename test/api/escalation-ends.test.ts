import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Obligation } from "../../src/schema/obligation.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type ActName, type EscalationWorld, makeEscalationWorld } from "../support/escalation-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

/** The Thursday before Easter. */
const BEFORE_EASTER = new Date("2026-04-02T10:00:00Z");
const why = "The child was seen with new bruises this morning.";

describe.each(ENGINES)("on $name, a professional challenge that ends", (engine) => {
  let world: LightHub;
  let our: EscalationWorld;

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
    our = await makeEscalationWorld(world);
  });
  afterAll(() => world?.close());
  beforeEach(() => {
    world.setNow(BEFORE_EASTER);
    our.useLadder("oxfordshire");
  });

  it("goes no further than its last stage, where only the partnership ends it unresolved", async () => {
    const { id } = await our.raise();
    expect(await our.code("unresolved", "board-manager", { id, why })).toBe("WRONG_STEP");
    for (const stage of [1, 2, 3]) await our.ok("moveUp", "teacher", { id, stage, reason: why });
    expect(await our.code("moveUp", "teacher", { id, stage: 4, reason: why })).toBe("WRONG_STEP");
    for (const person of ["teacher", "mash-manager", "conference-chair", "nobody"])
      expect([person, await our.code("unresolved", person, { id, why })]).toEqual([person, "NOT_ALLOWED"]);
    const ended = await our.ok("unresolved", "board-manager", { id, why });
    expect(ended).toMatchObject({ state: "UNRESOLVED", child: null, clock: { state: "CANCELLED" } });
  });

  it("keeps what was agreed, owed also after it is resolved", async () => {
    const { id } = await our.raise();
    const agreed = await our.ok("agree", "social-worker", { id, action: "Visit at home.", byOn: "2026-04-10" });
    expect(agreed.actions).toMatchObject([{ state: "OPEN", dueOn: "2026-04-10", agencyId: "social-care" }]);
    const again = { id, action: "Visit at home.", byOn: "2026-04-10", agencyId: "social-care" };
    expect((await our.ok("agree", "teacher", again)).actions).toHaveLength(1);
    const both = await our.ok("agree", "teacher", {
      id,
      action: "Send attendance.",
      byOn: "2026-04-09",
      agencyId: "larch-hill-primary",
    });
    expect(both.actions.map(({ agencyId }: Obligation) => agencyId)).toEqual(["larch-hill-primary", "social-care"]);
    const step = agreed.history.at(-1);
    expect(step).toMatchObject({ what: "ACTION_AGREED", words: "Visit at home.", byAt: "2026-04-10T23:00:00.000Z" });
    const resolved = await our.ok("resolve", "teacher", { id, outcome: "Agreed.", learning: null });
    expect(resolved.actions.map(({ state }: Obligation) => state)).toEqual(["OPEN", "OPEN"]);
    expect(resolved.clock.state).toBe("CANCELLED");
    const done = await our.ok("done", "social-worker", { id, stepId: step.id });
    expect(done.actions.map(({ state }: Obligation) => state)).toEqual(["OPEN", "MET"]);
    expect(done.history.at(-1)).toMatchObject({ what: "ACTION_DONE", actionId: step.id });
    expect((await our.ok("done", "teacher", { id, stepId: step.id })).history).toHaveLength(done.history.length);
    expect(await our.code("done", "teacher", { id, stepId: id })).toBe("NOT_FOUND");
  });

  it("agrees on the same for each of the two agencies, once for each", async () => {
    const { id } = await our.raise();
    const same = { id, action: "Attend the meeting.", byOn: "2026-04-10" };
    for (const agencyId of ["social-care", "larch-hill-primary", "larch-hill-primary"])
      await our.ok("agree", "teacher", { ...same, agencyId });
    const owed = (await our.read(id)).actions.map(({ agencyId }: Obligation) => agencyId);
    expect(owed.sort()).toEqual(["larch-hill-primary", "social-care"]);
  });

  it.each([
    ["a day that is over", { byOn: "2026-04-01" }, "BAD_INPUT"],
    ["a day too far away", { byOn: "2029-04-01" }, "BAD_INPUT"],
    ["a third agency", { agencyId: "police" }, "BAD_INPUT"],
  ])("agrees on nothing for %s", async (_what, more, code) => {
    const { id } = await our.raise();
    expect(await our.code("agree", "teacher", { id, action: "Visit.", byOn: "2026-04-10", ...more })).toBe(code);
    expect((await our.read(id)).actions).toEqual([]);
  });

  it("withdrawn owes nothing any more, and stays where it was when its time comes", async () => {
    const { id } = await our.raise();
    await our.ok("agree", "teacher", { id, action: "Visit.", byOn: "2026-04-10" });
    await our.ok("withdraw", "teacher", { id, why: "The family moved." });
    expect((await our.clocks(id)).map(({ state }) => state)).toEqual(["CANCELLED", "CANCELLED"]);
    await our.until("2026-06-01T09:00:00Z");
    expect(await our.row(id)).toMatchObject({ stage: 1, state: "WITHDRAWN", endedAt: BEFORE_EASTER });
    expect(await our.told(id)).toContain("ESCALATION_ENDED demo|social-worker");
  });

  it("that ran out before it ended stays on record as late", async () => {
    const { id } = await our.raise();
    await our.until("2026-04-07T23:00:00Z");
    await our.ok("resolve", "teacher", { id, outcome: "By telephone." });
    expect((await our.clocks(id)).map(({ state, metAt }) => [state, metAt !== null])).toEqual([
      ["LATE", true],
      ["CANCELLED", false],
    ]);
  });

  it.each(["resolve", "withdraw"] as const)(
    "ended (%s) refuses every further step, but the same again",
    async (name) => {
      const { id } = await our.raise();
      const end = { resolve: { id, outcome: "Agreed." }, withdraw: { id, why } }[name];
      await our.ok(name, "teacher", end);
      expect(await our.code(name, "teacher", end)).toBeNull();
      const refused: readonly (readonly [ActName, string, Record<string, unknown>])[] = [
        ["answer", "social-worker", { id, stage: 1, answer: "Late." }],
        ["agree", "teacher", { id, action: "Visit.", byOn: "2026-04-10" }],
        ["moveUp", "teacher", { id, stage: 1, reason: why }],
        ["risk", "teacher", { id, why }],
        ["resolve", "teacher", { id, outcome: "Otherwise." }],
        ["withdraw", "teacher", { id, why: "Otherwise." }],
        ["unresolved", "board-manager", { id, why }],
      ];
      for (const [act, person, input] of refused)
        expect([act, await our.code(act, person, input)]).toEqual([act, "WRONG_STEP"]);
    },
  );
});
