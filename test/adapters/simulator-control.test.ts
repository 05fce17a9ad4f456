import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeSimulator } from "../../simulators/support/simulator.ts";
import { startHealth, type HealthWorld } from "../support/health-world.ts";
import { call } from "./contract.ts";

describe("the control plane", () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await startHealth();
  });
  afterEach(() => world.heal());
  afterAll(() => world.close());

  const send = async (url: string, payload: object) => {
    const response = await world.app.inject({ method: "POST", url: `/__sim/${url}`, payload });
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };

  it.each([
    ["a mode it does not know", { route: "*", mode: "stale" }, "mode is latency, status, drop or malformed"],
    ["a fault without a route", { mode: "drop" }, "route says which requests fail: a path prefix, or * for all"],
    ["an empty question", {}, /route says .*; mode is/],
  ])("says what is wrong with %s", async (_, fault, error) => {
    const answer = await send("faults", fault);
    expect(answer.status).toBe(400);
    expect(answer.body["error"]).toEqual(typeof error === "string" ? error : expect.stringMatching(error));
    await expect(world.system.check(call())).resolves.toBeUndefined();
  });

  it("says what is wrong with an event", async () => {
    expect(await send("emit", { cpisAccess: {} })).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/nhsNumber/) },
    });
  });

  it("refuses settings no town can be made of", async () => {
    expect(await send("seed", { children: -1, seed: 7, until: "2026-03-02" })).toMatchObject({ status: 400 });
  });

  it("says so where a town cannot be made anew", async () => {
    const fixed = await makeSimulator({ name: "fixed", routes: () => {} });
    const payload = { children: 1, seed: 1, until: "2026-03-02" };
    const response = await fixed.inject({ method: "POST", url: "/__sim/seed", payload });
    expect([response.statusCode, response.json<{ error: string }>().error]).toEqual([
      400,
      expect.stringMatching(/fixed/),
    ]);
    await fixed.close();
  });

  it("makes another town, and forgets the one before", async () => {
    expect(await send("seed", { children: 3, seed: 5, until: "2026-03-02" })).toMatchObject({ status: 200 });
    const recordIds = ["p-amelia", "p-class-0"];
    const answers = await world.system.ask({ recordIds, parts: ["DEMOGRAPHICS"] }, call());
    expect(answers.map(({ demographics }) => demographics.status)).toEqual(["RECORDED", "NOTHING_RECORDED"]);
  });
});
