// What chaos is made over: an area whose clocks run out within seconds, and a directory of posts. The programs under test and the
// checker read the same policy; whom it comes to is reckoned twice, by the hub and by `told.ts`.

import type { ClockRule, Span } from "../../src/domain/clock-rule.ts";
import { stageClock } from "../../src/domain/escalation-clock.ts";
import { type Clock, clockNamed } from "../../src/domain/clocks.ts";
import { areaCalendar, nationalCalendar } from "../../src/domain/calendar.ts";
import { dayInEngland, plainDate } from "../../src/domain/plain-date.ts";
import type { Area, National } from "../../src/domain/policy.ts";
import type { Owner, PostRole } from "../../src/domain/post.ts";
import type { Way } from "../../src/domain/message.ts";
import type { Post } from "../../src/schema/post.ts";
import { CONFIRM_POST, confirmPostClock } from "../../src/services/post-confirming.ts";

const span = (ms: number): Span => ({ hours: ms / 3_600_000 });

interface Shape extends Partial<Pick<ClockRule, "urgent" | "review">> {
  readonly within: number;
  readonly remind: readonly number[];
}

/** By name; milliseconds. */
const SHAPES: Readonly<Record<string, Shape>> = {
  "chaos-brisk": { within: 500, remind: [] },
  "chaos-watched": { within: 900, remind: [500, 250] },
  "chaos-urgent": { within: 700, remind: [300], urgent: true },
  "chaos-review": { within: 1_200, remind: [600, 300], review: true },
  "chaos-slow": { within: 1_500, remind: [800] },
  "chaos-together": { within: 1_000, remind: [400] },
  "chaos-paused": { within: 1_600, remind: [700] },
};

export const SHORT_RULES = ["chaos-brisk", "chaos-watched", "chaos-urgent", "chaos-review", "chaos-slow"] as const;

const SOURCE = { source: "Made for a test", guidanceVersion: "none", effectiveFrom: plainDate("2020-01-01") } as const;

const rules = Object.entries(SHAPES).map(([rule, { within, remind, urgent = false, review = false }]): ClockRule => ({
  rule,
  starts: "chaos began",
  owes: "order returns",
  fixed: false,
  urgent,
  review,
  status: "local",
  ...SOURCE,
  within: span(within),
  remind: remind.map(span),
}));

/** How long after being late each rung is climbed. */
const SILENCE = [
  { after: span(200), tell: "MANAGER" },
  { after: span(400), tell: "ESCALATION_LEAD" },
  { after: span(600), tell: "BUSINESS_MANAGER" },
] as const;

const stage = (name: string, answers: PostRole, tellsBusinessManager = false) =>
  ({ name, answers, tellsBusinessManager, within: span(500), source: SOURCE.source, status: "local" }) as const;

/** The area with clocks, ladders and waits that run out while one looks on. The digest goes out at midnight. */
export const chaosArea = (area: Area): Area => ({
  ...area,
  clocks: [...area.clocks, ...rules],
  silence: SILENCE,
  disagreement: {
    ...area.disagreement,
    stages: [stage("managers", "MANAGER"), stage("leads", "ESCALATION_LEAD"), stage("executives", "EXECUTIVE", true)],
    immediateRiskOpensStage: 2,
    excludes: [],
  },
  telling: { ...area.telling, digestAt: "00:00", unreadMinutes: 400 / 60_000 },
});

/** What the programs under test and the checker both go by. */
export interface Policies {
  readonly area: Area;
  readonly national: National;
}

/** The clock of a rule of this name that started then. */
export function clockOf(policies: Policies, rule: string, startedAt: Date): Clock {
  if (rule === CONFIRM_POST) return { rule: confirmPostClock(policies.area), calendar: areaCalendar(policies) };
  const number = /^escalation-stage-(\d)$/.exec(rule)?.[1];
  return number === undefined
    ? clockNamed(policies, rule, dayInEngland(startedAt))
    : { rule: stageClock(policies.area.disagreement, Number(number), false), calendar: nationalCalendar(policies) };
}

export const TEAMS = ["mash", "early-help", "assessment", "conferences"] as const;

interface PostShape extends Pick<Owner, "teamId" | "role"> {
  readonly agencyId?: string;
  readonly id: string;
  readonly cover?: boolean;
  readonly away?: boolean;
  readonly email?: boolean;
}

const uuid = (text: string) => {
  const hex = Buffer.from(text.padEnd(16, "-").slice(0, 16)).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

function post({ id, teamId, role, agencyId = "social-care", ...shape }: PostShape): Post {
  const { cover = true, away = false, email = true } = shape;
  return {
    id: uuid(id),
    agencyId,
    teamId,
    role,
    holderId: id,
    holderName: "Somebody",
    holderEmail: email ? `${id}@example.org` : null,
    coverId: cover ? `cover-${id}` : null,
    coverName: cover ? "Somebody else" : null,
    coverEmail: cover ? `cover-${id}@example.org` : null,
    awayFromOn: away ? plainDate("2020-01-01") : null,
    awayUntilOn: null,
    confirmedAt: new Date("2020-01-01T00:00:00Z"),
    obligationId: null,
    heldKey: null,
    endedAt: null,
  };
}

const ofTeam = (teamId: string, shape: Partial<PostShape> = {}) => [
  post({ id: `p-${teamId}`, teamId, role: "PRACTITIONER", ...shape }),
  post({ id: `m-${teamId}`, teamId, role: "MANAGER" }),
];
const PARTNERSHIP = { agencyId: "partnership", teamId: null } as const;

/** Every post that anything here is told to is held, by differing people: with and without cover, away, by email or not. */
export const POSTS: readonly Post[] = [
  ...ofTeam("mash"),
  post({ id: "q-mash", teamId: "mash", role: "PRACTITIONER", cover: false }),
  ...ofTeam("early-help", { cover: false }),
  ...ofTeam("assessment", { away: true }),
  ...ofTeam("conferences", { email: false }),
  post({ id: "lead", teamId: null, role: "ESCALATION_LEAD" }),
  post({ id: "executive", teamId: null, role: "EXECUTIVE", cover: false }),
  post({ id: "m-office", agencyId: "partnership", teamId: "partnership-office", role: "MANAGER" }),
  post({ id: "lead-office", ...PARTNERSHIP, role: "ESCALATION_LEAD" }),
  post({ id: "business", ...PARTNERSHIP, role: "BUSINESS_MANAGER" }),
  post({ id: "chair", ...PARTNERSHIP, role: "CHAIR", cover: false }),
];

const CHOSEN: Readonly<Record<string, Way>> = {
  "q-mash": "DIGEST",
  "p-early-help": "HUB_ONLY",
  "m-office": "DIGEST",
};

/** How this holder is told of what is routine. */
export const wayOf = (holderId: string): Way => CHOSEN[holderId] ?? "AT_ONCE";
