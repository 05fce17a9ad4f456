// Bringing residents into being: parents, carers and children, with their names and numbers.

import { nextId, type Build } from "./build.ts";
import { addDays, curriculumYear } from "./days.ts";
import { makeUpn } from "./identifiers.ts";
import {
  childSurname,
  drawForenames,
  drawSurname,
  ethnicityOf,
  languageOf,
  mixedEthnicity,
  takesHusbandsName,
  type Area,
  type Culture,
} from "./names.ts";
import { nicknamesOf, spellingsOf } from "./name-variants.ts";
import type { Random } from "./random.ts";
import type { Address, Day, Resident, School, Sex, Tie } from "./types.ts";

/** A parent or carer, with what the children's names depend on. */
export interface Adult {
  resident: Resident;
  culture: Culture;
}

/** One family's story while it is told. */
export interface Family {
  readonly build: Build;
  readonly random: Random;
  readonly area: Area;
  readonly until: Day;
  readonly schools: Record<School["phase"], School>;
  readonly residents: Resident[];
  readonly ties: Tie[];
}

export type Homes = Resident["homes"];

/** A new address and the town's note of it. */
export function newHome(family: Family, area: Area = family.area): Address {
  const home = family.build.streets.newHome(family.random, area);
  family.build.part.addresses.push(home);
  family.build.addresses.set(home.id, home);
  return home;
}

const blank = (id: string): Resident => ({
  id,
  forenames: [],
  knownAs: null,
  surname: "",
  formerSurname: null,
  sex: "F",
  bornOn: null,
  expectedOn: null,
  diedOn: null,
  ethnicity: "NOBT",
  firstLanguage: "English",
  nhsNumber: null,
  upn: null,
  restriction: null,
  homes: [],
  child: false,
  twinSet: null,
});

interface AdultWish {
  sex: Sex;
  culture: Culture;
  bornOn: Day;
  homes: Homes;
  /** A husband whose name she may have taken. */
  husband?: Adult | null;
}

export function addAdult(family: Family, { sex, culture, bornOn, homes, husband }: AdultWish): Adult {
  const { random, build } = family;
  const forenames = drawForenames(random, culture, { sex, taken: [] });
  const own = drawSurname(random, culture, sex);
  const married = husband && takesHusbandsName(culture) && random.chance(0.55);
  const resident: Resident = {
    ...blank(nextId(build, "res-")),
    forenames,
    knownAs: random.chance(0.2) ? (random.pick([...nicknamesOf(forenames[0] ?? ""), null]) ?? null) : null,
    surname: married ? husband.resident.surname.replace(/ki$/, "ka") : own,
    formerSurname: married && own !== husband.resident.surname ? own : null,
    sex,
    bornOn,
    ethnicity: ethnicityOf(culture),
    firstLanguage: languageOf(culture),
    nhsNumber: build.nhsNumber(),
    homes: structuredClone(homes),
  };
  family.residents.push(resident);
  return { resident, culture };
}

interface ChildWish {
  mother: Adult | null;
  father: Adult | null;
  /** Whether the parents lived together when the name was given. */
  together: boolean;
  bornOn: Day;
  /** Homes of the family; days before birth are cut off. */
  homes: Homes;
  taken: readonly string[];
  culture: Culture;
  /** Born a few minutes earlier. */
  twin: Resident | null;
}

export function addChild(family: Family, wish: ChildWish): Resident {
  const { random, build, until } = family;
  const { mother, father, culture, bornOn, twin } = wish;
  const sex: Sex = twin && random.chance(0.4) ? twin.sex : random.chance(0.487) ? "F" : "M";
  const forenames = drawForenames(random, culture, { sex, taken: wish.taken });
  // Some parents give twins names that sound alike: Lily and Lilly, Jayden and Jaiden.
  const alike = twin?.sex === sex ? spellingsOf(twin.forenames[0] ?? "") : [];
  if (alike.length > 0 && random.chance(0.4)) forenames[0] = random.pick(alike);
  const names = {
    mother: mother?.resident.surname ?? drawSurname(random, culture, sex),
    father: father?.resident.surname ?? null,
    fatherForename: father?.resident.forenames[0] ?? null,
    together: wish.together,
  };
  build.childrenLeft -= 1;
  const mixed = mother && father ? mixedEthnicity(mother.culture, father.culture) : ethnicityOf(culture);
  const resident: Resident = {
    ...blank(nextId(build, "res-")),
    forenames,
    knownAs: random.chance(0.22) ? (random.pick([...nicknamesOf(forenames[0] ?? ""), null]) ?? null) : null,
    surname: childSurname(random, culture, { names, sex }),
    sex,
    bornOn,
    ethnicity: mixed,
    firstLanguage: languageOf(culture),
    nhsNumber: build.nhsNumber(),
    upn: curriculumYear(bornOn, until) >= 0 ? newUpn(family, bornOn) : null,
    homes: sinceBirth(wish.homes, bornOn),
    child: true,
  };
  family.residents.push(resident);
  for (const [parent, role] of [
    [mother, "MOTHER"],
    [father, "FATHER"],
  ] as const)
    if (parent)
      addTie(family, {
        of: parent.resident.id,
        to: resident.id,
        role,
        from: bornOn,
        responsible: role === "MOTHER" || wish.together,
      });
  return resident;
}

/** The number the family's primary school gave when the child started there. */
export function newUpn(family: Family, bornOn: Day): string {
  const { laCode, estab } = family.schools.PRIMARY;
  const year = Number(bornOn.slice(0, 4)) + (bornOn.slice(5) < "09-01" ? 4 : 5);
  return makeUpn({ laCode, estab, year, serial: family.build.count(`upn${laCode}${estab}${year}`) });
}

function sinceBirth(homes: Homes, bornOn: Day): Homes {
  const lived = homes.filter(({ until }) => until === null || until > bornOn);
  return lived.map(({ addressId, from, until }) => ({ addressId, from: from < bornOn ? bornOn : from, until }));
}

/** An unborn child, expected in the months after `until`; lives nowhere yet. */
export function addUnborn(family: Family, mother: Adult, father: Adult | null): Resident {
  const { random, build, until } = family;
  const resident: Resident = {
    ...blank(nextId(build, "res-")),
    surname: mother.resident.surname,
    sex: random.chance(0.487) ? "F" : "M",
    expectedOn: addDays(until, random.int(5, 170)),
    ethnicity: father ? mixedEthnicity(mother.culture, father.culture) : mother.resident.ethnicity,
    child: true,
  };
  family.residents.push(resident);
  addTie(family, {
    of: mother.resident.id,
    to: resident.id,
    role: "MOTHER",
    from: addDays(resident.expectedOn ?? until, -250),
    responsible: null,
  });
  return resident;
}

interface TieWish {
  of: string;
  to: string;
  role: Tie["role"];
  from: Day;
  until?: Day | null;
  responsible?: boolean | null;
}

export function addTie(family: Family, { of, to, role, from, until = null, responsible = null }: TieWish): void {
  family.ties.push({ of, to, role, parentalResponsibility: responsible, from, until });
}

/** The same tie seen from both ends. */
export function addMutualTie(family: Family, wish: TieWish): void {
  addTie(family, wish);
  addTie(family, { ...wish, of: wish.to, to: wish.of });
}
