import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorkers } from "../../src/jobs/workers.ts";
import { Obligation, ObligationEvent } from "../../src/schema/obligation.ts";
import { alarmsOf } from "../../src/services/health.ts";
import { sweep } from "../../src/services/sweep.ts";
import { RouteRequestRow } from "../../src/store/rows.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES, type TestEngine } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const SUBMIT = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id } }`;
const HOUR = 3_600_000;
/** The queues' store is looked at every five seconds, and the sweep runs every ten. */
const MENDED = { timeout: 15_000, interval: 100 };

const submit = async (world: LightHub, key: string): Promise<string> => {
  const said = { concern: "She flinched when the door banged.", level: "level-4", immediateDanger: false };
  const referral = { identifier: { kind: "NHS_NUMBER", value: NHS }, key, ...said };
  return (await world.ask("teacher", SUBMIT, { referral })).data.submitReferral.id;
};

/** What lies in the queues of a hub, whichever store they lie on. */
interface Store {
  has(queue: string, id: string): Promise<boolean>;
  empty(): Promise<void>;
  close(): Promise<unknown>;
}

function storeOf(world: LightHub, redisUrl: string | undefined): Store {
  if (redisUrl === undefined) {
    const query = (statement: string, values: unknown[] = []) => world.open.hub.db.query(statement, values);
    return {
      has: async (queue, id) =>
        (await query("SELECT 1 FROM bullmq.job WHERE queue = $1 AND id = $2", [queue, id])).length > 0,
      empty: () => query("TRUNCATE bullmq.job, bullmq.hub_epoch CASCADE"),
      close: async () => {},
    };
  }
  const redis = new Redis(redisUrl);
  return {
    has: async (queue, id) => (await redis.exists(`{hub}:${queue}:${id}`)) === 1,
    empty: async () => void (await redis.flushdb()),
    close: () => redis.quit(),
  };
}

/** The same engine, telling where its Redis is. */
function spied(engine: TestEngine) {
  const seen: { redisUrl?: string | undefined } = {};
  const settings: TestEngine["settings"] = async () => {
    const given = await engine.settings();
    seen.redisUrl = given.settings["REDIS_URL"];
    return given;
  };
  return { engine: { ...engine, settings }, seen };
}

describe.each(ENGINES)("on $name, with workers and no sweep,", (given) => {
  let world: LightHub;
  let store: Store;
  const db = () => world.open.hub.db.manager;
  const { engine, seen } = spied(given);

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
    store = storeOf(world, seen.redisUrl);
    world.open.onClose(await startWorkers(world.open.hub, world.open.queues, { sweep: false }));
  });
  afterAll(async () => {
    await store?.close();
    await world?.close();
  });

  it("an alarm does what is due at its instant", async () => {
    const subjectId = await submit(world, "late-by-its-alarm");
    const { id, ...rest } = await db().findOneByOrFail(Obligation, { subjectId });
    const at = new Date(Date.now() + 300);
    const schedule = JSON.stringify([["LATE", 1, at.getTime()]]);
    await db().update(Obligation, id, { nextAct: "LATE", nextNumber: 1, nextAt: at, dueAt: at, schedule });
    await world.open.hub.wake.clocks([{ act: "LATE", at }]);
    await expect.poll(() => db().countBy(ObligationEvent, { obligationId: id, what: "WENT_LATE" }), MENDED).toBe(1);
    expect(rest.state).toBe("OPEN");
    expect((await db().findOneByOrFail(Obligation, { id })).state).toBe("LATE");
  });

  it("the queues are worked on, and the missing sweep is an alarm", async () => {
    const codes = async () => (await alarmsOf(world.open.hub)).map(({ code }) => code);
    await expect.poll(codes, MENDED).toEqual(["SWEEP_HAS_NOT_RUN"]);
  });

  it("what lost its alarm is lost until a sweep finds it", async () => {
    const subjectId = await submit(world, "late-without-alarm");
    const { id } = await db().findOneByOrFail(Obligation, { subjectId });
    const at = new Date(Date.now() - HOUR);
    const schedule = JSON.stringify([["LATE", 1, at.getTime()]]);
    await db().update(Obligation, id, { nextAct: "LATE", nextNumber: 1, nextAt: at, dueAt: at, schedule });
    expect(await db().countBy(ObligationEvent, { obligationId: id, what: "WENT_LATE" })).toBe(0);
    await sweep(world.open.hub);
    await sweep(world.open.hub);
    expect(await db().countBy(ObligationEvent, { obligationId: id, what: "WENT_LATE" })).toBe(1);
  });
});

describe.each(ENGINES)("on $name, queues that are emptied", (given) => {
  let world: LightHub;
  let store: Store;
  const { engine, seen } = spied(given);

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
    store = storeOf(world, seen.redisUrl);
  });
  afterAll(async () => {
    await store?.close();
    await world?.close();
  });

  it("are filled again with every alarm of the next day", async () => {
    const { hub, queues } = world.open;
    const subjectId = await submit(world, "filled-again");
    const at = new Date(Math.floor(Date.now() / 1_000) * 1_000 + HOUR);
    await hub.db.manager.update(Obligation, { subjectId }, { nextAct: "RUNG", nextAt: at });
    world.open.onClose(await startWorkers(hub, queues));
    const isSet = () => store.has("escalation", `due-${at.getTime()}`);
    await expect.poll(isSet, MENDED).toBe(true);
    await store.empty();
    expect(await isSet()).toBe(false);
    await expect.poll(isSet, MENDED).toBe(true);
  });
});

describe("with Redis away", () => {
  let world: LightHub;
  beforeAll(async () => {
    // Nothing listens on port 1.
    world = await startLightHub(ENGINES[0]!, RECORDS, { REDIS_URL: "redis://127.0.0.1:1" });
  });
  afterAll(() => world?.close());

  it("a referral is taken, and the sweep routes it", async () => {
    const { hub, queues } = world.open;
    const referralId = await submit(world, "redis-is-away");
    const stop = await startWorkers(hub, queues);
    const routed = async () => (await hub.db.manager.findOneByOrFail(RouteRequestRow, { referralId })).doneAt !== null;
    await expect.poll(routed, MENDED).toBe(true);
    const codes = async () => new Set((await alarmsOf(hub)).map(({ code }) => code));
    await expect.poll(codes, MENDED).toEqual(new Set(["NOBODY_WORKS_ON_QUEUE"]));
    await stop();
  });
});
