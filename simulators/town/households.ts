// Deals each household its kind and has its family told, until the town has all its children.

import { dealer, type Build } from "./build.ts";
import { addDays } from "./days.ts";
import {
  tellAdoption,
  tellFosterHome,
  tellGrandparent,
  tellShielded,
  tellUnaccompanied,
  moveTo,
  type Apart,
} from "./families-apart.ts";
import { tellCouple, tellLoneParent, tellStepFamily, tellTwoHomes } from "./families-together.ts";
import { newHome, type Family } from "./people.ts";
import type { Lot } from "./families.ts";
import type { Address, Resident } from "./types.ts";

/** Households of each kind in a hundred. */
const KINDS = [
  ["COUPLE", 52],
  ["LONE_MOTHER", 17],
  ["LONE_FATHER", 2],
  ["STEP_FAMILY", 10],
  ["TWO_HOMES", 7],
  ["SHARING", 3],
  ["GRANDPARENT", 3],
  ["FOSTER_HOME", 2],
  ["ADOPTION", 1],
  ["SHIELDED", 1],
  ["UNACCOMPANIED", 1],
  ["TWO_AREAS", 1],
] as const;
type Kind = (typeof KINDS)[number][0];

/** The furthest social care has gone with a family; with the kinds above, 8 to 10 children in a hundred are known. */
const LEVELS = [
  ["NONE", 93],
  ["EARLY_HELP", 2],
  ["CHILD_IN_NEED", 2],
  ["SECTION_47", 1],
  ["PROTECTION_PLAN", 1],
  ["LOOKED_AFTER", 1],
] as const;
export type Level = (typeof LEVELS)[number][0];

/** Three births of twins to a hundred families are about 1.6 % of births. */
const TWINS = [
  [true, 3],
  [false, 97],
] as const;
const EXPECTING = [
  [true, 4],
  [false, 96],
] as const;

export interface Household {
  index: number;
  kind: Kind;
  level: Level;
  family: Family;
  /** Children in care, whatever the level of the others. */
  lookedAfter: ReadonlySet<string>;
  formerIdentity: Resident | null;
}

/** All households of the town, one after the other; each is complete when it is handed over. */
export function* makeHouseholds(build: Build): Generator<Household> {
  const deal = build.random.stream("deal");
  const kinds = dealer(deal.stream("kinds"), KINDS);
  const levels = dealer(deal.stream("levels"), LEVELS);
  const twins = dealer(deal.stream("twins"), TWINS);
  const expecting = dealer(deal.stream("expecting"), EXPECTING);
  let lastHome: Address | null = null;
  for (let index = 0; build.childrenLeft > 0; index++) {
    const family = makeFamily(build, index);
    const kind = kinds(index);
    const lot: Lot = {
      twins: twins(index),
      expecting: expecting(index),
      sharing: kind === "SHARING" ? lastHome : null,
    };
    const { lookedAfter, formerIdentity } = tell(family, { ...lot, kind });
    const household: Household = {
      index,
      kind,
      level: LEVEL_OF_KIND[kind] ?? levels(index),
      family,
      lookedAfter: new Set(lookedAfter.map(({ id }) => id)),
      formerIdentity,
    };
    if (household.level === "LOOKED_AFTER" && lookedAfter.length === 0) takeIntoCare(household);
    lastHome = build.part.addresses.at(-1) ?? null;
    build.part.residents.push(...family.residents);
    build.part.ties.push(...family.ties);
    yield household;
  }
}

/** Families that social care is not asked about, and one that it always is. */
const LEVEL_OF_KIND: Partial<Record<Kind, Level>> = {
  ADOPTION: "NONE",
  FOSTER_HOME: "NONE",
  UNACCOMPANIED: "NONE",
  TWO_AREAS: "PROTECTION_PLAN",
};

function makeFamily(build: Build, index: number): Family {
  const random = build.random.stream("family").stream(index);
  const area = random.chance(0.58) ? "OX" : "OL";
  return {
    build,
    random,
    area,
    until: build.settings.until,
    schools: {
      PRIMARY: build.workforce.school(random, area, "PRIMARY"),
      SECONDARY: build.workforce.school(random, area, "SECONDARY"),
    },
    residents: [],
    ties: [],
  };
}

const SETTLED: Apart = { lookedAfter: [], formerIdentity: null };

function tell(family: Family, lot: Lot & { kind: Kind }): Apart {
  switch (lot.kind) {
    case "GRANDPARENT":
      return tellGrandparent(family, lot);
    case "FOSTER_HOME":
      return tellFosterHome(family, lot);
    case "ADOPTION":
      return tellAdoption(family, lot);
    case "SHIELDED":
      return tellShielded(family, lot);
    case "UNACCOMPANIED":
      return tellUnaccompanied(family);
    case "STEP_FAMILY":
      tellStepFamily(family, lot);
      return SETTLED;
    case "TWO_HOMES":
      tellTwoHomes(family, lot);
      return SETTLED;
    case "LONE_MOTHER":
    case "LONE_FATHER":
      tellLoneParent(family, { ...lot, parent: lot.kind === "LONE_MOTHER" ? "MOTHER" : "FATHER" });
      return SETTLED;
    case "TWO_AREAS":
      tellCouple(family, lot);
      comeFromOtherArea(family);
      return SETTLED;
    default:
      tellCouple(family, lot);
      return SETTLED;
  }
}

/** The family lived in the other area until some months ago. */
function comeFromOtherArea(family: Family): void {
  const before = newHome(family, family.area === "OX" ? "OL" : "OX");
  const moved = addDays(family.until, -family.random.int(60, 400));
  for (const resident of family.residents) {
    const now = resident.homes.at(-1);
    const from = resident.bornOn ?? moved;
    if (!now || from >= moved) continue;
    resident.homes = [
      { addressId: before.id, from, until: addDays(moved, -1) },
      { ...now, from: moved, until: null },
    ];
  }
}

/** The children of this family live with carers whom the town does not tell of. */
function takeIntoCare(household: Household): void {
  const { family } = household;
  const carers = newHome(family);
  const since = addDays(family.until, -family.random.int(25, 700));
  const children = family.residents.filter(({ child, bornOn }) => child && bornOn !== null);
  for (const child of children)
    moveTo(child, carers.id, (child.bornOn ?? since) > since ? addDays(child.bornOn ?? since, 5) : since);
  household.lookedAfter = new Set(children.map(({ id }) => id));
}
