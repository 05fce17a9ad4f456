import { clockJob } from "./clock-job.ts";

/** Says that a review is due. */
export const reviewing = clockJob("reviews", ["REVIEW_DUE"]);
