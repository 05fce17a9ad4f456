// What a wrong join reached. A split repairs the belief; this is the list of what was done on the strength of it.

export const TOUCHED_KINDS = ["REFERRAL", "STEP", "OBLIGATION", "ESCALATION", "MESSAGE"] as const;
/** A referral, a statutory step (plans are made of them), a clock, a professional challenge, something somebody was told. */
export type TouchedKind = (typeof TOUCHED_KINDS)[number];

/** Something made for the child while another's record was shown as theirs. Ids and codes only. */
export interface Touched {
  readonly kind: TouchedKind;
  readonly id: string;
  /** The referral's status, the step's kind, the clock's rule, the challenge's category, the message's kind. */
  readonly what: string;
  readonly at: string;
  /** The person it was made for; null for a message. */
  readonly childId: string | null;
  /** The course of events that it belongs to: a referral's or step's first step, a challenge; null for a message. */
  readonly courseId: string | null;
  readonly agencyId: string | null;
}

/** Somebody who saw the joined view. */
export interface Reader {
  readonly actorId: string;
  readonly role: string | null;
  readonly agencyId: string | null;
  readonly what: string;
  readonly times: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

export interface Radius {
  readonly readers: readonly Reader[];
  readonly touched: readonly Touched[];
  /** How many were told. */
  readonly told: number;
  /** The hub keeps no report that it gave out: figures are counted when they are asked for. */
  readonly reports: "NONE_STORED";
}

export interface Figures {
  readonly peopleKnown: number;
  readonly childrenKnown: number;
  /** Of the person the record is taken from, and of the one it goes to. */
  readonly stayed: { readonly records: number; readonly openObligations: number };
  readonly left: { readonly records: number; readonly openObligations: number };
}

export interface BeforeAndAfter {
  readonly before: Figures;
  readonly after: Figures;
}

type Checkable = Touched & { readonly kind: Exclude<TouchedKind, "MESSAGE"> };

/** What somebody has to say whose it is: all but messages, which stay what they were. */
export const toCheck = (touched: readonly Touched[]): readonly Checkable[] =>
  touched.filter((each): each is Checkable => each.kind !== "MESSAGE");

/** People among these, each once: a job that read needs no telling. */
export const peopleAmong = (actorIds: readonly string[]): readonly string[] =>
  [...new Set(actorIds)].filter((id) => !id.startsWith("clock:") && id !== "");

export const CHECK_STATES = ["WAITING", "KEPT", "MOVED"] as const;
export type CheckState = (typeof CHECK_STATES)[number];
export const CHECK_DECISIONS = ["KEEP", "MOVE"] as const;
export type CheckDecision = (typeof CHECK_DECISIONS)[number];

/** The whole of what is told after a correction. No name, no detail. */
export const CORRECTED =
  "A record was shown as one child's that is another's: look again at what you did and saw. The correction is ";
