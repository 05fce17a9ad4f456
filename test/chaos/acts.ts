// What the clock did to each obligation, matched to what it should have done.

import { endOfDay } from "../../src/domain/instant.ts";
import { dayInEngland, type PlainDate } from "../../src/domain/plain-date.ts";
import type { Obligation, ObligationChange, ObligationEvent } from "../../src/schema/obligation.ts";
import type { Jump } from "./fleet.ts";
import { type Lateness, type Problem, problem } from "./findings.ts";
import { dueFirst, inOrder, type Stretch, stretchesOf, type Target, targetsOf } from "./targets.ts";
import type { Policies } from "./world.ts";

/** A time in which something was broken, by the hub's clock. */
export interface Broken {
  readonly kind: string;
  readonly from: Date;
  readonly to: Date;
}

/** What happened to the run as a whole. */
export interface Course {
  /** Everything due by then had its time. */
  readonly until: Date;
  readonly jumps: readonly Jump[];
  readonly broken: readonly Broken[];
  /** What began on that day and is owed within one working day is due on this one, by the calendar on the wall. */
  readonly holiday: { readonly eve: PlainDate; readonly dueOn: PlainDate } | null;
}

/** One act that happened, with what it was for. */
export interface Done {
  readonly event: ObligationEvent;
  readonly target: Target;
}

export interface Acts {
  readonly problems: readonly Problem[];
  readonly done: readonly Done[];
  readonly lateness: readonly Lateness[];
}

interface Parts {
  readonly policies: Policies;
  readonly course: Course;
  readonly obligation: Obligation;
  readonly events: readonly ObligationEvent[];
  readonly changes: readonly ObligationChange[];
}

/** A transaction reads the clock more than once, as much as this apart where nothing happens in between. */
const READING_MS = 1_000;
/** What fell due so long before a fact, with nothing broken in between, was to be done before it. */
const SOON_MS = 4_000;

const WHATS = ["REMINDED", "WENT_LATE", "CLIMBED"] as const;
const isAct = ({ what }: ObligationEvent): boolean => WHATS.some((each) => each === what);

export function checkActs(parts: Parts): Acts {
  const { obligation } = parts;
  const events = inOrder(parts.events);
  const stretches = stretchesOf(events);
  const each = stretches.map((stretch) => ofStretch({ ...parts, events }, stretch));
  const known = new Set(stretches.map(({ dueAt }) => dueAt.getTime()));
  const strays = events.filter((event) => isAct(event) && !known.has(event.dueAt.getTime()));
  return {
    problems: [
      ...checkFacts({ ...parts, events }),
      ...each.flatMap(({ problems }) => problems),
      ...problem("doubled", `${obligation.id} acted on under no deadline of its own`, strays.length),
    ],
    done: each.flatMap(({ done }) => done),
    lateness: each.flatMap(({ lateness }) => lateness),
  };
}

type Chance = "must" | "may" | "never";

/** The earliest that the clock may have shown to the transaction that wrote this: earlier where it jumped or stood still meanwhile. */
const readFrom = ({ jumps, broken }: Course, at: Date): Date => {
  const from = at.getTime() - READING_MS;
  const meanwhile = [...jumps, ...broken].filter((each) => each.from < at && each.to.getTime() >= from);
  return new Date(Math.min(from, ...meanwhile.map((each) => each.from.getTime() - READING_MS)));
};

function chanceOf({ course }: Parts, { from, until }: Stretch, { what, at }: Target): Chance {
  const isReminder = what === "REMINDED";
  // One whose time comes while its clock is being set may be set or left out.
  if (isReminder && at < readFrom(course, from)) return "never";
  if (until ? at > until : at > course.until) return "never";
  if (isReminder && at <= from) return "may";
  if (!until) return "must";
  const crosses = (a: Date, b: Date) => a < until && b > at;
  const disturbed = [...course.broken, ...course.jumps].some((each) => crosses(each.from, each.to));
  return until.getTime() - at.getTime() > SOON_MS && !disturbed ? "must" : "may";
}

function ofStretch(parts: Parts, stretch: Stretch): Acts {
  const { policies, obligation, course } = parts;
  const targets = targetsOf(policies, obligation, stretch);
  const found = parts.events.filter((event) => isAct(event) && event.dueAt.getTime() === stretch.dueAt.getTime());
  const problems: Problem[] = [];
  const done: Done[] = [];
  for (const what of WHATS) {
    const wanted = targets.filter((target) => target.what === what && chanceOf(parts, stretch, target) !== "never");
    const must = wanted.filter((target) => chanceOf(parts, stretch, target) === "must");
    const runs = found.filter((event) => event.what === what);
    const name = `${obligation.id} ${obligation.rule} ${what.toLowerCase()}`;
    problems.push(...problem("lost", name, must.length - runs.length));
    problems.push(...problem("doubled", name, runs.length - wanted.length));
    // Acts are done in order: those left out are reminders passed over at the start, or what a fact cut off at the end.
    const isPassedOver =
      what === "REMINDED" && runs.length < wanted.length && wanted[0] && wanted[0].at <= stretch.from;
    const matched = isPassedOver ? wanted.slice(1) : wanted;
    done.push(...runs.flatMap((event, index) => (matched[index] ? [{ event, target: matched[index] }] : [])));
  }
  const early = done.filter(({ event, target }) => event.at < target.at);
  const after = stretch.until ? found.filter(({ at }) => at > stretch.until!) : [];
  return {
    problems: [
      ...problems,
      ...early.flatMap(({ event, target }) =>
        problem("early", `${obligation.id} ${event.key} ${target.at.getTime() - event.at.getTime()} ms`),
      ),
      ...problem("doubled", `${obligation.id} acted on after it was no longer owed, or stood still`, after.length),
    ],
    done,
    lateness: done.flatMap((each) => latenessOf(course, stretch, each)),
  };
}

/** Nothing where the clock jumped in between, or where it fell due before its clock was set. */
function latenessOf({ jumps, broken }: Course, { from }: Stretch, { event, target: { at } }: Done): Lateness[] {
  if (at < from || jumps.some((jump) => jump.from < event.at && jump.to > at)) return [];
  return [{ ms: event.at.getTime() - at.getTime(), calm: broken.every((each) => each.from > event.at) }];
}

const WITHIN_A_DAY = new Set(["referral-decision", "lado-referral"]);

/** What people did, and what follows from it at once. */
function checkFacts({ policies, course, obligation, events, changes }: Parts): Problem[] {
  const { id } = obligation;
  const of = (what: ObligationEvent["what"]) => events.filter((event) => event.what === what);
  const approved = (kind: ObligationChange["kind"]) =>
    changes.filter((change) => change.kind === kind && change.state === "APPROVED");
  const same = (what: ObligationEvent["what"], wanted: number) => [
    ...problem("lost", `${id} ${what}`, wanted - of(what).length),
    ...problem("doubled", `${id} ${what}`, of(what).length - wanted),
  ];
  const [opened] = of("OPENED");
  const ended = [...of("MET"), ...of("CANCELLED")];
  const pauses = approved("PAUSE");
  const over = pauses.filter(({ untilOn }) => untilOn && endOfDay(untilOn) <= course.until && ended.length === 0);
  const dueAt = dueFirst(policies, obligation).dueAt;
  const isMoved = opened && opened.dueAt.getTime() !== dueAt.getTime();
  const { holiday } = course;
  const isOverHoliday = WITHIN_A_DAY.has(obligation.rule) && dayInEngland(obligation.startedAt) === holiday?.eve;
  const endState = ended.length > 0 ? (of("CANCELLED").length > 0 ? "CANCELLED" : "MET") : null;
  const isAsEnded =
    endState === null || obligation.state === endState || (endState === "MET" && obligation.metAt !== null);
  return [
    ...same("OPENED", 1),
    ...same("PAUSED", pauses.length),
    ...(ended.length === 0 ? same("RESUMED", over.length) : []),
    ...same("EXTENDED", approved("EXTEND").length),
    ...problem("doubled", `${id} ended`, ended.length - 1),
    ...problem("wrong", `${id} ${obligation.rule} due at another time than its rule says`, isMoved ? 1 : 0),
    ...problem("wrong", `${id} due on a holiday`, isOverHoliday && obligation.dueOn !== holiday?.dueOn ? 1 : 0),
    ...problem("wrong", `${id} ended and not in that state`, isAsEnded ? 0 : 1),
    ...of("RESUMED").flatMap((resumed, index) => {
      const [change, paused] = [pauses[index], of("PAUSED")[index]];
      if (!change?.untilOn || !paused) return problem("wrong", `${id} resumed without a pause`);
      const end = endOfDay(change.untilOn);
      const least = paused.dueAt.getTime() + end.getTime() - paused.at.getTime();
      const most = paused.dueAt.getTime() + end.getTime() - readFrom(course, paused.at).getTime();
      const movedTo = resumed.dueAt.getTime();
      return [
        ...problem("early", `${id} resumed`, resumed.at < end ? 1 : 0),
        ...problem("wrong", `${id} moved by a pause`, movedTo < least || movedTo > most ? 1 : 0),
      ];
    }),
  ];
}
