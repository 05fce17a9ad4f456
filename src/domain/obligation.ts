/** `MET` in time. `LATE` was not done in time, and is still owed until it has a `metAt`. `PAUSED` and `CANCELLED` carry a reason. */
export const OBLIGATION_STATES = ["OPEN", "PAUSED", "MET", "LATE", "CANCELLED"] as const;
export type ObligationState = (typeof OBLIGATION_STATES)[number];

/** What the clock does next to an obligation that is still owed. */
export const CLOCK_ACTS = ["REMIND", "REVIEW_DUE", "LATE", "RUNG", "RESUME"] as const;
export type ClockAct = (typeof CLOCK_ACTS)[number];

/** What happened to an obligation, each once under its key. Visible for ever. */
export const OBLIGATION_EVENTS = [
  "OPENED",
  "REMINDED",
  "WENT_LATE",
  "CLIMBED",
  "PAUSED",
  "RESUMED",
  "EXTENDED",
  "MET",
  "CANCELLED",
  "REOPENED",
] as const;
export type ObligationEventKind = (typeof OBLIGATION_EVENTS)[number];

/** A wish to change a clock: asked for by one person with a reason, decided by another. */
export const CHANGE_KINDS = ["PAUSE", "EXTEND", "CANCEL"] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];
export const CHANGE_STATES = ["REQUESTED", "APPROVED", "REFUSED"] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];
