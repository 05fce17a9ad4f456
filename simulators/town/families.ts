// What every kind of family is made of: homes, birthdays, parents, children and the ties between them.

import { addDays, countOf } from "./days.ts";
import { drawCulture, type Culture } from "./names.ts";
import { addAdult, addChild, addMutualTie, newHome, type Adult, type Family, type Homes } from "./people.ts";
import type { Address, Day, Resident } from "./types.ts";

const YEAR = 365.25;

/** What the town deals to a family before it is told. */
export interface Lot {
  /** Twins are born to it. */
  twins: boolean;
  /** A child is on the way. */
  expecting: boolean;
  /** It lives at somebody else's address. */
  sharing: Address | null;
}

/** The present home and, for a third of families, the one before it. */
export function drawHomes(family: Family, sharing: Address | null = null): Homes {
  const { random, until } = family;
  const home = sharing ?? newHome(family);
  const since = addDays(until, -random.int(40, 2_900));
  const now = { addressId: home.id, from: since, until: null };
  if (!random.chance(0.34)) return [{ ...now, from: addDays(since, -3_000) }];
  const before = newHome(family);
  return [{ addressId: before.id, from: addDays(since, -random.int(400, 3_000)), until: addDays(since, -1) }, now];
}

/** Birthdays, eldest first, none later than ten days ago and all under eighteen. */
export function drawBirthdays(family: Family, count: number): Day[] {
  const { random, until } = family;
  const days: Day[] = [];
  let at = countOf(until) - random.int(10, Math.floor(17.9 * YEAR));
  for (let born = 0; born < count && at <= countOf(until) - 10; born++) {
    days.push(addDays("1970-01-01", at));
    at += random.int(330, 1_900);
  }
  return days;
}

export const drawCount = (family: Family): number =>
  family.random.weighted([
    [1, 42],
    [2, 38],
    [3, 14],
    [4, 5],
    [5, 1],
  ]);

/** A mother (17 to 41 at the eldest's birth) and, when wanted, a father; one in nine couples is of two cultures. */
export function drawParents(family: Family, eldest: Day, homes: Homes): { mother: Adult; father: Adult } {
  const { random } = family;
  const culture = drawCulture(random, family.area);
  const his = random.chance(0.11) ? drawCulture(random, family.area) : culture;
  const hers = addDays(eldest, -random.int(Math.floor(17 * YEAR), Math.floor(41 * YEAR)));
  const father = addAdult(family, { sex: "M", culture: his, bornOn: addDays(hers, random.int(-2_500, 900)), homes });
  const mother = addAdult(family, { sex: "F", culture, bornOn: hers, homes, husband: father });
  return { mother, father };
}

interface Births {
  mother: Adult | null;
  father: Adult | null;
  days: readonly Day[];
  homes: Homes;
  twins?: boolean;
  together?: boolean;
  culture?: Culture;
}

/** Children of one pair of parents, ties between them included; fewer where the town is nearly full. */
export function addChildren(family: Family, births: Births): Resident[] {
  const { mother, father, days, homes, twins = false, together = true } = births;
  const children: Resident[] = [];
  const twinsAt = twins ? family.random.int(0, days.length - 1) : -1;
  for (const [at, bornOn] of days.entries()) {
    const room = family.build.childrenLeft;
    const times = at === twinsAt && room > 1 ? 2 : Math.min(1, room);
    const twinSet = times === 2 ? `twins-${family.build.count("twins")}` : null;
    for (let birth = 0; birth < times; birth++) {
      const taken = children.map(({ forenames }) => forenames[0] ?? "");
      const culture = births.culture ?? mother?.culture ?? father?.culture ?? "BRITISH";
      const twin = birth > 0 ? (children.at(-1) ?? null) : null;
      const child = addChild(family, { mother, father, together, bornOn, homes, taken, culture, twin });
      child.twinSet = twinSet;
      for (const other of children) tieSiblings(family, [other, child], "SIBLING");
      children.push(child);
    }
  }
  return children;
}

export function tieSiblings(
  family: Family,
  [one, other]: readonly [Resident, Resident],
  role: "SIBLING" | "HALF_SIBLING" | "STEP_SIBLING",
): void {
  const from = [one.bornOn, other.bornOn].reduce((a, b) => ((a ?? "") > (b ?? "") ? a : b)) ?? family.until;
  addMutualTie(family, { of: one.id, to: other.id, role, from });
}
