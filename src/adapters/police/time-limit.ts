// One limit over everything that one question sets off: many quick pages are no better than one slow answer.

import { AgencyFault } from "../agency-fault.ts";
import type { Call } from "../agency-system.ts";

/** A call that ends by itself. Its signal is aborted when the time is up, or the caller gone. */
export interface TimedCall extends Call {
  /** What `work` gives, or this system's fault (`TIMEOUT`, `CANCELLED`) as soon as the call is over. */
  readonly within: <T>(system: string, work: Promise<T>) => Promise<T>;
}

/** This call, for so many milliseconds from now. */
export function timed(call: Call, limitMs: number): TimedCall {
  const limit = AbortSignal.timeout(limitMs);
  const signal = AbortSignal.any([call.signal, limit]);
  const over = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  over.catch(() => {});
  const fault = (system: string): AgencyFault =>
    call.signal.aborted
      ? new AgencyFault(system, "CANCELLED", { doing: "the caller went away" })
      : new AgencyFault(system, "TIMEOUT", { doing: "the whole question took too long" });
  return {
    ...call,
    signal,
    within: (system, work) =>
      Promise.race([work, over]).catch((cause: unknown) => Promise.reject(signal.aborted ? fault(system) : cause)),
  };
}
