import { clockJob } from "./clock-job.ts";

/** Reminds whoever owes something before it falls due. */
export const reminding = clockJob("reminders", ["REMIND"]);
