import { describe, expect, it } from "vitest";
import { againAndAgain } from "../../src/jobs/again.ts";
import { together } from "../../src/jobs/together.ts";

/** Runs that end when they are told to. */
function heldRuns(most?: number) {
  const runs: { items: readonly string[]; end: () => void; fail: (error: Error) => void }[] = [];
  const ask = together<string>((items) => new Promise<void>((end, fail) => runs.push({ items, end, fail })), most);
  return { runs, ask };
}

describe("work done together", () => {
  it("is one run for all that was asked while another was under way", async () => {
    const { runs, ask } = heldRuns();
    const first = ask(["a"]);
    const others = [ask(["b"]), ask(["c", "d"])];
    runs[0]!.end();
    await first;
    runs[1]!.end();
    await Promise.all(others);
    expect(runs.map(({ items }) => items)).toEqual([["a"], ["b", "c", "d"]]);
  });

  it("is split where it would be too much", async () => {
    const { runs, ask } = heldRuns(2);
    const asked = [["a"], ["b"], ["c", "d"], ["e", "f", "g"]].map((items) => ask(items));
    for (const [index, all] of asked.entries()) {
      runs[index]!.end();
      await all;
    }
    expect(runs.map(({ items }) => items)).toEqual([["a"], ["b"], ["c", "d"], ["e", "f", "g"]]);
  });

  it("fails for those who shared it, and goes on", async () => {
    const { runs, ask } = heldRuns();
    const first = ask(["a"]);
    const second = ask(["b"]);
    runs[0]!.fail(new Error("away"));
    await expect(first).rejects.toThrow("away");
    runs[1]!.end();
    await second;
  });
});

describe("work done again and again", () => {
  it("goes on after a failure, one at a time, and stops when told", async () => {
    const errors: unknown[] = [];
    let runs = 0;
    let atOnce = 0;
    let most = 0;
    const stop = againAndAgain(
      async () => {
        runs += 1;
        atOnce += 1;
        most = Math.max(most, atOnce);
        await Promise.resolve();
        atOnce -= 1;
        if (runs === 1) throw new Error("once");
      },
      { everyMs: 1, onError: (error) => errors.push(error) },
    );
    await expect.poll(() => runs).toBeGreaterThan(3);
    await stop();
    const stopped = runs;
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
    expect([runs, most, errors]).toEqual([stopped, 1, [new Error("once")]]);
  });

  it("tells a run under way to stop, and waits for it", async () => {
    let ended = false;
    const stop = againAndAgain(
      (signal) =>
        new Promise<void>((resolve) => {
          signal.addEventListener("abort", () => {
            ended = true;
            resolve();
          });
        }),
      { everyMs: 1, onError: () => {} },
    );
    await stop();
    expect(ended).toBe(true);
  });
});
