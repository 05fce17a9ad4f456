// Which records are looked at together: those that share at least one key. A key is a few values joined; many kinds of key, so
// that a slip in one value still leaves another. Never evidence: what shares a key is compared, no more.

import type { Compared, NameWords } from "./compared.ts";
import { kindOfField } from "./match-columns.ts";
import { outwardOf } from "./place.ts";
import { soundex } from "./sound.ts";

/** A kind of key. */
export interface KeyKind {
  readonly name: string;
  /** Whether it is only looked at where that stays affordable: one value alone, or two common ones. */
  readonly isWide: boolean;
  /** The texts of a record's keys; they are hashed at once. */
  readonly texts: (parts: KeyParts) => readonly string[];
}

/** What keys are made of, worked out once for a record. */
export interface KeyParts {
  readonly record: Compared;
  readonly forenames: readonly string[];
  readonly forenameSounds: readonly string[];
  readonly surnames: readonly string[];
  readonly surnameSounds: readonly string[];
  /** With day and month in ascending order, so that exchanged ones meet. */
  readonly days: readonly string[];
  readonly years: readonly string[];
  readonly monthDays: readonly string[];
  readonly places: readonly string[];
  readonly streets: readonly string[];
}

const NONE: readonly string[] = [];
const each = (values: readonly string[] | undefined): readonly string[] => values ?? NONE;
const unique = (values: readonly string[]): readonly string[] => (values.length < 2 ? values : [...new Set(values)]);

/** Day and month in ascending order. */
const eitherWay = (born: string): string => {
  const [month, day] = [born.slice(5, 7), born.slice(8, 10)];
  return month < day ? `${born.slice(0, 4)}${month}${day}` : `${born.slice(0, 4)}${day}${month}`;
};

/** Prepares the parts of keys. Each part of a surname counts: Smith-Jones meets Smith and Jones. */
export function partsOf(record: Compared, words: NameWords): KeyParts {
  const forenames = unique(each(record["forename"]).map((name) => words.standsFor(name)));
  const surnames = unique(
    each(record["surname"]).flatMap((name) =>
      name.includes(" ") ? [name.replaceAll(" ", ""), ...name.split(" ")] : [name],
    ),
  );
  const born = each(record["born"]);
  const days = unique(born.filter((date) => date.length === 10).map(eitherWay));
  return {
    record,
    forenames,
    forenameSounds: unique(each(record["forename"]).map(soundex).concat(forenames.map(soundex))),
    surnames,
    surnameSounds: unique(surnames.map(soundex)),
    days,
    years: unique(born.map((date) => date.slice(0, 4))),
    monthDays: unique(days.map((day) => day.slice(4))),
    places: unique(
      each(record["postcode"])
        .map((code) => outwardOf(code) ?? code)
        .concat(each(record["town"]).map(soundex)),
    ),
    streets: unique(
      each(record["street"])
        .map((street) => street.replaceAll(/[\d ]+/g, "").slice(0, 6))
        .filter(Boolean),
    ),
  };
}

const cross = (...lists: readonly (readonly string[])[]): readonly string[] => {
  let texts: readonly string[] = [""];
  for (const list of lists) {
    if (list.length === 0) return NONE;
    texts = texts.flatMap((start) => list.map((value) => `${start}|${value}`));
  }
  return texts;
};

const key = (name: string, texts: KeyKind["texts"], isWide = false): KeyKind => ({ name, texts, isWide });
const start = (values: readonly string[], letters: number): readonly string[] =>
  unique(values.map((value) => value.slice(0, letters)));

const KEYS: readonly KeyKind[] = [
  key("birthday and first name's sound", ({ days, forenameSounds }) => cross(days, forenameSounds)),
  key("birthday and surname's sound", ({ days, surnameSounds }) => cross(days, surnameSounds)),
  key("birthday and place", ({ days, places }) => cross(days, places)),
  key("birthday and street", ({ days, streets }) => cross(days, streets)),
  key("year of birth and both names", ({ years, forenames, surnameSounds }) => cross(years, forenames, surnameSounds)),
  key("year of birth, place and surname's sound", ({ years, places, surnameSounds }) =>
    cross(years, places, surnameSounds),
  ),
  key("day, month and both names' sounds", ({ monthDays, forenameSounds, surnameSounds }) =>
    cross(monthDays, forenameSounds, surnameSounds),
  ),
  key("both names in either order", ({ forenames, surnames }) =>
    unique(cross(forenames, surnames).concat(cross(surnames, forenames))),
  ),
  key("both names' sounds and place", ({ forenameSounds, surnameSounds, places }) =>
    cross(forenameSounds, surnameSounds, places),
  ),
  key("first name and postcode", ({ forenameSounds, record }) => cross(forenameSounds, each(record["postcode"]))),
  key("surname's sound, postcode and initial", ({ surnameSounds, record, forenames }) =>
    cross(surnameSounds, each(record["postcode"]), start(forenames, 1)),
  ),
  key("first name and street", ({ forenameSounds, streets }) => cross(forenameSounds, streets)),
  key("surname's sound and street", ({ surnameSounds, streets }) => cross(surnameSounds, streets)),
  key("house number, street", ({ record, streets }) => cross(each(record["houseNumber"]), streets)),
  key("house number, surname's sound and place", ({ record, surnameSounds, places }) =>
    cross(each(record["houseNumber"]), surnameSounds, places),
  ),
  key("e-mail address", ({ record }) => cross(each(record["email"]))),
  key("e-mail name", ({ record }) => cross(each(record["email"]).map((email) => email.split("@", 1)[0] ?? email))),
  key("telephone", ({ record }) => cross(each(record["phone"]))),
  key("birthday", ({ days }) => days, true),
  key("first name's sound and place", ({ forenameSounds, places }) => cross(forenameSounds, places), true),
  key("surname's sound and place", ({ surnameSounds, places }) => cross(surnameSounds, places), true),
  key("both names' first letters", ({ forenames, surnames }) => cross(start(forenames, 3), start(surnames, 3)), true),
  key(
    "month and day and first name's sound",
    ({ monthDays, forenameSounds }) => cross(monthDays, forenameSounds),
    true,
  ),
  key("year of birth and first name", ({ years, forenames }) => cross(years, forenames), true),
  key("year of birth and surname", ({ years, surnames }) => cross(years, surnames), true),
  key("surname", ({ surnames }) => cross(surnames), true),
];

const FIELDS_OF_KEYS = new Set([
  "forename",
  "surname",
  "born",
  "postcode",
  "town",
  "street",
  "houseNumber",
  "email",
  "phone",
  "middle",
  "sex",
]);

/** The kinds of key that a file's fields allow. Every number of a person's own is a key; any other words only with a name, or
 *  with each other where there are no names. */
export function keysFor(fields: readonly string[]): readonly KeyKind[] {
  const own = fields
    .filter((field) => kindOfField(field) === "identifier")
    .map((field) => key(field, ({ record }) => cross(each(record[field]))));
  const others = fields.filter(
    (field) => !FIELDS_OF_KEYS.has(field) && ["text", "category", "number"].includes(kindOfField(field)),
  );
  const words = others.filter((field) => kindOfField(field) === "text");
  const withNames = words.flatMap((field) => [
    key(
      `first name's sound and ${field}`,
      ({ record, forenameSounds }) => cross(each(record[field]), forenameSounds),
      true,
    ),
    key(`surname's sound and ${field}`, ({ record, surnameSounds }) => cross(each(record[field]), surnameSounds), true),
  ]);
  const hasNames = fields.includes("forename") || fields.includes("surname");
  const pairs = others.flatMap((one, at) =>
    others
      .slice(at + 1)
      .map((other) => key(`${one} and ${other}`, ({ record }) => cross(each(record[one]), each(record[other])), true)),
  );
  const alone = words.map((field) => key(field, ({ record }) => cross(each(record[field])), true));
  return [...own, ...KEYS, ...withNames, ...(hasNames ? [] : [...pairs, ...alone])];
}
