import { setMaxListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AgencyFault } from "../../src/adapters/agency-fault.ts";
import { LANES, type LaneSettings, makeLane } from "../../src/adapters/lane.ts";
import { FAULT_CODES, type FaultCode } from "../../src/domain/absence.ts";

const PLAIN: LaneSettings = { ...LANES.police, breakAfter: 1_000 };
const lane = (change: Partial<LaneSettings> = {}) => makeLane("test", { ...PLAIN, ...change });
const fault = (code: FaultCode, retryAfterMs?: number) => new AgencyFault("test", code, { doing: "x", retryAfterMs });
const ever = new AbortController().signal;
setMaxListeners(0, ever);

/** What became of a call, as text that a table can compare. */
const outcome = (call: Promise<unknown>) =>
  call.then(
    (value) => String(value),
    (error: unknown) => (error instanceof AgencyFault ? error.code : `not a fault: ${String(error)}`),
  );

/** An attempt that fails as told, one after the other, and then succeeds; `times` tells when each was made. */
function failing(...faults: (FaultCode | Error)[]) {
  const times: number[] = [];
  const attempt = async () => {
    const next = faults[times.length];
    times.push(Date.now());
    if (next !== undefined) throw typeof next === "string" ? fault(next) : next;
    return "answer";
  };
  return { attempt, times };
}

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets time pass until the call has ended, and says how. */
async function ended(call: Promise<unknown>): Promise<string> {
  const result = outcome(call);
  await vi.advanceTimersByTimeAsync(10_000);
  return result;
}

const PASSING: FaultCode[] = ["TIMEOUT", "UNAVAILABLE", "THROTTLED"];

describe("a lane repeats", () => {
  it.each(FAULT_CODES)("what failed with %s only if that may pass", async (code) => {
    const { attempt, times } = failing(code);
    const isPassing = PASSING.includes(code);
    expect(await ended(lane().read(attempt, ever))).toBe(isPassing ? "answer" : code);
    expect(times).toHaveLength(isPassing ? 2 : 1);
  });

  it.each(PASSING)("nothing that it sends, not even after %s", async (code) => {
    const { attempt, times } = failing(code);
    expect(await ended(lane().send(attempt, ever))).toBe(code);
    expect(times).toHaveLength(1);
  });

  it("no more often than it may", async () => {
    const { attempt, times } = failing("UNAVAILABLE", "TIMEOUT", "THROTTLED", "UNAVAILABLE");
    expect(await ended(lane({ retries: 2 }).read(attempt, ever))).toBe("THROTTLED");
    expect(times).toHaveLength(3);
  });

  it("nothing where it may not", async () => {
    const { attempt, times } = failing("UNAVAILABLE");
    expect(await ended(lane({ retries: 0 }).read(attempt, ever))).toBe("UNAVAILABLE");
    expect(times).toHaveLength(1);
  });

  it("no mistake of our own", async () => {
    const { attempt, times } = failing(new TypeError("a mistake"));
    expect(await ended(lane().read(attempt, ever))).toBe("MALFORMED");
    expect(times).toHaveLength(1);
  });
});

describe("between attempts a lane waits", () => {
  const delaysOf = async (random: number, settings: Partial<LaneSettings>) => {
    vi.spyOn(Math, "random").mockReturnValue(random);
    const { attempt, times } = failing("UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE");
    await ended(lane({ limitMs: 8_000, tryMs: 7_000, ...settings }).read(attempt, ever));
    vi.mocked(Math.random).mockRestore();
    return times.slice(1).map((at, number) => at - times[number]!);
  };

  it.each([
    [0.02, [2, 4, 8, 16]],
    [0.5, [50, 100, 200, 400]],
    [0.999, [99, 199, 399, 799]],
  ])("a share of %d of twice as long each time", async (random, delays) =>
    expect(await delaysOf(random, { retries: 4 })).toEqual(delays),
  );

  it("never longer than half of its limit", async () =>
    expect(await delaysOf(0.999, { retries: 4, limitMs: 300, tryMs: 200 })).toEqual([99, 149]));

  it.each([
    [700, "answer", [700]],
    [0, "answer", [0]],
    [1_999, "answer", [1_999]],
    [2_000, "THROTTLED", []],
    [3_600_000, "THROTTLED", []],
  ])("as long as it was asked to: %i ms", async (retryAfterMs, result, delays) => {
    const { attempt, times } = failing(fault("THROTTLED", retryAfterMs));
    const call = outcome(lane({ breakAfter: 1 }).read(attempt, ever));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await call).toBe(result);
    expect(times.slice(1).map((at) => at - times[0]!)).toEqual(delays);
  });
});

describe("a lane gives up", () => {
  it("one attempt after its time and makes another", async () => {
    let attempts = 0;
    const attempt = (signal: AbortSignal) => (++attempts === 1 ? never(signal) : Promise.resolve("answer"));
    expect(await ended(lane({ tryMs: 500 }).read(attempt, ever))).toBe("answer");
    expect(attempts).toBe(2);
  });

  it("the whole after its limit, attempts included", async () => {
    const began = Date.now();
    let at = 0;
    const call = outcome(lane().read(never, ever)).then((result) => ((at = Date.now()), result));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([await call, at - began]).toEqual(["TIMEOUT", 2_000]);
  });

  it("an attempt that heeds no signal", async () => {
    expect(await ended(lane().read(() => new Promise(() => {}), ever))).toBe("TIMEOUT");
  });

  it("and aborts what it gave up", async () => {
    const signals: AbortSignal[] = [];
    await ended(lane().read((signal) => (signals.push(signal), never(signal)), ever));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });
});

describe("a caller who goes away", () => {
  it.each(["read", "send"] as const)("aborts their %s at once", async (kind) => {
    const caller = new AbortController();
    let inner: AbortSignal | undefined;
    const call = outcome(lane()[kind]((signal) => ((inner = signal), never(signal)), caller.signal));
    await vi.advanceTimersByTimeAsync(10);
    caller.abort();
    expect(await call).toBe("CANCELLED");
    expect(inner?.aborted).toBe(true);
  });

  it("before the start costs the system nothing", async () => {
    const { attempt, times } = failing();
    expect(await ended(lane({ perSecond: 1 }).read(attempt, AbortSignal.abort()))).toBe("CANCELLED");
    expect(times).toEqual([]);
  });

  it("between attempts gets no further one", async () => {
    const caller = new AbortController();
    const { attempt, times } = failing(fault("UNAVAILABLE", 1_000));
    const call = outcome(lane().read(attempt, caller.signal));
    await vi.advanceTimersByTimeAsync(500);
    caller.abort();
    expect(await call).toBe("CANCELLED");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(times).toHaveLength(1);
  });

  it("does not count against the system", async () => {
    const own = lane({ breakAfter: 2 });
    for (let count = 0; count < 5; count += 1) {
      const caller = new AbortController();
      const call = outcome(own.send(never, caller.signal));
      await vi.advanceTimersByTimeAsync(10);
      caller.abort();
      expect(await call).toBe("CANCELLED");
    }
    expect(await ended(own.send(async () => "answer", ever))).toBe("answer");
  });
});

describe("a system that keeps failing", () => {
  const broken = async (...codes: FaultCode[]) => {
    const own = lane({ breakAfter: 3, retries: 0 });
    for (const code of codes) expect(await outcome(own.read(failing(code).attempt, ever))).toBe(code);
    const { attempt, times } = failing();
    return { own, next: await outcome(own.read(attempt, ever)), asked: times.length };
  };

  it.each<[FaultCode[], string, number]>([
    [["UNAVAILABLE", "TIMEOUT", "UNAVAILABLE"], "CIRCUIT_OPEN", 0],
    [["UNAVAILABLE", "TIMEOUT"], "answer", 1],
    [["THROTTLED", "THROTTLED", "THROTTLED"], "answer", 1],
    [["NOT_FOUND", "MALFORMED", "AUTH", "FORBIDDEN"], "answer", 1],
  ])("after %j is answered for with %s", async (codes, next, asked) =>
    expect(await broken(...codes)).toMatchObject({ next, asked }),
  );

  it("is asked again after a while, once", async () => {
    const { own } = await broken("UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE");
    await vi.advanceTimersByTimeAsync(60_000);
    let asked = 0;
    const still = async () => {
      asked += 1;
      throw fault("UNAVAILABLE");
    };
    expect(await outcome(own.read(still, ever))).toBe("UNAVAILABLE");
    expect(await outcome(own.read(still, ever))).toBe("CIRCUIT_OPEN");
    expect(asked).toBe(1);
  });

  it("is used again once it answers", async () => {
    const { own } = await broken("UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE");
    await vi.advanceTimersByTimeAsync(60_000);
    const answers = await Promise.all([1, 2, 3].map(() => outcome(own.read(async () => "answer", ever))));
    expect(answers).toEqual(["answer", "answer", "answer"]);
  });
});

describe("too much at once", () => {
  it("waits, and is refused beyond that", async () => {
    const own = lane({ atOnce: 2, waiting: 3 });
    let begun = 0;
    let most = 0;
    const attempt = async () => {
      most = Math.max(most, ++begun);
      await new Promise((done) => setTimeout(done, 100));
      begun -= 1;
      return "answer";
    };
    const calls = Array.from({ length: 7 }, () => outcome(own.read(attempt, ever)));
    await vi.advanceTimersByTimeAsync(1_000);
    const results = await Promise.all(calls);
    expect(results.filter((result) => result === "answer")).toHaveLength(5);
    expect(results.filter((result) => result === "OVERLOADED")).toHaveLength(2);
    expect(most).toBe(2);
  });

  it("is never sent for a caller who left the line", async () => {
    const own = lane({ atOnce: 1, waiting: 1 });
    const caller = new AbortController();
    const first = outcome(own.read(never, ever));
    const { attempt, times } = failing();
    const second = outcome(own.read(attempt, caller.signal));
    caller.abort();
    expect(await second).toBe("CANCELLED");
    expect(await ended(first)).toBe("TIMEOUT");
    expect(times).toEqual([]);
  });
});

describe("a system that allows five a second", () => {
  const burst = async (count: number, passMs = 10_000) => {
    const own = lane({ perSecond: 5, breakAfter: 3 });
    const times: number[] = [];
    const attempt = async () => (times.push(Date.now()), "answer");
    const calls = Array.from({ length: count }, () => outcome(own.read(attempt, ever)));
    await vi.advanceTimersByTimeAsync(passMs);
    return { own, times, results: await Promise.all(calls) };
  };

  it("is asked no more in any second", async () => {
    const { times, results } = await burst(10);
    expect(results).toEqual(Array.from({ length: 10 }, () => "answer"));
    for (const from of times)
      expect(times.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(5);
  });

  it("is spared what would come too late", async () => {
    const { times, results } = await burst(40);
    expect(new Set(results)).toEqual(new Set(["answer", "OVERLOADED"]));
    expect(times).toHaveLength(10);
  });

  it("is not held to have failed by it", async () => {
    const { own } = await burst(40, 3_500);
    expect(await outcome(own.read(async () => "answer", ever))).toBe("answer");
  });
});

describe("the table of lanes", () => {
  it.each(Object.entries(LANES))("gives %s time for its attempts", (_, { limitMs, tryMs, atOnce, breakAfter }) => {
    expect(tryMs).toBeLessThan(limitMs);
    expect(atOnce).toBeGreaterThan(0);
    expect(breakAfter).toBeGreaterThan(0);
  });

  it("keeps to what NHS Digital allows", () => expect(LANES.pds.perSecond).toBe(5));
});

describe("every fault", () => {
  it("names the system and nothing of the cause", async () => {
    const secret = new Error("Amelia Hartley 9990123470");
    const thrown = await lane()
      .read(() => Promise.reject(secret), ever)
      .catch((error: unknown) => error as AgencyFault);
    expect((thrown as AgencyFault).message).toBe("test: reading the answer (MALFORMED)");
  });
});
