import { theClock } from "../domain/actor.ts";
import type { Caller, Hub } from "./hub.ts";

/** The caller of a job: the clock, for itself, until the job's own limit. */
export const clockCaller = (hub: Hub, job: string, signal: AbortSignal = AbortSignal.timeout(60_000)): Caller => ({
  actor: theClock(job),
  purpose: "hub",
  requestId: hub.newId(),
  signal,
});
