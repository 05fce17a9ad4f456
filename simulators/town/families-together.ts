// Families whose children live with a parent, each kind told by one function. A family fills its `residents` and `ties`.

import { addDays } from "./days.ts";
import { addChildren, drawBirthdays, drawCount, drawHomes, drawParents, tieSiblings, type Lot } from "./families.ts";
import { addAdult, addMutualTie, addTie, addUnborn, type Family } from "./people.ts";

/** Two parents and their children, in one home. */
export function tellCouple(family: Family, lot: Lot): void {
  const days = drawBirthdays(family, drawCount(family));
  const [eldest = family.until] = days;
  const homes = drawHomes(family, lot.sharing);
  const { mother, father } = drawParents(family, eldest, homes);
  addMutualTie(family, {
    of: father.resident.id,
    to: mother.resident.id,
    role: "PARTNER",
    from: addDays(eldest, -700),
  });
  addChildren(family, { mother, father, days, homes, twins: lot.twins });
  if (lot.expecting) addUnborn(family, mother, father);
}

/** One parent alone; the other lives elsewhere and is known to the town in two families of three. */
export function tellLoneParent(family: Family, lot: Lot & { parent: "MOTHER" | "FATHER" }): void {
  const { random } = family;
  const days = drawBirthdays(family, drawCount(family));
  const [eldest = family.until] = days;
  const homes = drawHomes(family, lot.sharing);
  const { mother, father } = drawParents(family, eldest, homes);
  const away = lot.parent === "MOTHER" ? father : mother;
  if (random.chance(0.65)) {
    away.resident.homes = drawHomes(family);
    addMutualTie(family, {
      of: father.resident.id,
      to: mother.resident.id,
      role: "EX_PARTNER",
      from: addDays(eldest, -500),
    });
    addChildren(family, { mother, father, days, homes, twins: lot.twins, together: random.chance(0.5) });
  } else {
    family.residents.splice(family.residents.indexOf(away.resident), 1);
    const alone = lot.parent === "MOTHER" ? { mother, father: null } : { mother: null, father };
    addChildren(family, { ...alone, days, homes, twins: lot.twins });
  }
  if (lot.expecting && lot.parent === "MOTHER") addUnborn(family, mother, null);
}

/** Her children, his child now and then, and one of both: half and step brothers and sisters under one roof. */
export function tellStepFamily(family: Family, lot: Lot): void {
  const { random, until } = family;
  const homes = drawHomes(family, lot.sharing);
  const days = drawBirthdays(family, random.int(1, 2));
  const [eldest = until] = days;
  const { mother, father: stepFather } = drawParents(family, eldest, homes);
  const former = addAdult(family, {
    sex: "M",
    culture: mother.culture,
    bornOn: addDays(eldest, -random.int(7_000, 14_000)),
    homes: drawHomes(family),
  });
  const hers = addChildren(family, {
    mother,
    father: former,
    days,
    homes,
    twins: lot.twins,
    together: random.chance(0.6),
  });
  const met = addDays(days.at(-1) ?? until, random.int(300, 1_100));
  if (met > until) return;
  addMutualTie(family, { of: stepFather.resident.id, to: mother.resident.id, role: "PARTNER", from: met });
  for (const child of hers)
    addTie(family, { of: stepFather.resident.id, to: child.id, role: "STEP_FATHER", from: met, responsible: false });
  const theirDay = addDays(met, random.int(300, 900));
  const theirs =
    theirDay < addDays(until, -10) ? addChildren(family, { mother, father: stepFather, days: [theirDay], homes }) : [];
  for (const child of theirs) for (const other of hers) tieSiblings(family, [other, child], "HALF_SIBLING");
  if (!random.chance(0.25)) return;
  const his = addChildren(family, {
    mother: null,
    father: stepFather,
    days: drawBirthdays(family, 1),
    homes: homes.slice(-1),
  });
  for (const child of his) for (const other of hers) tieSiblings(family, [other, child], "STEP_SIBLING");
  for (const child of his) for (const other of theirs) tieSiblings(family, [other, child], "HALF_SIBLING");
}

/** Parents apart, children at home with both; the father has a new family, so half-siblings live in two households. */
export function tellTwoHomes(family: Family, lot: Lot): void {
  const { random, until } = family;
  const hers = drawHomes(family, lot.sharing);
  const his = drawHomes(family);
  const days = drawBirthdays(family, random.int(1, 2));
  const [eldest = until] = days;
  const { mother, father } = drawParents(family, eldest, hers);
  father.resident.homes = his;
  addMutualTie(family, {
    of: father.resident.id,
    to: mother.resident.id,
    role: "EX_PARTNER",
    from: addDays(eldest, -900),
  });
  const children = addChildren(family, { mother, father, days, homes: hers, twins: lot.twins });
  const apart = addDays(until, -random.int(30, 900));
  const addressId = his.at(-1)?.addressId ?? "";
  for (const child of children)
    if ((child.bornOn ?? until) < apart) child.homes.push({ addressId, from: apart, until: null });
  const partner = addAdult(family, {
    sex: "F",
    culture: father.culture,
    bornOn: addDays(eldest, -random.int(7_500, 11_000)),
    homes: his.slice(-1),
  });
  addMutualTie(family, { of: partner.resident.id, to: father.resident.id, role: "PARTNER", from: apart });
  for (const child of children)
    addTie(family, { of: partner.resident.id, to: child.id, role: "STEP_MOTHER", from: apart, responsible: false });
  const theirDay = addDays(apart, random.int(200, 600));
  if (theirDay > addDays(until, -10)) return;
  for (const child of addChildren(family, { mother: partner, father, days: [theirDay], homes: his.slice(-1) }))
    for (const other of children) tieSiblings(family, [other, child], "HALF_SIBLING");
}
