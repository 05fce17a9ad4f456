import { clockJob } from "./clock-job.ts";

/** Climbs the ladder of whom to tell while something late is still owed. */
export const escalating = clockJob("escalation", ["RUNG"]);
