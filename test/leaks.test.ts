import { Redis } from "ioredis";
import { describe, expect, it } from "vitest";
import { ENGINES } from "./support/engines.ts";
import { everythingIn, leaksIn, refuseLeaks } from "./support/leaks.ts";

describe("the search for what must not be there", () => {
  it("finds a name in any case, a day of birth, an address and a number", () => {
    expect(leaksIn('{"msg":"AMELIA of 12 larch close, 2019-03-14"}')).toEqual(["Amelia", "Larch Close", "2019-03-14"]);
    expect(leaksIn('{"id":"01a1ffda-881d-704b-8279-d4693c6176f3"}')).toEqual([]);
  });

  it("fails and names the place", () => {
    expect(() => refuseLeaks("the log", ["fine", "Theo"])).toThrow("the log holds Theo");
  });

  const services = ENGINES.filter(({ name }) => name !== "embedded");
  it.skipIf(services.length === 0)("looks into every kind of key, and fails whoever leaves one behind", async () => {
    const { settings, drop } = await services[0]!.settings();
    const redis = new Redis(settings["REDIS_URL"]!);
    await redis.hset("a", "name", "Amelia");
    await redis.rpush("b", "Hartley");
    await redis.zadd("c", 1, "Rachel");
    await redis.sadd("d", "Theo");
    await redis.xadd("e", "*", "at", "Hidden Row");
    await redis.set("f", "9990123470");
    const held = await everythingIn(redis);
    expect(held.flatMap(leaksIn).sort()).toEqual(["9990123470", "Amelia", "Hartley", "Hidden Row", "Rachel", "Theo"]);
    await redis.quit();
    await expect(drop()).rejects.toThrow("Redis holds");
  });
});
