// How the hub talks to a system that may be slow, busy or gone: one lane per system, all limits in one table.

import {
  BrokenCircuitError,
  BulkheadRejectedError,
  ConsecutiveBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  TaskCancelledError,
  TimeoutStrategy,
  bulkhead,
  circuitBreaker,
  handleWhen,
  noop,
  retry,
  timeout,
  wrap,
} from "cockatiel";
import pThrottle from "p-throttle";
import { AgencyFault } from "./agency-fault.ts";

export interface LaneSettings {
  /** The whole of one request, retries and waiting included, in milliseconds. */
  readonly limitMs: number;
  /** One attempt, in milliseconds. */
  readonly tryMs: number;
  /** Further attempts at what is safe to repeat. */
  readonly retries: number;
  /** Requests under way at once, and how many more may wait. */
  readonly atOnce: number;
  readonly waiting: number;
  /** Requests a second the system allows; null where it sets no limit. */
  readonly perSecond: number | null;
  /** Failures in a row after which it is left alone for a while. */
  readonly breakAfter: number;
}

const USUAL: LaneSettings = {
  limitMs: 2_000,
  tryMs: 1_500,
  retries: 1,
  atOnce: 32,
  waiting: 64,
  perSecond: null,
  breakAfter: 10,
};

/** Every system's limits. NHS Digital allows an application five PDS requests a second; Wonde's limit is not published. */
export const LANES = {
  pds: { ...USUAL, perSecond: 5 },
  "care-record": USUAL,
  mis: { ...USUAL, perSecond: 30 },
  police: USUAL,
  ssd: { ...USUAL, retries: 0 },
} satisfies Record<string, LaneSettings>;

export interface Lane {
  readonly system: string;
  readonly settings: LaneSettings;
  /** Runs what is safe to repeat: it is tried again, with jitter, after a failure that may pass. */
  read<T>(attempt: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** Runs once, whatever happens. */
  send<T>(attempt: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
}

const isWeather = (error: Error): boolean =>
  error instanceof TaskCancelledError ||
  (error instanceof AgencyFault && ["TIMEOUT", "UNAVAILABLE", "THROTTLED"].includes(error.code));

const isBroken = (error: Error): boolean => isWeather(error) && (error as AgencyFault).code !== "THROTTLED";

/** As long as the system asked, if it did; otherwise a growing delay with full jitter, from 50 ms. */
function makeBackoff(limitMs: number) {
  return new DelegateBackoff((context: { attempt: number; result: unknown }) => {
    const { error } = (context.result ?? {}) as { error?: unknown };
    if (error instanceof AgencyFault && error.retryAfterMs !== null) return error.retryAfterMs;
    return Math.random() * Math.min(limitMs / 2, 50 * 2 ** context.attempt);
  });
}

/** A lane for one system. Everything it throws is an `AgencyFault`. */
export function makeLane(system: string, settings: LaneSettings): Lane {
  const { limitMs, tryMs, retries, atOnce, waiting, perSecond, breakAfter } = settings;
  const whole = timeout(limitMs, TimeoutStrategy.Aggressive);
  const guarded = wrap(
    bulkhead(atOnce, waiting),
    circuitBreaker(handleWhen(isBroken), {
      halfOpenAfter: new ExponentialBackoff({ initialDelay: 5_000, maxDelay: 60_000 }),
      breaker: new ConsecutiveBreaker(breakAfter),
    }),
    timeout(tryMs, TimeoutStrategy.Aggressive),
  );
  const again =
    retries > 0 ? retry(handleWhen(isWeather), { maxAttempts: retries, backoff: makeBackoff(limitMs) }) : noop;
  const reading = wrap(whole, again, guarded);
  const sending = wrap(whole, guarded);
  const turn = perSecond === null ? null : pThrottle({ limit: perSecond, interval: 1_000, strict: true })(() => {});

  const through =
    (policy: typeof reading | typeof sending): Lane["read"] =>
    async (attempt, signal) => {
      try {
        return await policy.execute(async ({ signal: inner }) => {
          if (turn) await turn();
          inner.throwIfAborted();
          return attempt(inner);
        }, signal);
      } catch (error) {
        throw toFault(system, error, signal);
      }
    };

  return { system, settings, read: through(reading), send: through(sending) };
}

function toFault(system: string, error: unknown, signal: AbortSignal): AgencyFault {
  if (signal.aborted) return new AgencyFault(system, "CANCELLED", { doing: "the caller went away", cause: error });
  if (error instanceof AgencyFault) return error;
  if (error instanceof TaskCancelledError) return new AgencyFault(system, "TIMEOUT", { doing: "no answer in time" });
  if (error instanceof BrokenCircuitError)
    return new AgencyFault(system, "CIRCUIT_OPEN", { doing: "it failed repeatedly and is left alone for a while" });
  if (error instanceof BulkheadRejectedError)
    return new AgencyFault(system, "OVERLOADED", { doing: "too many requests are waiting for it" });
  if (error instanceof Error && error.name === "AbortError")
    return new AgencyFault(system, "TIMEOUT", { doing: "no answer in time", cause: error });
  return new AgencyFault(system, "MALFORMED", { doing: "reading the answer", cause: error });
}
