import { describe, expect, it } from "vitest";
import { dueUpTo, ringing } from "../../src/jobs/clock-job.ts";
import type { Hub } from "../../src/services/hub.ts";

const NOW = new Date("2026-03-02T10:00:00.000Z");
const hub = { now: () => NOW } as Hub;
const later = (ms: number) => new Date(NOW.getTime() + ms);

describe("an alarm that rings", () => {
  it.each([
    ["late", -5_000, 0],
    ["in time", 0, 0],
    ["a little early", 400, 400],
    ["a second early", 1_000, 1_000],
    ["too early", 1_001, 0],
  ])("%s does what is due by then", (_when, at, upTo) => {
    expect(dueUpTo(hub, later(at).toISOString())).toEqual(later(upTo));
  });

  it("without an instant does what is due now", () => expect(dueUpTo(hub, undefined)).toEqual(NOW));

  it("while another is at work shares the next run, up to the latest of them", async () => {
    const runs: Date[] = [];
    let end = () => {};
    const job = ringing("lateness", (_hub, upTo) => {
      runs.push(upTo);
      return new Promise<void>((resolve) => (end = resolve));
    });
    const ring = (ms: number) => job.run(hub, { at: later(ms).toISOString() });
    const first = ring(0);
    const others = [ring(-10), ring(300), ring(200)];
    end();
    await first;
    end();
    await Promise.all(others);
    expect(runs).toEqual([NOW, later(300)]);
  });
});
