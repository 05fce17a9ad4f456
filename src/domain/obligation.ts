/** `MET` in time, `LATE` done but late or not done and past its time; `PAUSED` and `CANCELLED` carry a reason. */
export const OBLIGATION_STATES = ["OPEN", "MET", "LATE", "CANCELLED", "PAUSED"] as const;
export type ObligationState = (typeof OBLIGATION_STATES)[number];
