import { describe, expect, it } from "vitest";
import { PARKED_PAUSE_MS, pauseAfter } from "../../src/domain/backoff.ts";

describe("work that failed", () => {
  it.each([
    [1, 10],
    [2, 20],
    [3, 40],
    [9, 2_560],
    [10, 3_600],
    [11, 3_600],
  ])("%i times rests between half and all of %i seconds", (attempts, seconds) => {
    expect(pauseAfter(attempts, 0)).toBe((seconds * 1_000) / 2);
    expect(pauseAfter(attempts, 1)).toBe(seconds * 1_000);
    expect(pauseAfter(attempts, 0.5)).toBe(seconds * 750);
  });

  it.each([12, 13, 100])("%i times is told to a person, and rests as long as it ever did", (attempts) => {
    expect(pauseAfter(attempts, 0.5)).toBeNull();
    expect(PARKED_PAUSE_MS).toBe(pauseAfter(11, 1));
  });

  it("outlasts a fault of more than an hour before anybody is told", () => {
    const least = Array.from({ length: 11 }, (_, index) => pauseAfter(index + 1, 0) ?? 0);
    expect(least.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(1.5 * 3_600_000);
  });
});
