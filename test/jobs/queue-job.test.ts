import { describe, expect, it } from "vitest";
import { type JobData, onlyIds } from "../../src/jobs/queue-job.ts";
import { redisWarnings } from "../../src/jobs/queue-redis.ts";

describe("Redis settings that lose alarms", () => {
  it.each([
    ["maxmemory_policy:noeviction\r\naof_enabled:1\r\n", []],
    ["maxmemory_policy:allkeys-lru\r\naof_enabled:1\r\n", [/noeviction \(it is allkeys-lru\)/]],
    ["maxmemory_policy:noeviction\r\naof_enabled:0\r\n", [/appendonly/]],
    ["redis_version:7.0.15\r\n", []],
  ])("are named: %j", (info, named) => {
    expect(redisWarnings(info)).toEqual(named.map((words) => expect.stringMatching(words)));
  });
});

const REFERRAL = "0192f7a4-2b1c-7d3e-8f00-0123456789ab";

describe("what a job carries", () => {
  it.each<[string, JobData]>([
    [`route-${REFERRAL}`, { referralId: REFERRAL }],
    ["collect-larch-hill-primary", { agencyId: "larch-hill-primary" }],
    ["every-health", { agencyId: "health" }],
    ["due-1771754400000", { at: "2026-02-22T10:00:00.000Z" }],
    ["due-1", {}],
  ])("may be %s %j", (id, data) => expect(onlyIds({ id, data })).toEqual({ id, data }));

  it.each([
    ["referralId", "Amelia"],
    ["referralId", "9990123470"],
    ["referralId", REFERRAL.toUpperCase()],
    ["referralId", `${REFERRAL} `],
    ["agencyId", "9990123470"],
    ["agencyId", "2019-03-14"],
    ["agencyId", "Amelia Hartley"],
    ["agencyId", ""],
    ["agencyId", "x".repeat(41)],
    ["at", "2019-03-14"],
    ["at", "2026-02-22T10:00:00Z"],
    ["at", "2026-02-30T10:00:00.000Z"],
    ["at", 7],
    ["at", null],
    ["at", ["2026-02-22T10:00:00.000Z"]],
  ])("may not be %s %j", (key, value) => {
    const job = { id: "due-1", data: { [key]: value } as unknown as JobData };
    expect(() => onlyIds(job)).toThrow(`"${key}" is not one`);
  });

  it.each(["amelia", "childId", "constructor", "__proto__x"])("has no key %s, and does not say it", (key) => {
    const data = { [key]: REFERRAL } as JobData;
    expect(() => onlyIds({ id: "due-1", data })).toThrow(/^A job carries ids only; one of its keys is not known$/);
  });

  it.each([
    "Amelia",
    "9990123470",
    "2019-03-14",
    "route-amelia",
    "due-",
    "due-2019-03-14",
    "collect-",
    `x-${REFERRAL}`,
  ])("has no id %s, and does not say it", (id) =>
    expect(() => onlyIds({ id, data: {} })).toThrow(/^A job carries ids only; its own id is not one$/),
  );
});
