import { describe, expect, it } from "vitest";
import { alarmsFrom, heldUp, silence, type Signs } from "../../src/domain/hub-alarm.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { type QueueName, QUEUES } from "../../src/domain/queue.ts";

const NOW = new Date("2026-03-02T10:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);
const everywhere = (at: Date) => new Map(QUEUES.map((queue): [QueueName, Date] => [queue, at]));
const WELL: Signs = {
  now: NOW,
  sweptAt: ago(12),
  workedAt: everywhere(ago(12)),
  hubNow: NOW,
  oldestDueAt: ago(60),
  parked: { count: 0, since: null },
  skewMs: -2_000,
  holidaysUntil: plainDate("2027-03-03"),
  unchainedSince: ago(300),
};

describe("the hub's alarms", () => {
  it("are none while all is well", () => expect(alarmsFrom(WELL)).toEqual([]));

  it.each<[string, Partial<Signs>, object]>([
    [
      "a table of bank holidays that ends within a year",
      { holidaysUntil: plainDate("2027-03-02") },
      { code: "BANK_HOLIDAYS_END" },
    ],
    ["no sweep ever", { sweptAt: null }, { code: "SWEEP_HAS_NOT_RUN", since: null, says: /never/ }],
    ["no sweep for 46 s", { sweptAt: ago(46) }, { code: "SWEEP_HAS_NOT_RUN", since: ago(46), says: /for 46 seconds/ }],
    [
      "no sweep since the clock was set back",
      { sweptAt: ago(-3) },
      { code: "SWEEP_HAS_NOT_RUN", since: ago(-3), says: /since the clock was set back/ },
    ],
    [
      "an entry unchained for 301 s",
      { unchainedSince: ago(301) },
      { code: "AUDIT_UNCHAINED", since: ago(301), says: /verify/ },
    ],
    ["work due for 61 s", { oldestDueAt: ago(61) }, { code: "WORK_OVERDUE", since: ago(61), says: /61 seconds/ }],
    ["two parked", { parked: { count: 2, since: ago(5) } }, { code: "WORK_PARKED", since: ago(5), says: /: 2$/ }],
    ["a machine behind", { skewMs: 2_001 }, { code: "CLOCK_SKEW", since: null, says: /2.0 seconds behind/ }],
    ["a machine ahead", { skewMs: -3_600_000 }, { code: "CLOCK_SKEW", since: null, says: /3600.0 seconds ahead/ }],
  ])("tell of %s", (_what, signs, { says, ...alarm }: { says?: RegExp }) => {
    expect(alarmsFrom({ ...WELL, ...signs })).toEqual([
      expect.objectContaining({ ...alarm, says: expect.stringMatching(says ?? /./), queue: null }),
    ]);
  });

  it("pass over a sign of life that lies ahead by less than a reading takes", () => {
    expect(alarmsFrom({ ...WELL, sweptAt: ago(-2), workedAt: everywhere(ago(-1)) })).toEqual([]);
    expect([silence(ago(-2), NOW), silence(ago(-3), NOW), silence(ago(5), NOW), silence(null, NOW)]).toEqual([
      0,
      Infinity,
      5_000,
      Infinity,
    ]);
  });

  it("name each queue that nobody works on", () => {
    const workedAt = everywhere(ago(12)).set("routing", ago(61));
    workedAt.delete("telling");
    expect(alarmsFrom({ ...WELL, workedAt })).toMatchObject([
      { code: "NOBODY_WORKS_ON_QUEUE", queue: "routing", since: ago(61) },
      { code: "NOBODY_WORKS_ON_QUEUE", queue: "telling", since: null },
    ]);
  });

  it("know no overdue work where none waits", () => {
    expect(alarmsFrom({ ...WELL, oldestDueAt: null })).toEqual([]);
  });
});

describe("whoever waits for a route", () => {
  const told = (signs: Partial<Signs>) => heldUp(alarmsFrom({ ...WELL, ...signs }), "routing");

  it.each<[string, Partial<Signs>, RegExp | null]>([
    ["nothing while all is well", {}, null],
    ["nothing of another queue", { workedAt: everywhere(ago(12)).set("telling", ago(99)) }, null],
    ["that the sweep does it", { workedAt: everywhere(ago(12)).set("routing", ago(99)) }, /the sweep does its work/],
    ["that it is slow", { sweptAt: null }, /slow/],
    ["to ring", { sweptAt: null, workedAt: new Map() }, /Nothing in the hub is working on this.*ring/],
  ])("is told %s", (_what, signs, says) => {
    if (says) expect(told(signs)).toMatch(says);
    else expect(told(signs)).toBeNull();
  });
});
