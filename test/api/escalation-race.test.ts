import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { stageWentLate } from "../../src/services/escalation-stages.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type EscalationWorld, makeEscalationWorld } from "../support/escalation-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

/** The Thursday before Easter. */
const BEFORE_EASTER = new Date("2026-04-02T10:00:00Z");
const why = "The child was seen with new bruises this morning.";

describe.each(ENGINES)("on $name, a professional challenge that many act on", (engine) => {
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

  it("answered by twenty at once has one answer, also where each says something else", async () => {
    const { id } = await our.raise();
    const same = Array.from({ length: 20 }, () =>
      our.code("answer", "social-worker", { id, stage: 1, answer: "Yes." }),
    );
    expect(new Set(await Promise.all(same))).toEqual(new Set([null]));
    const other = await our.raise();
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        our.code("answer", "social-worker", { id: other.id, stage: 1, answer: `Answer ${index}` }),
      ),
    );
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === "CONFLICT")).toHaveLength(19);
    for (const each of [id, other.id]) expect(await our.steps(each, "ANSWERED")).toBe(1);
  });

  it("moved up by twenty at once, and by the clock besides, moves once", async () => {
    const { id } = await our.raise();
    world.setNow(new Date("2026-04-07T23:00:00Z"));
    await Promise.all([
      our.until("2026-04-07T23:00:00Z"),
      ...Array.from({ length: 20 }, () => our.ok("moveUp", "teacher", { id, stage: 1, reason: why })),
      our.until("2026-04-07T23:00:00Z"),
    ]);
    expect(await our.row(id)).toMatchObject({ stage: 2 });
    expect(await our.steps(id, "MOVED_UP")).toBe(1);
    expect(await our.clocks(id)).toHaveLength(2);
  });

  it("answered while its clock runs out is answered or moved up, never both half", async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, async () => (await our.raise()).id));
    world.setNow(new Date("2026-04-07T23:00:00Z"));
    const [, ...codes] = await Promise.all([
      our.until("2026-04-07T23:00:00Z"),
      ...ids.map((id) => our.code("answer", "social-worker", { id, stage: 1, answer: "Just in time." })),
    ]);
    await our.until("2026-04-07T23:00:00Z");
    for (const [index, id] of ids.entries()) {
      const { stage } = await our.row(id);
      const states = (await our.clocks(id)).map(({ state, metAt }) => [state, metAt !== null]);
      if (codes[index] === null)
        expect([stage, states]).toEqual([
          1,
          [
            ["LATE", true],
            ["OPEN", false],
          ],
        ]);
      else
        expect([codes[index], stage, states]).toEqual([
          "CONFLICT",
          2,
          [
            ["LATE", false],
            ["OPEN", false],
          ],
        ]);
    }
  });

  it("that everybody acts on at once ends whole: nothing fails, and nothing is owed to what was withdrawn", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await our.raise()).id));
    const [, ...codes] = await Promise.all([
      our.until("2026-04-07T23:00:00Z"),
      ...ids.flatMap((id) => [
        our.code("answer", "social-worker", { id, stage: 1, answer: "We shall visit." }),
        our.code("moveUp", "teacher", { id, stage: 1, reason: why }),
        our.code("risk", "social-worker", { id, why }),
        our.code("withdraw", "teacher", { id, why }),
      ]),
      our.until("2026-04-07T23:00:00Z"),
    ]);
    expect(codes.filter((code) => !["WRONG_STEP", "CONFLICT", null].includes(code ?? null))).toEqual([]);
    for (const id of ids) {
      const owed = (await our.clocks(id)).filter(({ state, metAt }) => metAt === null && state !== "CANCELLED");
      expect([(await our.row(id)).state, owed]).toEqual(["WITHDRAWN", []]);
    }
  });

  it("gone late is carried out once, also twice in one transaction, and not after its end", async () => {
    const { hub } = world.open;
    const { id } = await our.raise();
    const late = async () => {
      const [obligation] = await our.clocks(id);
      return hub.db.transaction("READ COMMITTED", async (db) => {
        const caller = clockCaller(hub, "lateness");
        const once = await stageWentLate(hub, caller, { db, obligation: obligation! });
        const again = await stageWentLate(hub, caller, { db, obligation: obligation! });
        return [once.alarms.length, again.alarms.length, again.notes.length];
      });
    };
    expect(await late()).toEqual([1, 0, 0]);
    expect(await late()).toEqual([0, 0, 0]);
    await our.ok("withdraw", "teacher", { id, why });
    expect(await late()).toEqual([0, 0, 0]);
    expect(await our.row(id)).toMatchObject({ stage: 2, state: "WITHDRAWN" });
  });
});
