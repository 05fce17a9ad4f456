// A clock as a policy file writes it. Law and local practice are data: nothing here says how long anything takes.

import type { PlainDate } from "./plain-date.ts";
import type { StepKind, StepOutcome } from "./statutory-step.ts";

/** An amount of time, in exactly one unit. Days end at midnight in England; hours are exact, and working hours are office hours. */
export type Span =
  | { readonly workingDays: number }
  | { readonly days: number }
  | { readonly months: number }
  | { readonly hours: number }
  | { readonly workingHours: number };

/** A step after which a clock is no longer owed. */
export interface EndedBy {
  readonly step: StepKind;
  /** Only where the step came to one of these. */
  readonly outcomes?: readonly StepOutcome[] | undefined;
}

/** Which step starts a clock, and under which conditions. */
export interface StartedBy extends EndedBy {
  /** Only where the step met a clock of one of these rules; `none` where it met no clock, and is the first of its kind. */
  readonly whenItMet?: readonly string[] | undefined;
  /** Counted from the nearest earlier step of this kind in the same course of events, where there is one; else from the step itself. */
  readonly countsFrom?: StepKind | undefined;
}

/** A clock set by law, guidance or local practice. */
export interface ClockRule {
  /** Its name everywhere: `referral-decision`. */
  readonly rule: string;
  /** What starts it, in words that complete "after ...": `the referral was received`. */
  readonly starts: string;
  /** What must have happened by then: `the referrer is answered and the kind of response decided`. */
  readonly owes: string;
  readonly within: Span;
  /** Counted backwards: it must have happened so long before what starts it, which lies ahead (a report before its conference). */
  readonly before?: boolean | undefined;
  /** Earliest time, where there is a window: not before so long after the start. */
  readonly notBefore?: Span | undefined;
  /** Steps that start it; several where more than one can. None for a clock that only `deadline` answers. */
  readonly startedBy?: readonly StartedBy[] | undefined;
  /** Steps that meet it. */
  readonly metBy?: readonly StepKind[] | undefined;
  /** Steps after which it is no longer owed. */
  readonly endedBy?: readonly EndedBy[] | undefined;
  /** The law lets nobody move it: it may be neither paused nor extended. */
  readonly fixed: boolean;
  /** The most by which it may be extended, where that is limited. */
  readonly extendsBy?: Span | undefined;
  /** Told at once and never in a digest; handed on when unread. */
  readonly urgent: boolean;
  /** The review of a plan or placement: its reminders are review-due reminders. */
  readonly review: boolean;
  /** Reminders, each so long before it is due. */
  readonly remind: readonly Span[];
  /** Where it is laid down, and in which edition. */
  readonly source: string;
  readonly guidanceVersion: string;
  readonly effectiveFrom: PlainDate;
  /** Last day on which a start falls under it; null while it holds. */
  readonly effectiveUntil?: PlainDate | undefined;
  /** Read in the source named; one area's own; or a default to be confirmed. */
  readonly status: "verified" | "local" | "unverified";
}
