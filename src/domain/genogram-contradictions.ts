// Where agencies' claims about a family cannot all be right. Both stand; which is right is for people to find out.

import { fullName } from "./preference.ts";
import type { Claim, FamilyClaims, Relative } from "./genogram-claims.ts";
import { namesAlike } from "./genogram-names.ts";
import { isSameTie, mayBothHold, roleInWords } from "./genogram-roles.ts";
import { groupBy } from "./group.ts";

export const CONTRADICTION_KINDS = [
  "MOTHER",
  "FATHER",
  "ROLE",
  "PARENTAL_RESPONSIBILITY",
  "LIVES_WITH_CHILD",
  "MAIN_CARER",
  "STARTED",
  "ENDED",
  "NAME",
  "BORN_ON",
] as const;
export type ContradictionKind = (typeof CONTRADICTION_KINDS)[number];

/** One side of a contradiction. */
export interface Side {
  readonly claim: Claim;
  /** What it says, in a few words. */
  readonly says: string;
}

export interface Contradiction {
  readonly kind: ContradictionKind;
  /** Whom it is about. More than one: two people claimed for one place, or relatives who may be one person. */
  readonly relativeIds: readonly string[];
  readonly between: readonly Side[];
  /** Names, dates and agencies: for whoever reads the family, never for a log. */
  readonly inWords: string;
}

/** Something that a claim may say, and when two answers cannot both be right. */
interface Aspect {
  readonly kind: ContradictionKind;
  readonly about: string;
  /** Null where the claim does not say. */
  readonly says: (claim: Claim) => string | null;
  readonly clash: (a: Claim, b: Claim) => boolean;
  /** Which claims of one agency count; all where left out. */
  readonly only?: (claims: readonly Claim[]) => readonly Claim[];
}

const yesOrNo = (value: boolean | null): string | null => (value === null ? null : value ? "yes" : "no");

/** Whether both hold on some day. What held one after the other contradicts nothing. */
const overlap = (a: Claim, b: Claim): boolean =>
  (a.fromOn ?? "") <= (b.untilOn ?? "9999") && (b.fromOn ?? "") <= (a.untilOn ?? "9999");

const flag = (kind: ContradictionKind, about: string, of: (claim: Claim) => boolean | null): Aspect => ({
  kind,
  about,
  says: (claim) => yesOrNo(of(claim)),
  clash: (a, b) => of(a) !== of(b) && overlap(a, b),
});

/** Of each agency and role the claim that holds longest: earlier ones are history, which another agency need not have. */
function latestOf(claims: readonly Claim[]): readonly Claim[] {
  const end = ({ untilOn }: Claim) => untilOn ?? "9999";
  const byAgency = groupBy(claims, ({ agency, role }) => `${agency.id} ${role}`);
  return [...byAgency.values()].flatMap((of) => of.toSorted((a, b) => (end(a) < end(b) ? 1 : -1)).slice(0, 1));
}

const ofOneTie = (a: Claim, b: Claim) => a.agency.id !== b.agency.id && isSameTie(a.role, b.role);

const ASPECTS: readonly Aspect[] = [
  {
    kind: "ROLE",
    about: "The part played by",
    says: ({ role }) => roleInWords(role),
    clash: (a, b) => !mayBothHold(a.role, b.role) && overlap(a, b),
  },
  flag("PARENTAL_RESPONSIBILITY", "Parental responsibility of", (claim) => claim.parentalResponsibility),
  flag("LIVES_WITH_CHILD", "Living with the child:", (claim) => claim.livesWithChild),
  flag("MAIN_CARER", "Main carer:", (claim) => claim.mainCarer),
  {
    kind: "STARTED",
    about: "Since when, of",
    says: ({ fromOn }) => fromOn,
    clash: (a, b) => a.fromOn !== b.fromOn && ofOneTie(a, b),
    only: latestOf,
  },
  {
    kind: "ENDED",
    about: "Until when, of",
    says: ({ untilOn }) => untilOn ?? "no end",
    clash: (a, b) => a.untilOn !== b.untilOn && ofOneTie(a, b),
    only: latestOf,
  },
  {
    kind: "NAME",
    about: "The name of",
    says: ({ otherName }) => otherName && fullName(otherName),
    clash: (a, b) => Boolean(a.otherName && b.otherName && !namesAlike(a.otherName, b.otherName)),
  },
  {
    kind: "BORN_ON",
    about: "The date of birth of",
    says: ({ otherBornOn }) => otherBornOn,
    clash: (a, b) => a.otherBornOn !== b.otherBornOn,
  },
];

/** Every contradiction in these claims, in an order that does not depend on theirs. */
export function contradictionsIn({ groups }: FamilyClaims): readonly Contradiction[] {
  return [
    ...(["MOTHER", "FATHER"] as const).flatMap((role) => rivals(role, groups)),
    ...groups.flatMap((group) => ASPECTS.flatMap((aspect) => clashes(aspect, group))),
  ];
}

/** Two agencies of which each names a mother, or father, whom the other does not. One that names two names two parents. */
function rivals(role: "MOTHER" | "FATHER", groups: FamilyClaims["groups"]): Contradiction[] {
  const named = groups.flatMap((group) => {
    const claims = group.flatMap(({ claims }) => claims).filter((claim) => claim.role === role && claim.otherName);
    return claims.length > 0 ? [{ claims, by: new Set(claims.map(({ agency }) => agency.id)) }] : [];
  });
  const apart = named.filter(({ by }) =>
    named.some((other) => [...by].some((id) => !other.by.has(id)) && [...other.by].some((id) => !by.has(id))),
  );
  if (apart.length < 2) return [];
  const between = apart.flatMap(({ claims }) => claims).map((claim) => sideOf(claim, nameOf(claim)));
  return [made(role, between, `Who the ${roleInWords(role)} is`)];
}

function clashes({ kind, about, says, clash, only }: Aspect, group: readonly Relative[]): Contradiction[] {
  const all = group.flatMap(({ claims }) => claims);
  const stated = (only ? only(all) : all).flatMap((claim) => {
    const said = says(claim);
    return said === null ? [] : [sideOf(claim, said)];
  });
  const between = stated.filter(({ claim }) => stated.some((other) => clash(claim, other.claim)));
  if (between.length === 0) return [];
  const found = made(kind, between, `${about} ${whoIs(group)}`);
  if (found.relativeIds.length === 1) return [found];
  return [{ ...found, inWords: `${found.inWords} Nobody has confirmed that they all mean one person.` }];
}

const sideOf = (claim: Claim, says: string): Side => ({ claim, says });
const nameOf = ({ otherName }: Claim): string => (otherName ? fullName(otherName) : "somebody not named");
const whoIs = (group: readonly Relative[]): string =>
  nameOf(group.flatMap(({ claims }) => claims).find(({ otherName }) => otherName) ?? NAMELESS);
const NAMELESS = { otherName: null } as Claim;

function made(kind: ContradictionKind, between: readonly Side[], about: string): Contradiction {
  const sides = between.map(({ claim, says }) => `${claim.agency.name} says ${says}`);
  const relativeIds = [...new Set(between.map(({ claim }) => claim.relativeId))];
  return { kind, relativeIds, between, inWords: `${about}: ${[...new Set(sides)].join("; ")}.` };
}
