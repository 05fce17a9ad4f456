// Families in which children do not live with their birth parents, or must not be found.

import { nextId } from "./build.ts";
import { addDays } from "./days.ts";
import { addChildren, drawBirthdays, drawCount, drawHomes, drawParents, type Lot } from "./families.ts";
import { addAdult, addMutualTie, addTie, newHome, newUpn, type Family } from "./people.ts";
import type { Day, Resident } from "./types.ts";

/** Children whom social care looks after, and children whose earlier identity is closed. */
export interface Apart {
  lookedAfter: Resident[];
  /** The person an adopted child was before; in the town's truth another person, tied to the new one by nothing. */
  formerIdentity: Resident | null;
}

const NOBODY: Apart = { lookedAfter: [], formerIdentity: null };

/** A grandmother cares for the children under an order; their mother lives elsewhere. */
export function tellGrandparent(family: Family, lot: Lot): Apart {
  const { random } = family;
  const days = drawBirthdays(family, random.int(1, 2));
  const [eldest = family.until] = days;
  const homes = drawHomes(family, lot.sharing);
  const { mother, father } = drawParents(family, eldest, drawHomes(family));
  const bornOn = addDays(mother.resident.bornOn ?? eldest, -random.int(6_600, 10_500));
  const grandmother = addAdult(family, { sex: "F", culture: mother.culture, bornOn, homes });
  if (random.chance(0.7)) grandmother.resident.surname = mother.resident.formerSurname ?? mother.resident.surname;
  for (const child of addChildren(family, { mother, father, days, homes, twins: lot.twins, together: false }))
    addTie(family, {
      of: grandmother.resident.id,
      to: child.id,
      role: "GRANDPARENT",
      from: child.bornOn ?? eldest,
      responsible: random.chance(0.5),
    });
  return NOBODY;
}

/** Foster carers with a child of their own at times, and one or two children placed with them. */
export function tellFosterHome(family: Family, lot: Lot): Apart {
  const { random, until } = family;
  const homes = drawHomes(family, lot.sharing);
  const carers = drawParents(family, addDays(until, -random.int(5_000, 9_000)), homes);
  addMutualTie(family, {
    of: carers.father.resident.id,
    to: carers.mother.resident.id,
    role: "PARTNER",
    from: addDays(until, -9_500),
  });
  if (random.chance(0.4)) addChildren(family, { ...carers, days: drawBirthdays(family, 1), homes });
  const days = drawBirthdays(family, random.int(1, 2));
  const [eldest = until] = days;
  const birthHomes = drawHomes(family);
  const { mother, father } = drawParents(family, eldest, birthHomes);
  const placed = addChildren(family, { mother, father, days, homes: birthHomes, twins: lot.twins, together: false });
  for (const child of placed) {
    const since = later(addDays(until, -random.int(30, 800)), addDays(child.bornOn ?? eldest, 20), until);
    moveTo(child, homes.at(-1)?.addressId ?? "", since);
    for (const carer of [carers.mother, carers.father])
      addTie(family, { of: carer.resident.id, to: child.id, role: "FOSTER_CARER", from: since, responsible: false });
  }
  return { ...NOBODY, lookedAfter: placed };
}

const later = (one: Day, other: Day, cap: Day): Day => [one > other ? one : other, cap].sort()[0] ?? cap;

/** The child leaves the present home and lives at this one. */
export function moveTo(child: Resident, addressId: string, since: Day): void {
  const last = child.homes.at(-1);
  if (last) last.until = addDays(since, -1);
  child.homes = [...child.homes.filter(({ from }) => from < since), { addressId, from: since, until: null }];
}

/** A new family, a new name, new numbers; the old identity ends and nothing leads from one to the other. */
export function tellAdoption(family: Family, lot: Lot): Apart {
  const { random, until, build } = family;
  if (build.childrenLeft < 1) return NOBODY;
  const homes = drawHomes(family, lot.sharing);
  const adopted = addDays(until, -random.int(60, 900));
  const bornOn = addDays(adopted, -random.int(300, 2_000));
  const { mother, father } = drawParents(family, bornOn, homes);
  addMutualTie(family, {
    of: father.resident.id,
    to: mother.resident.id,
    role: "PARTNER",
    from: addDays(adopted, -2_500),
  });
  const [child] = addChildren(family, { mother, father, days: [bornOn], homes: homes.slice(-1) });
  if (!child) return NOBODY;
  family.ties.splice(0, family.ties.length, ...family.ties.filter(({ to }) => to !== child.id));
  for (const parent of [mother, father])
    addTie(family, { of: parent.resident.id, to: child.id, role: "ADOPTIVE_PARENT", from: adopted, responsible: true });
  child.restriction = "ADOPTED";
  child.homes = [{ addressId: homes.at(-1)?.addressId ?? "", from: adopted, until: null }];
  const birthHome = newHome(family);
  const birthHomes = [{ addressId: birthHome.id, from: addDays(bornOn, -900), until: null }];
  const birthParents = drawParents(family, bornOn, birthHomes);
  const formerIdentity: Resident = {
    ...child,
    id: nextId(build, "res-"),
    forenames: child.forenames.slice(0, 1),
    knownAs: null,
    surname: birthParents.mother.resident.surname,
    ethnicity: birthParents.mother.resident.ethnicity,
    nhsNumber: build.nhsNumber(),
    upn: child.upn ? newUpn(family, bornOn) : null,
    restriction: null,
    homes: [{ addressId: birthHome.id, from: bornOn, until: adopted }],
  };
  if (random.chance(0.4)) child.forenames = [child.forenames[1] ?? "Robin", ...child.forenames.slice(0, 1)];
  family.residents.push(formerIdentity);
  addTie(family, {
    of: birthParents.mother.resident.id,
    to: formerIdentity.id,
    role: "MOTHER",
    from: bornOn,
    until: adopted,
    responsible: true,
  });
  return { lookedAfter: [], formerIdentity };
}

/** A mother and children who have fled; every agency hides where they are. */
export function tellShielded(family: Family, lot: Lot): Apart {
  const days = drawBirthdays(family, Math.min(3, drawCount(family)));
  const [eldest = family.until] = days;
  const homes = drawHomes(family);
  const { mother, father } = drawParents(family, eldest, homes);
  father.resident.homes = drawHomes(family);
  addMutualTie(family, {
    of: father.resident.id,
    to: mother.resident.id,
    role: "EX_PARTNER",
    from: addDays(eldest, -800),
  });
  const children = addChildren(family, { mother, father, days, homes, twins: lot.twins });
  for (const resident of [mother.resident, ...children]) resident.restriction = "SHIELDED";
  return NOBODY;
}

/** A teenager who came alone; papers say 1 January, and the true day is anybody's guess. */
export function tellUnaccompanied(family: Family): Apart {
  const { random, until, build } = family;
  if (build.childrenLeft < 1) return NOBODY;
  const arrived = addDays(until, -random.int(30, 600));
  const home = newHome(family);
  const homes = [{ addressId: home.id, from: arrived, until: null }];
  const culture = random.weighted([
    ["AFGHAN", 6],
    ["ARABIC", 2],
    ["SOMALI", 1],
  ] as const);
  const days = [addDays(until, -random.int(5_500, 6_500))];
  const children = addChildren(family, { mother: null, father: null, days, homes, culture });
  for (const child of children) child.homes = homes;
  return { ...NOBODY, lookedAfter: children };
}
