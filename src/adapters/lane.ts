// How the hub talks to a system that may be slow, busy or gone: one lane per system, all limits in one table.

import {
  BrokenCircuitError,
  BulkheadRejectedError,
  ConsecutiveBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  type IPolicy,
  TaskCancelledError,
  TimeoutStrategy,
  bulkhead,
  circuitBreaker,
  handleWhen,
  noop,
  retry,
  timeout,
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
  /** Whether it may lie in a private network; unset, it may. */
  readonly allowPrivate?: boolean;
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

const TOO_MANY = "too many requests are waiting for it";

const isWeather = (error: Error): error is AgencyFault =>
  error instanceof AgencyFault && ["TIMEOUT", "UNAVAILABLE", "THROTTLED"].includes(error.code);

const isBroken = (error: Error): boolean => isWeather(error) && error.code !== "THROTTLED";

/** Whoever is asked to come back after the whole request's time is up is told so at once. */
const isWorthWaiting = (error: Error, limitMs: number): boolean =>
  isWeather(error) && (error.retryAfterMs ?? 0) < limitMs;

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
  const { limitMs, tryMs, retries, atOnce, waiting, breakAfter } = settings;
  const whole = timeout(limitMs, TimeoutStrategy.Aggressive);
  const room = bulkhead(atOnce, waiting);
  const breaker = circuitBreaker(handleWhen(isBroken), {
    halfOpenAfter: new ExponentialBackoff({ initialDelay: 5_000, maxDelay: 60_000 }),
    breaker: new ConsecutiveBreaker(breakAfter),
  });
  const single = timeout(tryMs, TimeoutStrategy.Aggressive);
  const again = retry(
    handleWhen((error) => isWorthWaiting(error, limitMs)),
    { maxAttempts: retries, backoff: makeBackoff(limitMs) },
  );
  const takeTurn = makeTurns(system, settings);

  const through =
    (repeats: IPolicy): Lane["read"] =>
    async (attempt, caller) => {
      const once = (signal: AbortSignal) =>
        single
          .execute(({ signal: inner }) => attempt(inner), signal)
          // Named before the breaker sees it: somebody who closed their page says nothing about the system.
          .catch((error: unknown) => Promise.reject(toFault(system, error, caller)));
      try {
        return await whole.execute(
          ({ signal }) =>
            repeats.execute(
              () =>
                room.execute(async () => {
                  await takeTurn(signal);
                  return breaker.execute(() => once(signal), signal);
                }, signal),
              signal,
            ),
          caller,
        );
      } catch (error) {
        throw toFault(system, error, caller);
      }
    };

  return { system, settings, read: through(again), send: through(noop) };
}

/** Waits for a turn, outside the breaker: that we hold ourselves back is no failure of the system. Whoever could only get one
 *  when half of their time is gone is refused, since p-throttle keeps the place of those who no longer wait. */
function makeTurns(system: string, { perSecond, limitMs }: LaneSettings): (signal: AbortSignal) => Promise<void> {
  if (perSecond === null) return async () => {};
  const turn = pThrottle({ limit: perSecond, interval: 1_000, strict: true })(() => {});
  const mostWaiting = Math.ceil((perSecond * limitMs) / 2_000);
  return async (signal) => {
    if (turn.queueSize >= mostWaiting) throw new AgencyFault(system, "OVERLOADED", { doing: TOO_MANY });
    await turn();
    signal.throwIfAborted();
  };
}

function toFault(system: string, error: unknown, signal: AbortSignal): AgencyFault {
  if (signal.aborted) return new AgencyFault(system, "CANCELLED", { doing: "the caller went away", cause: error });
  if (error instanceof AgencyFault) return error;
  if (error instanceof TaskCancelledError) return new AgencyFault(system, "TIMEOUT", { doing: "no answer in time" });
  if (error instanceof BrokenCircuitError)
    return new AgencyFault(system, "CIRCUIT_OPEN", { doing: "it failed repeatedly and is left alone for a while" });
  if (error instanceof BulkheadRejectedError) return new AgencyFault(system, "OVERLOADED", { doing: TOO_MANY });
  if (error instanceof Error && error.name === "AbortError")
    return new AgencyFault(system, "TIMEOUT", { doing: "no answer in time", cause: error });
  return new AgencyFault(system, "MALFORMED", { doing: "reading the answer", cause: error });
}
