// How long the hub keeps what is its own. How long that is, is data (`policies/retention.json`): law says it of few things, and each
// area's schedule of the rest. Here: which class a child falls in, and from when on nothing keeps it.

import type { ShieldKind } from "./access.ts";
import { addDays, addMonths, type PlainDate } from "./plain-date.ts";
import type { StepKind } from "./statutory-step.ts";

/** An amount of time for which something is kept, in one unit. */
export type Keep = { readonly days: number } | { readonly months: number } | { readonly years: number };

/** Where a number is from. */
interface Sourced {
  readonly id: string;
  readonly source: string;
  readonly edition: string;
  readonly status: "verified" | "local" | "unverified";
}

/** What puts a child in a class: a step or a shield of these kinds, any work of the hub's for them, or nothing but agencies' records. */
export interface Fits {
  readonly steps?: readonly StepKind[] | undefined;
  readonly shields?: readonly ShieldKind[] | undefined;
  readonly work?: boolean | undefined;
}

/** How long what the hub did for a child is kept. */
export interface ChildClass extends Sourced {
  readonly covers: string;
  readonly fits: Fits;
  readonly keep: Keep;
  readonly from: "BIRTH" | "LAST_ACTIVITY";
  /** Never before this birthday, whatever else is over. */
  readonly untilAge?: number | undefined;
  /** Whether two people may decide that it is erased before its time. Where law sets the time, nobody may. */
  readonly mayEndEarlier: boolean;
}

/** Who erases what is over: the hub by itself, or a person with the tools of the database. */
export const ERASERS = ["JOB", "PERSON", "NOBODY"] as const;

/** How long rows are kept that go by their age, or stay. */
export interface TableClass extends Sourced {
  /** Tables of the hub's database. */
  readonly covers: readonly string[];
  /** Null: as long as the hub runs. */
  readonly keep: Keep | null;
  /** From when it counts, in words. */
  readonly from: string;
  readonly erasedBy: (typeof ERASERS)[number];
}

export interface RetentionPolicy {
  /** Every child falls in those that fit, and is kept as the longest of them says. The last fits everybody. */
  readonly children: readonly ChildClass[];
  readonly tables: readonly TableClass[];
  /** Days for which a file that was made for somebody can be fetched. */
  readonly exportDays: number;
}

/** Tables whose rows the hub erases by their age. */
export const AGED = [
  "message",
  "delivery",
  "outbox_email",
  "session",
  "sign_in_begun",
  "export_file",
  "troubled_work",
  "quarantined_record",
  "identity_review",
  "police_incident",
  "post",
  "worker_seen",
] as const;
export type AgedTable = (typeof AGED)[number];

/** What the hub's own rows say of a child. */
export interface ChildFacts {
  readonly steps: ReadonlySet<StepKind>;
  readonly shields: ReadonlySet<ShieldKind>;
  readonly hasWork: boolean;
  /** The latest of those that agencies state; null where none is known to the day. */
  readonly bornOn: PlainDate | null;
  /** When the hub last did anything for the child; where it never did, when an agency last spoke of them. */
  readonly lastOn: PlainDate;
}

/** A class, and the first day on which it keeps the child no longer. */
export interface Keeping {
  readonly keptBy: ChildClass;
  readonly until: PlainDate;
}

/** Before this all that is so old is over; what lies at it is kept. */
export function before(on: PlainDate, keep: Keep): PlainDate {
  if ("days" in keep) return addDays(on, -keep.days);
  return addMonths(on, "months" in keep ? -keep.months : -12 * keep.years);
}

const after = (on: PlainDate, keep: Keep): PlainDate =>
  "days" in keep ? addDays(on, keep.days) : addMonths(on, "months" in keep ? keep.months : 12 * keep.years);

/** The class that keeps this child longest, and until when. */
export function keepingOf({ children }: Pick<RetentionPolicy, "children">, facts: ChildFacts): Keeping {
  const all = children
    .filter(({ fits }) => fitting(fits, facts))
    .map((keptBy): Keeping => ({ keptBy, until: keptUntil(keptBy, facts) }));
  const [first, ...rest] = all;
  if (!first) throw new Error("policies/retention.json has no class for every child");
  return rest.reduce((longest, each) => (each.until > longest.until ? each : longest), first);
}

function fitting({ steps, shields, work }: Fits, facts: ChildFacts): boolean {
  if (steps) return steps.some((kind) => facts.steps.has(kind));
  if (shields) return shields.some((kind) => facts.shields.has(kind));
  return !work || facts.hasWork;
}

/** A birthday that is not known is taken for the day of the last activity, which is later: what may have to be kept is kept. */
function keptUntil({ keep, from, untilAge = 0 }: ChildClass, { bornOn, lastOn }: ChildFacts): PlainDate {
  const born = bornOn ?? lastOn;
  const [ended, aged] = [after(from === "BIRTH" ? born : lastOn, keep), addMonths(born, 12 * untilAge)];
  const latest = ended > aged ? ended : aged;
  return latest > lastOn ? latest : lastOn;
}

/** The shortest time for which any child who comes under it is kept: nobody who is younger in the hub need be looked at. */
export function shortestBefore({ children }: RetentionPolicy, on: PlainDate): PlainDate {
  const all = children.filter(({ from }) => from === "LAST_ACTIVITY").map(({ keep }) => before(on, keep));
  return all.reduce((latest, each) => (each > latest ? each : latest));
}

/** What stands against erasing a child. */
export interface InTheWay {
  readonly held: boolean;
  /** What waits to be done, by kind: `obligations`, `referrals`, ... */
  readonly owed: Readonly<Record<string, number>>;
}

/** Why a child may not be erased now; null where nothing stands against it. A hold goes before everything. */
export function whyKept({ held, owed }: InTheWay): string | null {
  if (held) return "a legal hold is on it: nothing may be erased until it is lifted";
  const open = Object.entries(owed).filter(([, count]) => count > 0);
  return open.length === 0
    ? null
    : `work for this child is open (${open.map(([kind, count]) => `${count} ${kind}`).join(", ")}): see that it is met, ended or cancelled first`;
}

/** Why the class keeps it today; null where it does not, or where two people may end it earlier and say so. */
export function whyNotYet({ keptBy, until }: Keeping, on: PlainDate, beforeItsTime: boolean): string | null {
  if (until <= on) return null;
  if (!keptBy.mayEndEarlier) return `law keeps it until ${until} (${keptBy.id}): nobody may erase it earlier`;
  return beforeItsTime
    ? null
    : `it is kept until ${until} (${keptBy.id}): say beforeItsTime where two of you decide to erase it earlier`;
}
