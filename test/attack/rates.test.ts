// How much somebody may ask for in a minute, over all of the hub's processes.

import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRates, NO_RATES, type RateLimits, type Rates, type Taken } from "../../src/resolvers/rate-limits.ts";
import type { Caller, Log } from "../../src/services/hub.ts";
import { ENGINES } from "../support/engines.ts";

const QUIET: Log = { info: () => {}, warn: () => {}, error: () => {} };
const caller = (id: string, agencyId: string | null = null): Caller => ({
  actor: { kind: "PRACTITIONER", id, name: id, role: "TEACHER", agencyId },
  purpose: "not-stated",
  requestId: "1",
  signal: new AbortController().signal,
});
const taken = (more: Partial<Taken> = {}): Taken => ({
  cost: 10,
  searches: 0,
  urgent: false,
  ...more,
});
const refused = { extensions: { code: "TOO_MANY", http: { status: 429 } } };

describe.each(ENGINES)("on $name, a rate", (engine) => {
  let own: Awaited<ReturnType<typeof engine.settings>>;
  let url: string | undefined;
  const open: Redis[] = [];
  beforeAll(async () => {
    own = await engine.settings();
    url = own.settings["REDIS_URL"];
  });
  afterAll(async () => {
    for (const redis of open) redis.disconnect();
    await own.drop();
  });
  const ready = async (): Promise<Redis | null> => {
    if (!url) return null;
    const redis = new Redis(url, { maxRetriesPerRequest: 1 });
    redis.on("error", () => {});
    open.push(redis);
    await redis.ping();
    return redis;
  };
  const start = async (limits: Partial<RateLimits>, log: Log = QUIET): Promise<Rates> =>
    makeRates({ limits: { ...NO_RATES, ...limits }, redis: await ready(), keyed: (text) => `k${text}`, log });

  it("holds one back and nobody else", async () => {
    const rates = await start({ actor: 25 });
    for (let n = 0; n < 2; n += 1) await rates.take(caller("a"), taken());
    await expect(rates.take(caller("a"), taken())).rejects.toMatchObject(refused);
    await rates.take(caller("b"), taken());
  });

  it("holds an agency back, whoever of it asks", async () => {
    const rates = await start({ agency: 25 });
    for (const id of ["c", "d"]) await rates.take(caller(id, "school"), taken());
    await expect(rates.take(caller("e", "school"), taken())).rejects.toMatchObject(refused);
    await rates.take(caller("e", "police"), taken());
    await rates.take(caller("f"), taken());
  });

  it("counts searches by themselves", async () => {
    const rates = await start({ searches: 2 });
    await rates.take(caller("g"), taken({ searches: 2 }));
    await rates.take(caller("g"), taken());
    await expect(rates.take(caller("g"), taken({ searches: 1 }))).rejects.toMatchObject(refused);
  });

  it("refuses nothing that a child at immediate risk needs, and tells of it", async () => {
    const told: unknown[] = [];
    const rates = await start({ actor: 5 }, { ...QUIET, warn: (fields) => void told.push(fields) });
    await rates.take(caller("h"), taken({ urgent: true }));
    expect(told).toMatchObject([{ of: ["actor"] }]);
    await expect(rates.take(caller("h"), taken())).rejects.toMatchObject(refused);
    rates.glassBroken(caller("h"));
    // Whoever broke the glass may now look.
    await rates.take(caller("h"), taken());
  });

  it("counts who is not signed in by where they are", async () => {
    const rates = await start({ strangers: 2 });
    for (const address of ["2001:db8::1", "2001:db8::2"]) await rates.stranger(address);
    await expect(rates.stranger("2001:db8::3")).rejects.toMatchObject(refused);
    await rates.stranger("2001:db8::3", "signing in");
    await rates.stranger("2001:db8:1::1");
    await rates.stranger("192.0.2.1");
  });

  it("lets through at once whoever is far from it", async () => {
    const rates = await start({ actor: 1_000_000 });
    await rates.take(caller("i"), taken());
    expect(rates.take(caller("i"), taken())).toBeUndefined();
  });

  it.skipIf(engine.name === "embedded")(
    "is one over all processes, and each one's own while Redis is away",
    async () => {
      const [one, another] = [await start({ actor: 25 }), await start({ actor: 25 })];
      await one.take(caller("j"), taken());
      await another.take(caller("j"), taken());
      await expect(one.take(caller("j"), taken())).rejects.toMatchObject(refused);
      for (const redis of open) redis.disconnect();
      await another.take(caller("k"), taken());
      await another.take(caller("k"), taken());
      await expect(another.take(caller("k"), taken())).rejects.toMatchObject(refused);
    },
  );
});
