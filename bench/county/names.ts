// Who is called what in the county: how common each name is, and what families do with names.

import { NAME_LISTS } from "../../simulators/town/name-lists.ts";
import type { Random } from "../../simulators/town/random.ts";
import * as british from "./names-british.ts";
import { MORE } from "./names-elsewhere.ts";
import type { Sex } from "./types.ts";

/** Origins by which results are told apart, and the share of families of each people in them; percent. */
const PEOPLES = [
  ["BRITISH", "British", 66],
  ["IRISH", "Irish", 3],
  ["PAKISTANI", "South Asian", 7],
  ["BANGLADESHI", "South Asian", 3],
  ["INDIAN", "South Asian", 4],
  ["POLISH", "Eastern European", 4],
  ["ROMANIAN", "Eastern European", 2],
  ["UKRAINIAN", "Eastern European", 1.5],
  ["ARABIC", "Arabic", 2],
  ["NIGERIAN", "African", 2.5],
  ["SOMALI", "African", 1.5],
  ["CARIBBEAN", "Caribbean", 2],
  ["CHINESE", "Chinese and Vietnamese", 1],
  ["VIETNAMESE", "Chinese and Vietnamese", 0.5],
] as const;

export type People = (typeof PEOPLES)[number][0];
export type Origin = (typeof PEOPLES)[number][1];

const ORIGIN = new Map<People, Origin>(PEOPLES.map(([people, origin]) => [people, origin]));
export const originOf = (people: People): Origin => ORIGIN.get(people) ?? "British";
export const drawPeople = (random: Random): People =>
  random.weighted(PEOPLES.map(([people, , share]) => [people, share]));

/** A list whose first names are common and whose last are rare: the nth as often as 1 / (n + flat) ** steep. */
interface Leaning {
  readonly names: readonly string[];
  readonly upTo: Float64Array;
}

function leaning(names: readonly string[], { flat = 4, steep = 0.85 } = {}): Leaning {
  const upTo = new Float64Array(names.length);
  let sum = 0;
  for (let n = 0; n < names.length; n += 1) upTo[n] = sum += 1 / (n + flat) ** steep;
  return { names, upTo };
}

function draw(random: Random, { names, upTo }: Leaning): string {
  const at = random.next() * (upTo.at(-1) ?? 0);
  let low = 0;
  let high = names.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return names[low] ?? "";
}

interface Lists {
  readonly girls: Leaning;
  readonly boys: Leaning;
  readonly surnames: Leaning;
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];

function listsOf(people: People): Lists {
  if (people === "BRITISH")
    return {
      girls: leaning(unique(british.GIRLS), { flat: 12 }),
      boys: leaning(unique(british.BOYS), { flat: 12 }),
      surnames: leaning(unique(british.SURNAMES), { flat: 10 }),
    };
  const town = people in NAME_LISTS ? NAME_LISTS[people as keyof typeof NAME_LISTS] : null;
  const more = MORE[people];
  const both = (kind: keyof Lists) => [...(town?.[kind] ?? []), ...(more?.[kind] ?? [])];
  return {
    girls: leaning(unique(both("girls"))),
    boys: leaning(unique(both("boys"))),
    // A surname listed more than once is as much commoner: every third Vietnamese family is called Nguyen.
    surnames: leaning(both("surnames"), { flat: 6 }),
  };
}

const LISTS = new Map(PEOPLES.map(([people]) => [people, listsOf(people)]));
const PLACES = leaning(british.PLACE_SURNAMES, { flat: 400 });
const GROWN = { f: leaning(british.WOMEN), m: leaning(british.MEN) };
const PLACE_SHARE = 0.35;

/** How many there are, for a reader to judge by. */
export const NAME_COUNTS = {
  forenames: new Set([...LISTS.values()].flatMap(({ girls, boys }) => [...girls.names, ...boys.names])).size,
  surnames: new Set([...[...LISTS.values()].flatMap(({ surnames }) => surnames.names), ...PLACES.names]).size,
};

const listsFor = (people: People): Lists => LISTS.get(people) ?? listsOf("BRITISH");

export const drawForename = (random: Random, people: People, sex: Sex): string =>
  draw(random, listsFor(people)[sex === "f" ? "girls" : "boys"]);

/** A parent's: names of another generation, in Britain. */
export const drawGrownForename = (random: Random, people: People, sex: Sex): string =>
  people === "BRITISH" && random.chance(0.8) ? draw(random, GROWN[sex]) : drawForename(random, people, sex);

export const drawSurname = (random: Random, people: People): string =>
  people === "BRITISH" && random.chance(PLACE_SHARE) ? draw(random, PLACES) : draw(random, listsFor(people).surnames);

/** What parents call twins when they like names that go together. Each is a way to mistake one child for the other. */
const SOUND_ALIKE: readonly (readonly [Sex, string, string])[] = [
  ["f", "Ella", "Ellie"],
  ["f", "Lily", "Lilly"],
  ["f", "Mia", "Maya"],
  ["f", "Isla", "Ayla"],
  ["f", "Evie", "Edie"],
  ["f", "Millie", "Mollie"],
  ["f", "Anna", "Hannah"],
  ["f", "Lola", "Lila"],
  ["f", "Amelia", "Amelie"],
  ["f", "Sophia", "Sophie"],
  ["f", "Isabella", "Isabelle"],
  ["f", "Kayla", "Kaylee"],
  ["f", "Zara", "Sara"],
  ["f", "Maisie", "Macie"],
  ["m", "Jayden", "Kayden"],
  ["m", "Aiden", "Jaden"],
  ["m", "Harry", "Harley"],
  ["m", "Alfie", "Archie"],
  ["m", "Leo", "Theo"],
  ["m", "Ronnie", "Reggie"],
  ["m", "Jack", "Jake"],
  ["m", "Lucas", "Luca"],
  ["m", "Tommy", "Toby"],
  ["m", "Finn", "Finley"],
  ["m", "Mason", "Jason"],
  ["m", "Callum", "Calum"],
  ["m", "Louis", "Louie"],
  ["m", "Ethan", "Nathan"],
];
const SOUND_ALIKE_ELSEWHERE: readonly (readonly [Sex, string, string])[] = [
  ["m", "Hassan", "Hussain"],
  ["m", "Ayaan", "Rayyan"],
  ["m", "Zain", "Zayn"],
  ["m", "Musa", "Eesa"],
  ["f", "Amina", "Amna"],
  ["f", "Aisha", "Eshal"],
  ["f", "Zainab", "Zaynab"],
  ["f", "Hira", "Hiba"],
];
const MUSLIM_PEOPLES = new Set<People>(["PAKISTANI", "BANGLADESHI", "SOMALI", "ARABIC"]);

export const drawSoundAlike = (random: Random, people: People): readonly [Sex, string, string] =>
  random.pick(MUSLIM_PEOPLES.has(people) ? SOUND_ALIKE_ELSEWHERE : SOUND_ALIKE);

/** Whether brothers of this people may all be called Muhammad first and go by their second names. */
export const isNamedAfterTheProphet = (random: Random, people: People): boolean =>
  MUSLIM_PEOPLES.has(people) && random.chance(0.08);

/** Whether this people writes the surname first, so that others take it for the forename. */
export const writesSurnameFirst = (people: People): boolean => people === "CHINESE" || people === "VIETNAMESE";
