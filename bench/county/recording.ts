// What each agency writes down about somebody: its own columns, its own age of news, its own slips. Health is checked against a
// national register; an officer at night writes what a child says.

import type { Random } from "../../simulators/town/random.ts";
import { misdate, misspell, restyle, shorten } from "../../simulators/town/slips.ts";
import { plainLetters } from "../../simulators/town/name-variants.ts";
import { writesSurnameFirst } from "./names.ts";
import type { Person, Source, Written } from "./types.ts";

/** How often each source does what; shares of its records. Sources: linkage in HES found sex or birthday wrong in about one record
 *  in a thousand (BMC Medical Research Methodology 2017), and postcodes out of date in about half of those who moved; the others
 *  are guesses in their proportion. */
interface Habits {
  readonly nhs: number;
  readonly nhsVerified: number;
  readonly upn: number;
  /** A number typed wrongly, and one that is a brother's or sister's. */
  readonly mistyped: number;
  readonly siblings: number;
  readonly usualName: number;
  readonly bothNames: number;
  readonly misspelt: number;
  readonly plain: number;
  readonly middle: number;
  /** Of second names: only the initial. */
  readonly initial: number;
  readonly swappedNames: number;
  readonly formerSurname: number;
  readonly misdated: number;
  readonly placeholderDay: number;
  readonly bornMissing: number;
  readonly sexWrong: number;
  /** Of those who moved: still at the old address. */
  readonly outOfDate: number;
  readonly postcodeMissing: number;
  readonly postcodeWrong: number;
}

export const HABITS: Readonly<Record<Source, Habits>> = {
  health: {
    nhs: 0.985,
    nhsVerified: 0.965,
    upn: 0,
    mistyped: 0.001,
    siblings: 0.0002,
    usualName: 0.02,
    bothNames: 0.05,
    misspelt: 0.006,
    plain: 0.5,
    middle: 0.9,
    initial: 0.01,
    swappedNames: 0.001,
    formerSurname: 0.15,
    misdated: 0.0008,
    placeholderDay: 0.0003,
    bornMissing: 0,
    sexWrong: 0.0006,
    outOfDate: 0.35,
    postcodeMissing: 0.005,
    postcodeWrong: 0.002,
  },
  education: {
    nhs: 0.25,
    nhsVerified: 0,
    upn: 0.985,
    mistyped: 0.003,
    siblings: 0.0005,
    usualName: 0.05,
    bothNames: 0.12,
    misspelt: 0.015,
    plain: 0.7,
    middle: 0.75,
    initial: 0.04,
    swappedNames: 0.001,
    formerSurname: 0.3,
    misdated: 0.003,
    placeholderDay: 0.0005,
    bornMissing: 0.0005,
    sexWrong: 0.002,
    outOfDate: 0.4,
    postcodeMissing: 0.01,
    postcodeWrong: 0.004,
  },
  "social-care": {
    nhs: 0.6,
    nhsVerified: 0,
    upn: 0.6,
    mistyped: 0.01,
    siblings: 0.003,
    usualName: 0.06,
    bothNames: 0.08,
    misspelt: 0.03,
    plain: 0.85,
    middle: 0.4,
    initial: 0.05,
    swappedNames: 0.004,
    formerSurname: 0.4,
    misdated: 0.008,
    placeholderDay: 0.006,
    bornMissing: 0.006,
    sexWrong: 0.004,
    outOfDate: 0.4,
    postcodeMissing: 0.02,
    postcodeWrong: 0.006,
  },
  police: {
    nhs: 0,
    nhsVerified: 0,
    upn: 0,
    mistyped: 0,
    siblings: 0,
    usualName: 0.08,
    bothNames: 0.02,
    misspelt: 0.05,
    plain: 0.95,
    middle: 0.25,
    initial: 0.1,
    swappedNames: 0.008,
    formerSurname: 0.45,
    misdated: 0.012,
    placeholderDay: 0.008,
    bornMissing: 0.015,
    sexWrong: 0.005,
    outOfDate: 0.5,
    postcodeMissing: 0.04,
    postcodeWrong: 0.012,
  },
};

export interface Recording {
  readonly random: Random;
  readonly person: Person;
  readonly source: Source;
  readonly id: string;
  /** A brother or sister whose number may be typed instead; a twin before any other. */
  readonly sibling: Person | null;
  /** A foster home's or a refuge's postcode. */
  readonly stays: string | null;
}

/** Children younger than this are often still "Baby" to health; a year before the county's day. */
const NEWBORN_SINCE = "2026-05-01";

export function write({ random, person, source, id, sibling, stays }: Recording): Written {
  const habits = HABITS[source];
  const names = writtenNames(random, person, habits);
  const newborn = source === "health" && person.born >= NEWBORN_SINCE && random.chance(0.25);
  const own = { ...names, ...(newborn && { forename: placeholder(random, person), middle: null, knownAs: null }) };
  return {
    id,
    source,
    ...own,
    ...writtenBorn(random, person, habits),
    sex: random.chance(habits.sexWrong) ? (person.sex === "f" ? "m" : "f") : person.sex,
    postcode: writtenPostcode(random, person, { habits, stays }),
    ...writtenNumbers(random, { person, sibling, habits }),
    la: source === "social-care" ? id.slice(2) : null,
  };
}

const placeholder = (random: Random, { twin, sex, index }: Person): string =>
  twin === null
    ? random.pick(["Baby", sex === "f" ? "Baby Girl" : "Baby Boy", "Infant"])
    : `Twin ${twin > index ? 1 : 2}`;

function writtenNames(random: Random, person: Person, habits: Habits) {
  const style = (name: string): string => (random.chance(habits.plain) ? plainLetters(name) : name);
  const slip = (name: string): string => style(random.chance(habits.misspelt) ? misspell(random, name) : name);
  const second = (name: string): string => (random.chance(habits.initial) ? name.charAt(0) : slip(name));
  const usual = person.usual ?? shorten(random, person.forename);
  const goesBy = random.next() < habits.usualName * (person.usual ? 8 : 1);
  const both = !goesBy && usual !== person.forename && random.next() < habits.bothNames * (person.usual ? 4 : 1);
  const forename = slip(goesBy ? usual : person.forename);
  const former = person.formerSurname !== null && random.chance(habits.formerSurname);
  const surname = slip((former && person.formerSurname) || person.surname);
  const written = random.chance(0.15) ? restyle(random, surname) : surname;
  const swapped = random.next() < habits.swappedNames * (writesSurnameFirst(person.people) ? 15 : 1);
  return {
    forename: swapped ? written : forename,
    middle: person.middle && !goesBy && random.chance(habits.middle) ? second(person.middle) : null,
    knownAs: both ? usual : null,
    surname: swapped ? forename : written,
    otherSurname: !former && person.formerSurname && random.chance(0.3) ? person.formerSurname : null,
  };
}

function writtenBorn(random: Random, { born }: Person, habits: Habits): Pick<Written, "born" | "bornAccuracy"> {
  const draw = random.next();
  const bornAccuracy = "DAY";
  if (draw < habits.bornMissing) return { born: null, bornAccuracy };
  if (draw < habits.bornMissing + habits.placeholderDay)
    return { born: `${born.slice(0, 4)}-01-01`, bornAccuracy: random.chance(0.5) ? "YEAR" : "DAY" };
  if (draw < habits.bornMissing + habits.placeholderDay + habits.misdated)
    return { born: random.chance(0.5) ? misdate(random, born) : oneDigit(random, born), bornAccuracy };
  return { born, bornAccuracy };
}

/** One digit typed wrongly, where such a day exists. */
function oneDigit(random: Random, born: string): string {
  for (let again = 0; again < 20; again += 1) {
    const at = random.pick([2, 3, 6, 8, 9]);
    const tried = born.slice(0, at) + String(random.int(0, 9)) + born.slice(at + 1);
    if (tried !== born && !Number.isNaN(Date.parse(tried)) && new Date(tried).toISOString().startsWith(tried))
      return tried;
  }
  return born;
}

function writtenPostcode(random: Random, person: Person, { habits, stays }: { habits: Habits; stays: string | null }) {
  if (random.chance(habits.postcodeMissing)) return null;
  const home = stays ?? person.postcode;
  const at = person.formerPostcode && random.chance(habits.outOfDate) ? person.formerPostcode : home;
  if (!random.chance(habits.postcodeWrong)) return at;
  return at.slice(0, -1) + random.pick([..."ABDEFGHJLNPQRSTUWXYZ"]);
}

interface Numbers {
  readonly person: Person;
  readonly sibling: Person | null;
  readonly habits: Habits;
}

function writtenNumbers(
  random: Random,
  { person, sibling, habits }: Numbers,
): Pick<Written, "nhs" | "nhsVerified" | "upn"> {
  const typed = (number: string): string => (random.chance(habits.mistyped) ? mistype(random, number) : number);
  // Twins are mixed up far more often than others.
  const mixed = sibling !== null && random.next() < habits.siblings * (sibling.index === person.twin ? 8 : 1);
  const whose = mixed ? sibling : person;
  const nhs = random.chance(habits.nhs) ? typed(whose.nhs) : null;
  return {
    nhs,
    nhsVerified: nhs !== null && random.chance(habits.nhsVerified),
    upn: person.upn && random.chance(habits.upn) ? typed((random.chance(0.5) && whose.upn) || person.upn) : null,
  };
}

/** Two neighbouring digits changed round, or one wrong. Check digits catch nearly all. */
function mistype(random: Random, number: string): string {
  const at = random.int(1, number.length - 2);
  const [one = "", two = ""] = [number.charAt(at), number.charAt(at + 1)];
  if (random.chance(0.5) && one !== two) return number.slice(0, at) + two + one + number.slice(at + 2);
  return number.slice(0, at) + String((Number(one) + random.int(1, 9)) % 10) + number.slice(at + 1);
}
