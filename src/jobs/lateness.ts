import { clockJob } from "./clock-job.ts";

/** Puts on record what was not done in time, and sets a paused clock going again. */
export const lateness = clockJob("lateness", ["LATE", "RESUME"]);
