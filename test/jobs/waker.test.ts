import { describe, expect, it } from "vitest";
import { makeWaker } from "../../src/jobs/waker.ts";
import type { QueueName, TimedAlarm } from "../../src/jobs/queues.ts";

const NOW = new Date("2026-12-23T10:00:00Z");
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(NOW.getTime() + hours * HOUR);

function makeTestWaker(fails = false) {
  const set: [QueueName, TimedAlarm][] = [];
  const warnings: unknown[] = [];
  const log = { info: () => {}, error: () => {}, warn: (fields: unknown) => void warnings.push(fields) };
  const queues = {
    wake: async () => {},
    async wakeAll(queue: QueueName, alarms: readonly TimedAlarm[]) {
      if (fails) throw new Error("Redis does not answer");
      set.push(...alarms.map((alarm): [QueueName, TimedAlarm] => [queue, alarm]));
    },
  };
  return { wake: makeWaker({ queues, log, now: () => NOW }), set, warnings };
}

describe("alarms of the clocks", () => {
  it("are one for all that falls due at one instant, on the queue of their act", async () => {
    const { wake, set } = makeTestWaker();
    await wake.clocks([
      { act: "REMIND", at: inHours(1) },
      { act: "REMIND", at: inHours(1) },
      { act: "REVIEW_DUE", at: inHours(1) },
      { act: "LATE", at: inHours(2) },
      { act: "RESUME", at: inHours(2) },
      { act: "RUNG", at: inHours(-1) },
    ]);
    expect(set.map(([queue, { id, delayMs }]) => [queue, id, delayMs / HOUR])).toEqual([
      ["reminders", `due-${inHours(1).getTime()}`, 1],
      ["reviews", `due-${inHours(1).getTime()}`, 1],
      ["lateness", `due-${inHours(2).getTime()}`, 2],
      ["escalation", `due-${inHours(-1).getTime()}`, -1],
    ]);
    expect(set[0]?.[1].data).toEqual({ at: "2026-12-23T11:00:00.000Z" });
  });

  it("are set within the horizon of a day only", async () => {
    const { wake, set } = makeTestWaker();
    await wake.clocks([{ act: "LATE", at: inHours(24) }]);
    await wake.clocks([{ act: "LATE", at: new Date(inHours(24).getTime() + 1) }]);
    await wake.telling([inHours(3), inHours(3), inHours(48)]);
    expect(set.map(([queue, { delayMs }]) => [queue, delayMs / HOUR])).toEqual([
      ["lateness", 24],
      ["telling", 3],
    ]);
  });

  it("that cannot be set are logged, and nobody fails for it", async () => {
    const { wake, warnings } = makeTestWaker(true);
    await wake.clocks([
      { act: "LATE", at: inHours(1) },
      { act: "RUNG", at: inHours(1) },
    ]);
    expect(warnings).toMatchObject([{ queue: "lateness" }, { queue: "escalation" }]);
  });

  it("are none where there is nothing to wake for", async () => {
    const { wake, set } = makeTestWaker(true);
    await wake.clocks([]);
    await wake.telling([]);
    expect(set).toEqual([]);
  });
});
