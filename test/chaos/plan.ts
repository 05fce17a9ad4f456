// What one run creates, and when. Everything in it comes from the seed.

import { deadlineOf } from "../../src/domain/deadline.ts";
import { atInEngland } from "../../src/domain/instant.ts";
import { addDays, type PlainDate } from "../../src/domain/plain-date.ts";
import type { Owner } from "../../src/domain/post.ts";
import type { Chance } from "./random.ts";
import { type Scene, UNTIL_MIDNIGHT_MS } from "./scenes.ts";
import type { Work } from "./words.ts";
import { clockOf, type Policies, SHORT_RULES, TEAMS } from "./world.ts";

/** Work, so many milliseconds after the run began; what follows it is asked for once it is durable. */
export interface Planned {
  readonly atMs: number;
  readonly work: Work;
  /** The same again at the same time, as a client does that lost patience. */
  readonly twice?: boolean;
  readonly next?: readonly { readonly afterMs: number; readonly work: Work }[];
}

const CREATING_MS = 1_300;

/** Clocks of law that run out at the scene's midnight, by the step from which they count. */
const STATUTORY = [
  "referral-decision",
  "assessment",
  "icpc",
  "core-group-first",
  "cp-review-first",
  "looked-after-review-first",
  "looked-after-visit-first",
  "emergency-protection-order",
  "lado-referral",
  "serious-incident-notification",
  "private-fostering-visit",
] as const;

export interface PlanParts {
  readonly chance: Chance;
  readonly scene: Scene;
  readonly policies: Policies;
  readonly childIds: readonly string[];
}

export function planOf(parts: PlanParts): Planned[] {
  const { chance } = parts;
  const times = (least: number, most: number, make: (parts: PlanParts) => Omit<Planned, "atMs">) =>
    Array.from({ length: chance.between(least, most) }, () => ({
      ...make(parts),
      atMs: chance.between(0, CREATING_MS),
    }));
  return [
    ...times(20, 45, short),
    ...times(1, 2, together),
    ...times(8, 20, statutory),
    ...times(4, 10, referral),
    ...times(3, 6, step),
    ...times(2, 5, challenge),
    ...times(2, 5, paused),
    ...times(1, 3, extended),
    ...times(1, 1, appointed),
  ].sort((a, b) => a.atMs - b.atMs);
}

const ownerIn = ({ chance }: PlanParts): Owner => ({
  agencyId: "social-care",
  teamId: chance.pick(TEAMS),
  role: chance.pick(["PRACTITIONER", "MANAGER"] as const),
});

const openOne = (parts: PlanParts, rule: string, startedAt?: Date) => {
  const subjectId = parts.chance.id();
  const owed = { subjectId, rule, owner: ownerIn(parts), ...(startedAt && { startedAt: startedAt.toISOString() }) };
  return { subjectId, work: { do: "open", owed: [owed] } satisfies Work };
};

/** Sometimes a fact meets or cancels it while it runs. */
function short(parts: PlanParts) {
  const { chance } = parts;
  const { subjectId, work } = openOne(parts, chance.pick(SHORT_RULES));
  if (!chance.isLucky(0.3)) return { work };
  const fact = { do: chance.pick(["meet", "cancel"] as const), subjectId };
  return { work, next: [{ afterMs: chance.between(50, 1_800), work: fact }] };
}

/** Many that fall due in the same instant. */
function together(parts: PlanParts) {
  const owed = Array.from({ length: parts.chance.between(10, 25) }, () => {
    return { subjectId: parts.chance.id(), rule: "chaos-together", owner: ownerIn(parts) };
  });
  return { work: { do: "open" as const, owed } };
}

function statutory(parts: PlanParts) {
  const { chance, scene } = parts;
  const rules = STATUTORY.map((rule) => ({ rule, startedAt: startFor(parts, rule, scene.day) }));
  const { rule, startedAt } = chance.pick(rules.filter((each) => each.startedAt !== null));
  const { subjectId, work } = openOne(parts, rule, startedAt ?? scene.from);
  if (!chance.isLucky(0.2)) return { work };
  return {
    work,
    next: [{ afterMs: chance.between(300, UNTIL_MIDNIGHT_MS), work: { do: "meet" as const, subjectId } }],
  };
}

const FARTHEST_DAYS = 120;

/** A start (the latest that lies behind the scene's) from which this clock runs out at the end of that day. */
function startFor({ policies, scene }: PlanParts, rule: string, day: PlainDate): Date | null {
  for (let back = 0; back < FARTHEST_DAYS; back += 1) {
    const startedAt = atInEngland(addDays(day, -back), "08:00");
    if (startedAt >= scene.from) continue;
    const clock = clockOf(policies, rule, startedAt);
    if (deadlineOf(clock.rule, startedAt, clock.calendar).dueOn === day) return startedAt;
  }
  return null;
}

function referral({ chance, childIds }: PlanParts) {
  const level = chance.pick(["level-2", "level-3", "level-4"]);
  const work = { do: "refer" as const, key: chance.id(), childId: chance.pick(childIds), level };
  return { work, twice: chance.isLucky(0.3) };
}

function step({ chance, scene, childIds }: PlanParts) {
  const happenedAt = scene.from.toISOString();
  const key = chance.id();
  const work: Work = chance.isLucky(0.5)
    ? { do: "step", key, kind: "ALLEGATION_KNOWN", childId: null, happenedAt }
    : {
        do: "step",
        key,
        kind: "STRATEGY_DISCUSSION_HELD",
        outcome: "SECTION_47_ENQUIRY",
        childId: chance.pick(childIds),
        happenedAt,
      };
  return { work, twice: chance.isLucky(0.3) };
}

function challenge({ chance, childIds }: PlanParts) {
  const work = { do: "raise" as const, key: chance.id(), childId: chance.pick(childIds), toTeamId: chance.pick(TEAMS) };
  return { work, twice: chance.isLucky(0.3) };
}

/** Its clock stands still until midnight, and then goes on. */
function paused(parts: PlanParts) {
  const { subjectId, work } = openOne(parts, "chaos-paused");
  const pause = { do: "change", subjectId, kind: "PAUSE", untilOn: parts.scene.day } as const;
  return { work, next: [{ afterMs: 0, work: pause }] };
}

/** Due at midnight, and then much later after all. */
function extended(parts: PlanParts) {
  const { scene } = parts;
  const startedAt = startFor(parts, "core-group-first", scene.day) ?? scene.from;
  const { subjectId, work } = openOne(parts, "core-group-first", startedAt);
  const extend = { do: "change", subjectId, kind: "EXTEND", untilOn: addDays(scene.day, 12) } as const;
  return { work, next: [{ afterMs: parts.chance.between(100, 600), work: extend }] };
}

const appointed = ({ chance }: PlanParts) => ({ work: { do: "appoint" as const, holderId: `holder-${chance.id()}` } });
