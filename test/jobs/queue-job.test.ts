import { describe, expect, it } from "vitest";
import { onlyIds, safeJobId } from "../../src/jobs/queue-job.ts";
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

describe("what a job carries", () => {
  it.each([["7"], ["0192f7a4-2b1c-7d3e-8f00-0123456789ab"], ["2026-02-22T10:00:00.000Z"], ["SUPER_PUBLIC"]])(
    "may be %s",
    (value) => {
      expect(onlyIds({ value })).toEqual({ value });
    },
  );

  it.each([["Amelia Hartley"], [""], ["x".repeat(101)], [7], [null], [["a"]], [{ id: "a" }]])(
    "may not be %j",
    (value) => {
      expect(() => onlyIds({ value } as unknown as Record<string, string>)).toThrow('"value" is not one');
    },
  );

  it.each([
    ["referral:7:3", "referral-7-3"],
    ["42", "id-42"],
    ["0", "id-0"],
    ["dl-7", "dl-7"],
  ])("has for %s the id %s", (id, safe) => {
    expect(safeJobId(id)).toBe(safe);
  });
});
