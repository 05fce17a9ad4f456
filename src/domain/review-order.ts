// Which doubtful pair is looked at first: the one behind which most waits. Never a measure of a child.

import { groupBy } from "./group.ts";

export const WAITING_KINDS = ["PLAN", "REFERRAL", "NOTHING"] as const;
/** What waits behind a pair: a plan or its conference, a referral or another clock about the child, or nothing. */
export type WaitingKind = (typeof WAITING_KINDS)[number];

export interface Waiting {
  readonly kind: WaitingKind;
  /** The first instant at which it is late; null where nothing waits. */
  readonly dueAt: Date | null;
  /** The clock's rule, as the policy file names it. */
  readonly rule: string | null;
  readonly overdue: boolean;
}

export const NOTHING_WAITS: Waiting = { kind: "NOTHING", dueAt: null, rule: null, overdue: false };

/** A clock that runs for one of the two people. */
export interface RunningClock {
  readonly rule: string;
  readonly dueAt: Date;
}

/** Clocks of plans, of the conferences that make them and of care, as `policies/` names them. */
const OF_PLANS = ["icpc", "core-group", "cp-review", "looked-after-"];
const isOfPlan = ({ rule }: RunningClock): boolean => OF_PLANS.some((start) => rule.startsWith(start));

/** What waits most urgently of all these clocks: what is overdue before what is not, a plan before anything else, the soonest due
 *  first. */
export function waitingOf(clocks: readonly RunningClock[], now: Date): Waiting {
  let first = NOTHING_WAITS;
  for (const clock of clocks) {
    const { rule, dueAt } = clock;
    const next: Waiting = { kind: isOfPlan(clock) ? "PLAN" : "REFERRAL", dueAt, rule, overdue: dueAt <= now };
    if (byWaiting(next, first) < 0) first = next;
  }
  return first;
}

const later = (a: Date | null, b: Date | null): number =>
  (a?.getTime() ?? Number.MAX_SAFE_INTEGER) - (b?.getTime() ?? Number.MAX_SAFE_INTEGER);

const byWaiting = (a: Waiting, b: Waiting): number =>
  Number(b.overdue) - Number(a.overdue) ||
  WAITING_KINDS.indexOf(a.kind) - WAITING_KINDS.indexOf(b.kind) ||
  later(a.dueAt, b.dueAt);

/** A pair's place in the list. */
export interface Place {
  readonly id: string;
  readonly waiting: Waiting;
  readonly weight: number;
  readonly openedAt: Date;
  /** The reader has said what they think: it waits for somebody else. */
  readonly saidByReader: boolean;
}

/** Below nothing: `a` comes first. What its reader has decided is last; then by what waits, the heavier, the older; an id decides
 *  between equals, so that no two pages hold one pair. */
export const byPlace = (a: Place, b: Place): number =>
  Number(a.saidByReader) - Number(b.saidByReader) ||
  byWaiting(a.waiting, b.waiting) ||
  b.weight - a.weight ||
  later(a.openedAt, b.openedAt) ||
  (a.id < b.id ? -1 : Number(a.id > b.id));

/** Clocks of each person and of everybody who turned out to be that person. */
export function clocksByPerson(
  clocks: readonly (RunningClock & { readonly childId: string })[],
  believedToBe: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly RunningClock[]> {
  return groupBy(clocks, ({ childId }) => believedToBe.get(childId) ?? childId);
}
