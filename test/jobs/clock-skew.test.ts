import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followClock, skewAgainst } from "../../src/services/clock-skew.ts";
import { databaseNow } from "../../src/store/heartbeats.ts";
import { ENGINES } from "../support/engines.ts";
import { type OpenStore, openStore } from "../support/open-store.ts";

const START = Date.parse("2026-03-02T10:00:00Z");

/** A machine whose clock moves on with each answer, and a database that is so much ahead of it. */
function makeTestClocks(aheadMs: number, roundTripsMs: readonly number[]) {
  let machineMs = START;
  let asked = 0;
  let away = false;
  return {
    machine: () => machineMs,
    ask: async () => {
      if (away) throw new Error("away");
      const trip = roundTripsMs[asked % roundTripsMs.length] ?? 0;
      asked += 1;
      machineMs += trip / 2;
      const said = new Date(machineMs + aheadMs);
      machineMs += trip / 2;
      return said;
    },
    turn: (ms: number) => void (machineMs += ms),
    goAway: () => void (away = true),
  };
}

describe("the database's clock", () => {
  it.each([0, 1_500, -90_000])("%i ms ahead is told as that, whatever the way there takes", async (ahead) => {
    const { ask, machine } = makeTestClocks(ahead, [2, 4, 60, 2, 800]);
    expect(await skewAgainst(ask, machine)).toBe(ahead);
  });

  it("is not mistaken for one slow answer", async () => {
    const { machine, ask } = makeTestClocks(100, [2]);
    let calls = 0;
    const slowOnce = async () => {
      calls += 1;
      const said = await ask();
      return calls === 3 ? new Date(said.getTime() - 5_000) : said;
    };
    expect(await skewAgainst(slowOnce, machine)).toBe(100);
  });

  it("is followed, and told of where the machine's is off", async () => {
    const clocks = makeTestClocks(0, [2]);
    const errors: object[] = [];
    const warnings: object[] = [];
    const log = {
      info: () => {},
      warn: (fields: object) => void warnings.push(fields),
      error: (fields: object) => void errors.push(fields),
    };
    const clock = await followClock({ ask: clocks.ask, machine: clocks.machine, log });
    expect([clock.skewMs(), clock.now().getTime() - clocks.machine(), errors]).toEqual([0, 0, []]);

    clock.stop();
    clocks.goAway();
    await clock.measure();
    expect([clock.skewMs(), warnings.length]).toEqual([0, 1]);
  });

  it("holds when the machine's clock is turned", async () => {
    const database = START + 10;
    const errors: object[] = [];
    let machineMs = START - 3_600_000;
    const clock = await followClock({
      ask: async () => new Date(database),
      machine: () => machineMs,
      log: { info: () => {}, warn: () => {}, error: (fields) => void errors.push(fields) },
    });
    expect(clock.now()).toEqual(new Date(database));
    expect(errors).toEqual([{ skewMs: 3_600_010 }]);
    machineMs = START + 7_200_000;
    await clock.measure();
    expect([clock.now(), clock.skewMs()]).toEqual([new Date(database), 10 - 7_200_000]);
    clock.stop();
  });
});

describe.each(ENGINES)("on $name", (engine) => {
  let store: OpenStore;
  let given: Awaited<ReturnType<typeof engine.settings>>;
  beforeAll(async () => {
    given = await engine.settings();
    store = await openStore(given.settings["DATABASE_URL"]);
  });
  afterAll(async () => {
    await store?.close();
    await given?.drop();
  });

  it("the database says what time it is in UTC", async () => {
    // Both run on this machine.
    expect(Math.abs(await skewAgainst(() => databaseNow(store.db), Date.now))).toBeLessThan(60_000);
  });
});
