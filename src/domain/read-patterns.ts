// What is unusual about who read what. Facts with their rule, in the order of time, for whoever answers for data protection to look into:
// no worker is scored, and most of what is found has a good reason.

import type { PlainDate } from "./plain-date.ts";
import type { SharingPolicy } from "./policy.ts";

export const READ_PATTERNS = [
  "OWN_NAME",
  "OWN_ADDRESS",
  "MANY_CHILDREN",
  "NIGHT",
  "REFUSED_OFTEN",
  "SEARCHED_THEN_REFUSED",
  "BROKE_GLASS",
] as const;
export type ReadPattern = (typeof READ_PATTERNS)[number];

type Patterns = SharingPolicy["patterns"];

/** The rule of each pattern, in words. */
export const patternSays = (pattern: ReadPattern, { nightFrom, nightUntil, manyChildren, manyRefusals }: Patterns) =>
  ({
    OWN_NAME: "Looked up a child who has the worker's own surname",
    OWN_ADDRESS: "Looked up a child who lives or lived in the worker's own postcode",
    MANY_CHILDREN: `Opened ${manyChildren} children or more in one day`,
    NIGHT: `Opened children between ${nightFrom} and ${nightUntil}, in a role that is not on duty at night`,
    REFUSED_OFTEN: `Was refused ${manyRefusals} times or more in one day`,
    SEARCHED_THEN_REFUSED: "Searched for a child, then tried to open it and was refused",
    BROKE_GLASS: "Broke the glass",
  })[pattern];

/** What one worker did to one child in one stretch of time. */
export interface ChildReads {
  readonly actorId: string;
  readonly role: string | null;
  readonly childId: string;
  /** How often the child was opened to them, and how often not. */
  readonly opened: number;
  readonly refused: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** One thing found. Counts are of entries of the audit. */
export interface UnusualFound extends Omit<ChildReads, "childId"> {
  readonly pattern: ReadPattern;
  readonly on: PlainDate;
  /** Null where it is about several, or about none that is named. */
  readonly childId: string | null;
  readonly children: number;
}

/** Of one worker, and of one child or none. */
type Stretch = Omit<ChildReads, "childId"> & { readonly childId: string | null };

/** Several stretches as one. */
function together(pattern: ReadPattern, on: PlainDate, reads: readonly Stretch[]): UnusualFound[] {
  const [first] = reads;
  if (!first) return [];
  const [only = null, ...others] = new Set(reads.flatMap(({ childId }) => childId ?? []));
  const times = (pick: (read: Stretch) => Date) => reads.map((read) => pick(read).getTime());
  const count = (pick: (read: Stretch) => number) => reads.reduce((sum, read) => sum + pick(read), 0);
  return [
    {
      pattern,
      on,
      actorId: first.actorId,
      role: first.role,
      childId: others.length === 0 ? only : null,
      children: (only === null ? 0 : 1) + others.length,
      opened: count(({ opened }) => opened),
      refused: count(({ refused }) => refused),
      firstAt: new Date(Math.min(...times(({ firstAt }) => firstAt))),
      lastAt: new Date(Math.max(...times(({ lastAt }) => lastAt))),
    },
  ];
}

const byWorker = <Read extends Stretch>(reads: readonly Read[]): Read[][] => {
  const found = new Map<string, Read[]>();
  for (const read of reads) {
    const mine = found.get(read.actorId);
    if (mine) mine.push(read);
    else found.set(read.actorId, [read]);
  }
  return [...found.values()];
};

/** Workers who opened many children on one day. */
export const manyChildren = (on: PlainDate, reads: readonly ChildReads[], { manyChildren: most }: Patterns) =>
  byWorker(reads.filter(({ opened }) => opened > 0))
    .filter((mine) => new Set(mine.map(({ childId }) => childId)).size >= most)
    .flatMap((mine) => together("MANY_CHILDREN", on, mine));

/** Workers who opened children in one night, though their role is not on duty then. */
export const atNight = (on: PlainDate, reads: readonly ChildReads[], { nightDuty }: Patterns) =>
  byWorker(reads.filter(({ opened, role }) => opened > 0 && !nightDuty.some((duty) => duty === role))).flatMap((mine) =>
    together("NIGHT", on, mine),
  );

/** What a worker's sign-in says of them, and what is known of a child, as keyed hashes. */
export interface OwnHashes {
  readonly surnameHash: string | null;
  readonly postcodeHash: string | null;
}
export interface ChildHashes {
  readonly surnames: ReadonlySet<string>;
  readonly postcodes: ReadonlySet<string>;
}

/** What a worker and a child whom they looked up have in common. */
export function ownFamilyOrPlace(
  on: PlainDate,
  read: ChildReads,
  { worker, child }: { readonly worker: OwnHashes; readonly child: ChildHashes },
): UnusualFound[] {
  const isIn = (hash: string | null, hashes: ReadonlySet<string>) => hash !== null && hashes.has(hash);
  return [
    ...(isIn(worker.surnameHash, child.surnames) ? together("OWN_NAME", on, [read]) : []),
    ...(isIn(worker.postcodeHash, child.postcodes) ? together("OWN_ADDRESS", on, [read]) : []),
  ];
}

/** An entry that says no, or a child that a search found: it is on record as not opened, and is no refusal. */
export interface Refused {
  readonly actorId: string;
  readonly role: string | null;
  /** The child; null where it is about none, or about something else. */
  readonly childId: string | null;
  /** Whether a search of this request found it. */
  readonly found: boolean;
  readonly at: Date;
}

/** Workers who were refused often on one day, and those who were refused a child for whom they had searched before. */
export function refusals(on: PlainDate, all: readonly Refused[], { manyRefusals }: Patterns): UnusualFound[] {
  const said = all.filter(({ found }) => !found);
  const asReads = (some: readonly Refused[]) =>
    some.map(({ actorId, role, childId, at }): Stretch => {
      return { actorId, role, childId, opened: 0, refused: 1, firstAt: at, lastAt: at };
    });
  const often = byWorker(asReads(said))
    .filter((mine) => mine.length >= manyRefusals)
    .flatMap((mine) => together("REFUSED_OFTEN", on, mine));
  const searched = new Map<string, Date>();
  const pair = ({ actorId, childId }: Refused) => `${actorId} ${childId}`;
  for (const one of all) {
    const before = searched.get(pair(one));
    if (one.found && (!before || one.at < before)) searched.set(pair(one), one.at);
  }
  const tried = said.filter((one) => one.childId !== null && (searched.get(pair(one)) ?? one.at) < one.at);
  const pairs = new Map<string, Refused[]>();
  for (const one of tried) pairs.set(pair(one), [...(pairs.get(pair(one)) ?? []), one]);
  return [...often, ...[...pairs.values()].flatMap((mine) => together("SEARCHED_THEN_REFUSED", on, asReads(mine)))];
}

/** In the order of time, and within one instant of the patterns. */
export const inOrder = (found: readonly UnusualFound[]): UnusualFound[] =>
  found.toSorted(
    (a, b) =>
      a.firstAt.getTime() - b.firstAt.getTime() ||
      READ_PATTERNS.indexOf(a.pattern) - READ_PATTERNS.indexOf(b.pattern) ||
      (a.actorId < b.actorId ? -1 : Number(a.actorId > b.actorId)),
  );

export const GLASS_STATES = ["OVERDUE", "WAITING", "NOT_JUSTIFIED", "JUSTIFIED"] as const;
/** How broken glass stands: not reviewed though it should have been, not reviewed yet, and what the review came to. */
export type GlassState = (typeof GLASS_STATES)[number];

/** How it stands at an instant. */
export function glassState(
  { justified, reviewBy }: { readonly justified: boolean | null; readonly reviewBy: Date | null },
  now: Date,
): GlassState {
  if (justified !== null) return justified ? "JUSTIFIED" : "NOT_JUSTIFIED";
  return reviewBy !== null && reviewBy < now ? "OVERDUE" : "WAITING";
}
