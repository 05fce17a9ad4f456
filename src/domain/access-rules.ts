// The rules on one child, as a table. A rule that bars decides where it fits, so that the strictest source wins; of the others that fit,
// the one that opens most, and of those the first. `docs/access.md` says the same to people, and the leak walker fails where any one of
// them is taken out.

import type { Access, AccessFacts, AccessHeld, AccessKind, Scope } from "./access.ts";
import type { Actor, Role } from "./actor.ts";
import { WITH_CHILDREN } from "./sharing.ts";

/** A role to which every child of the area is open, because of what it is there for. Area's policy file. */
export interface Standing {
  readonly role: Role;
  readonly because: string;
}

/** What a rule looks at. */
export interface Asked {
  readonly actor: Actor;
  readonly facts: AccessFacts;
  readonly standing: readonly Standing[];
}

export interface AccessRule {
  readonly rule: string;
  /** `ROLE`: as much as the actor's role ever sees. */
  readonly gives: Scope | "ROLE";
  /** Nobody may learn from the hub that it knows the child. */
  readonly bars?: true;
  readonly because: string;
  readonly fits: (asked: Asked) => boolean;
  /** The way in that the rule rests on. */
  readonly by?: (asked: Asked) => AccessHeld | null;
}

/** Of several ways in of one kind, one that rests on more than consent, which opens less. */
const of =
  (kind: AccessKind) =>
  ({ facts }: Asked): AccessHeld | null => {
    const mine = facts.held.filter((held) => held.kind === kind);
    return mine.find((held) => !isLesser(held)) ?? mine[0] ?? null;
  };
const holds = (kind: AccessKind) => (asked: Asked) => of(kind)(asked) !== null;
const isScreener = ({ actor, standing }: Asked) => standing.some(({ role }) => role === actor.role);
const isShielded =
  (...kinds: readonly AccessFacts["shields"][number][]) =>
  ({ facts }: Asked) =>
    facts.shields.some((kind) => kinds.includes(kind));
const both =
  (...tests: readonly ((asked: Asked) => boolean)[]) =>
  (asked: Asked) =>
    tests.every((test) => test(asked));
const not = (test: (asked: Asked) => boolean) => (asked: Asked) => !test(asked);
/** Consent covers what somebody consented to, and whoever is asked to contribute needs to know what to. */
const isLesser = ({ power, relation }: AccessHeld) => power === "CONSENT" || relation === "CONTRIBUTOR";

export const ACCESS_RULES: readonly AccessRule[] = [
  {
    rule: "hub-itself",
    gives: "WHOLE",
    because: "the hub acts for itself",
    fits: ({ actor }) => actor.kind === "CLOCK",
  },
  {
    rule: "role-without-children",
    gives: "NOTHING",
    bars: true,
    because: "your role does not work with individual children",
    fits: ({ actor }) => actor.kind !== "CLOCK" && (actor.role === null || !WITH_CHILDREN[actor.role]),
  },
  {
    rule: "named-out",
    gives: "NOTHING",
    bars: true,
    because: "there is no such child",
    fits: ({ facts }) => facts.namedOut,
  },
  {
    rule: "shielded",
    gives: "NOTHING",
    bars: true,
    because: "there is no such child",
    fits: both(isShielded("WITNESS_PROTECTION", "ADOPTION"), not(holds("TEAM"))),
  },
  {
    rule: "in-the-team",
    gives: "ROLE",
    because: "you belong to the team around this child",
    fits: holds("TEAM"),
    by: of("TEAM"),
  },
  {
    rule: "screens",
    gives: "ROLE",
    because: "your role screens what comes in about any child of the area",
    fits: isScreener,
  },
  {
    rule: "involved",
    gives: "ROLE",
    because: "you were given access for your involvement with this child",
    fits: holds("INVOLVEMENT"),
    by: of("INVOLVEMENT"),
  },
  {
    rule: "answers-for-child",
    gives: "ROLE",
    because: "you answer for something that is owed for this child",
    fits: both(({ facts }) => facts.answersFor, not(isShielded("STAFF_CONFLICT", "HIGH_PROFILE"))),
  },
  {
    rule: "has-a-task",
    gives: "ROLE",
    because: "you were given access for a task about this child",
    fits: holds("TASK"),
    by: of("TASK"),
  },
  {
    rule: "broke-glass",
    gives: "WHOLE",
    because: "you broke the glass for an immediate risk: a second person was told and will review it",
    fits: holds("BREAK_GLASS"),
    by: of("BREAK_GLASS"),
  },
  {
    rule: "referred",
    gives: "OUTLINE",
    because: "you referred this child, and it is not yet decided",
    fits: both(({ facts }) => facts.referred, not(isShielded("STAFF_CONFLICT", "HIGH_PROFILE"))),
  },
  {
    rule: "outside-the-team",
    gives: "LOCATE",
    because: "you are not in the team around this child: state your purpose, power and reason to be let in",
    fits: () => true,
  },
];

const RANK: Record<Scope, number> = { NOTHING: 0, LOCATE: 1, OUTLINE: 2, WHOLE: 3 };
const lesser = (one: Scope, other: Scope): Scope => (RANK[one] <= RANK[other] ? one : other);

/** What the rule gives this actor: never more than their role sees, but behind broken glass; with consent alone, or for whoever is asked to
 *  contribute, the outline. */
function scopeOf({ gives }: AccessRule, { actor }: Asked, held: AccessHeld | null): Scope {
  if (gives !== "ROLE") return gives;
  const most = (actor.role !== null && WITH_CHILDREN[actor.role]) || "NOTHING";
  return held && isLesser(held) ? lesser(most, "OUTLINE") : most;
}

/** Where a family fled from abuse, only those who work with the child or screen, and those at an immediate risk, learn what leads
 *  to where they are. */
const KEPT_FROM: ReadonlySet<string> = new Set(["has-a-task", "answers-for-child", "referred", "outside-the-team"]);

/** The decision on one child for one actor. `rules` are `ACCESS_RULES`, but in the test that takes each of them out. */
export function decideAccess(asked: Asked, rules: readonly AccessRule[] = ACCESS_RULES): Access {
  const fitting = rules.filter(({ fits }) => fits(asked));
  const found = fitting.map((rule) => {
    const held = rule.by?.(asked) ?? null;
    return { ...rule, held, scope: scopeOf(rule, asked, held) };
  });
  // The hub itself keeps every child's clocks, also those of a child that nobody may know of.
  const isHub = asked.actor.kind === "CLOCK";
  const decided =
    (isHub ? undefined : found.find(({ bars }) => bars)) ??
    found.reduce<(typeof found)[number] | null>(
      (best, one) => (best && RANK[best.scope] >= RANK[one.scope] ? best : one),
      null,
    );
  if (!decided) return { ...NOTHING, rule: "no-rule", because: "no rule opens this to you" };
  const { rule, because, held, bars = false } = decided;
  return {
    scope: decided.scope,
    barred: bars,
    rule,
    because,
    accessId: held?.id ?? null,
    kind: held?.kind ?? null,
    relation: held?.relation ?? null,
    purpose: held?.purpose ?? null,
    power: held?.power ?? null,
    endsAt: held?.endsAt ?? null,
    unlocated: asked.facts.shields.includes("DOMESTIC_ABUSE") && KEPT_FROM.has(rule),
  };
}

const NOTHING = {
  scope: "NOTHING",
  barred: true,
  accessId: null,
  kind: null,
  relation: null,
  purpose: null,
  power: null,
  endsAt: null,
  unlocated: true,
} as const;

/** What the hub decides for itself, when it acts for nobody. */
export const HUB_ITSELF: Access = {
  ...NOTHING,
  scope: "WHOLE",
  barred: false,
  rule: "hub-itself",
  because: "the hub acts for itself",
  unlocated: false,
};
