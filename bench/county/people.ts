// Families of the county, as they are: who lives where, who is whose twin, who is called what.

import { makeNhsNumbers, makeUpn } from "../../simulators/town/identifiers.ts";
import type { Random } from "../../simulators/town/random.ts";
import {
  drawForename,
  drawGrownForename,
  drawPeople,
  drawSoundAlike,
  drawSurname,
  isNamedAfterTheProphet,
  type People,
} from "./names.ts";
import { dayOf, numberOf, type Places } from "./places.ts";
import type { Person, Sex } from "./types.ts";

/** Shares by which the county is made. All are guesses of the kind that the reference gives; none is measured on real records. */
export const LIFE = {
  /** Of births; three children in a hundred have a twin. */
  twinBirths: 0.0153,
  soundAlike: 0.12,
  sameSexTwins: 0.64,
  fatherKnown: 0.85,
  moved: 0.35,
  inSharedHome: 0.005,
  doubleBarrelled: 0.07,
  surnameChanged: 0.04,
  namedAfterFather: 0.015,
  /** Of children: somebody else of the same full name and birthday lives elsewhere in the county. Beside those who are so by chance. */
  sameNameAndBirthday: 0.00005,
  /** Of children: as above, but born in another year or month. */
  sameName: 0.002,
} as const;

/** The last day on which anybody here was born. */
const LAST_DAY = numberOf("2026-08-31");
const YEAR = 365.25;

export interface PeopleOf {
  readonly random: Random;
  readonly families: number;
  readonly places: Places;
}

export function makePeople({ random, families, places }: PeopleOf): Person[] {
  const people: Person[] = [];
  const nextNhs = makeNhsNumbers();
  let pupils = 0;
  const nextUpn = (born: number): string | null => {
    const age = (LAST_DAY - born) / YEAR;
    if (age < 4 || age > 19) return null;
    const count = pupils++;
    const year = Number(dayOf(Math.round(born + 4.5 * YEAR)).slice(0, 4));
    return makeUpn({ laCode: "998", estab: String(4_000 + Math.floor(count / 1_000)), year, serial: count });
  };
  for (let family = 0; family < families; family += 1) {
    const own = random.stream(family);
    const home = makeHome(own, places);
    for (const someone of [...parents(own, home), ...children(own, home)]) {
      const { bornAt, ...rest } = someone;
      const upn = someone.part === "CHILD" ? nextUpn(bornAt) : null;
      const twin = someone.twin === null ? null : people.length + someone.twin;
      people.push({ ...rest, index: people.length, family, twin, born: dayOf(bornAt), nhs: nextNhs(), upn });
    }
  }
  return withNamesakes(random.stream("namesakes"), people);
}

interface Home {
  readonly people: People;
  readonly postcode: string;
  readonly formerPostcode: string | null;
  readonly mother: string;
  readonly father: string | null;
  readonly fatherForename: string;
  readonly surname: string;
  readonly eldest: number;
}

function makeHome(random: Random, places: Places): Home {
  const people = drawPeople(random);
  const mother = drawSurname(random, people);
  const father = random.chance(LIFE.fatherKnown) ? drawSurname(random, people) : null;
  const joined = father && random.chance(LIFE.doubleBarrelled) ? `${mother}-${father}` : null;
  return {
    people,
    postcode: random.chance(LIFE.inSharedHome) ? random.pick(places.shared) : places.draw(random),
    formerPostcode: random.chance(LIFE.moved) ? places.draw(random) : null,
    mother,
    father,
    fatherForename: drawGrownForename(random, people, "m"),
    surname: joined ?? (father && random.chance(0.85) ? father : mother),
    eldest: LAST_DAY - Math.floor(random.next() * 18 * YEAR),
  };
}

/** Somebody before they have a place in the county; `twin` is how many places on, or back, the other stands. */
type Drawn = Omit<Person, "index" | "family" | "nhs" | "upn" | "born"> & { readonly bornAt: number };

const BASE = { middle: null, usual: null, formerSurname: null, twin: null, soundAlikeTwin: false } as const;

function parents(random: Random, home: Home): Drawn[] {
  const { people, postcode, formerPostcode, surname, mother, father, fatherForename } = home;
  const at = (years: number, spread: number) => Math.floor(home.eldest - (years + random.next() * spread) * YEAR);
  const shared = { ...BASE, people, postcode, formerPostcode };
  const middle = (sex: Sex) => (random.chance(0.5) ? drawGrownForename(random, people, sex) : null);
  const married = random.chance(0.6);
  const she: Drawn = {
    ...shared,
    part: "MOTHER",
    sex: "f",
    forename: drawGrownForename(random, people, "f"),
    middle: middle("f"),
    surname: married ? surname : mother,
    formerSurname: married && surname !== mother ? mother : null,
    bornAt: at(18, 22),
  };
  if (!father) return [she];
  const he: Drawn = {
    ...shared,
    part: "FATHER",
    sex: "m",
    forename: fatherForename,
    middle: middle("m"),
    surname: father,
    bornAt: at(19, 26),
  };
  return [she, he];
}

const HOW_MANY = [
  [1, 35],
  [2, 42],
  [3, 16],
  [4, 5],
  [5, 2],
] as const;

function children(random: Random, home: Home): Drawn[] {
  const out: Drawn[] = [];
  const wanted = random.weighted(HOW_MANY);
  const taken = new Set<string>();
  for (
    let born = home.eldest;
    out.length < wanted && born <= LAST_DAY;
    born += 300 + Math.floor(random.next() * 4 * YEAR)
  ) {
    const one = child(random, home, { born, taken });
    if (random.chance(LIFE.twinBirths)) out.push(...twins(random, one, { home, taken }));
    else out.push(one);
  }
  return out;
}

interface Wanted {
  readonly born: number;
  readonly taken: Set<string>;
  readonly sex?: Sex;
}

function child(random: Random, home: Home, { born, taken, sex = random.chance(0.512) ? "m" : "f" }: Wanted): Drawn {
  const { people, postcode, formerPostcode } = home;
  let forename = drawForename(random, people, sex);
  for (let again = 0; again < 20 && taken.has(forename); again += 1) forename = drawForename(random, people, sex);
  if (sex === "m" && home.father && random.chance(LIFE.namedAfterFather)) forename = home.fatherForename;
  taken.add(forename);
  const middle = random.chance(0.7) ? drawForename(random, people, sex) : null;
  const changed = random.chance(LIFE.surnameChanged);
  return {
    ...BASE,
    part: "CHILD",
    people,
    postcode,
    formerPostcode,
    sex,
    forename,
    middle: middle === forename ? null : middle,
    surname: changed ? drawSurname(random, people) : home.surname,
    formerSurname: changed ? home.surname : null,
    bornAt: born,
  };
}

/** Two of a birth: mostly told apart by their names, some by hardly that. */
function twins(random: Random, first: Drawn, { home, taken }: { home: Home; taken: Set<string> }): Drawn[] {
  const sex = random.chance(LIFE.sameSexTwins) ? first.sex : first.sex === "f" ? "m" : "f";
  const other = { ...child(random, home, { born: first.bornAt, taken, sex }), twin: -1 };
  const pair = [
    { ...first, twin: 1 },
    { ...other, surname: first.surname, formerSurname: first.formerSurname },
  ] as const;
  if (random.chance(LIFE.soundAlike)) {
    const [alikeSex, one, two] = drawSoundAlike(random, home.people);
    const alike = { sex: alikeSex, soundAlikeTwin: true };
    return [
      { ...pair[0], ...alike, forename: one },
      { ...pair[1], ...alike, forename: two },
    ];
  }
  if (sex === "m" && first.sex === "m" && isNamedAfterTheProphet(random, home.people))
    return pair.map((one) => ({ ...one, forename: "Muhammad", middle: one.forename, usual: one.forename }));
  return [...pair];
}

/** Gives some children the whole name of another somewhere else, and a few the birthday too. */
function withNamesakes(random: Random, people: Person[]): Person[] {
  const every = people.filter(({ part, twin }) => part === "CHILD" && twin === null);
  const out = [...people];
  for (const one of every) {
    const draw = random.next();
    if (draw >= LIFE.sameName + LIFE.sameNameAndBirthday) continue;
    const other = out[random.pick(every).index];
    if (!other || other.index === one.index || other.family === one.family) continue;
    const { people: origin, sex, forename, middle, surname } = one;
    const birthday = draw < LIFE.sameNameAndBirthday ? { born: one.born } : {};
    out[other.index] = {
      ...other,
      people: origin,
      sex,
      forename,
      middle,
      surname,
      formerSurname: null,
      usual: null,
      ...birthday,
    };
  }
  return out;
}
