// By what a record finds others that may be the same person's. A key finds; it decides nothing. Each is built to survive one kind of
// slip: a surname that changed, a birthday with day and month exchanged, a child that moved. See docs/identity.md.

import type { Compared, NameWords } from "./compared.ts";
import { COMPARED_IDENTIFIERS, type ComparedIdentifier, identifierValue } from "./identifiers.ts";
import { outwardOf } from "./place.ts";
import type { ComparedOptions } from "./record-compared.ts";
import { soundex } from "./sound.ts";

/** No record has more keys than this, however many names and homes it has. The first of each come first. */
export const MOST_KEYS = 40;

/** The key under which a number is looked up exactly (`nhs|9990000018`); null for one that is mistyped or temporary. The field is
 *  that of `comparedFieldOf`. Personal data: hash it at once. */
export function identifierKeyText(
  field: ComparedIdentifier,
  value: string,
  options: ComparedOptions = {},
): string | null {
  const text = identifierValue(field, value, options);
  return text && `${field}|${text}`;
}

/** A value and how far down it stands in its record: aliases and former homes give way first. */
interface Ranked {
  readonly rank: number;
  readonly text: string;
}

const ranked = (texts: readonly (string | null)[]): readonly Ranked[] =>
  [...new Set(texts.filter((text): text is string => !!text))].map((text, rank) => ({ rank, text }));

interface Parts {
  /** One name that stands for all its variants. */
  readonly names: readonly Ranked[];
  readonly written: readonly Ranked[];
  readonly nameSounds: readonly Ranked[];
  readonly surnames: readonly Ranked[];
  /** Of each part of a surname, and of all of it closed up: `Mac Donald` is `Macdonald`. */
  readonly surnameSounds: readonly Ranked[];
  readonly days: readonly Ranked[];
  readonly swapped: readonly Ranked[];
  readonly months: readonly Ranked[];
  readonly monthDays: readonly Ranked[];
  readonly years: readonly Ranked[];
  readonly postcodes: readonly Ranked[];
  readonly outwards: readonly Ranked[];
}

/** The lesser of a day and itself with day and month exchanged; null where that is no other day. */
function swappedOf(day: string): string | null {
  const other = `${day.slice(0, 4)}-${day.slice(8)}-${day.slice(5, 7)}`;
  if (Number(day.slice(8)) > 12 || other === day) return null;
  return other < day ? other : day;
}

const soundsOf = (surname: string): readonly string[] => {
  const parts = surname.split(" ");
  return [...parts.map(soundex), ...(parts.length > 1 ? [soundex(parts.join(""))] : [])];
};

function partsOf(compared: Compared, words: NameWords): Parts {
  const { forename = [], surname = [], born = [], postcode = [] } = compared as Record<string, readonly string[]>;
  const days = born.filter((text) => text.length === 10);
  const names = forename.map((name) => words.standsFor(name));
  return {
    names: ranked(names),
    written: ranked(forename),
    nameSounds: ranked(forename.flatMap((name, at) => [soundex(names[at] ?? name), soundex(name)])),
    surnames: ranked(surname.map((name) => name.replaceAll(" ", ""))),
    surnameSounds: ranked(surname.flatMap(soundsOf)),
    days: ranked(days),
    swapped: ranked(days.map(swappedOf)),
    months: ranked(born.filter((text) => text.length >= 7).map((text) => text.slice(0, 7))),
    monthDays: ranked(days.map((day) => day.slice(5))),
    years: ranked(born.map((text) => text.slice(0, 4))),
    postcodes: ranked(postcode),
    outwards: ranked(postcode.map(outwardOf)),
  };
}

/** Every combination of one value of each, the first of all first. */
const combine = (lists: readonly (readonly Ranked[])[]): readonly Ranked[] =>
  lists.reduce<readonly Ranked[]>(
    (made, list) =>
      made.flatMap((a) => list.map((b) => ({ rank: a.rank + b.rank, text: a.text ? `${a.text}|${b.text}` : b.text }))),
    [{ rank: 0, text: "" }],
  );

/** What each kind of key is made of. Its short name stands in front, so that one kind never finds another. */
const KINDS: readonly (readonly [string, (parts: Parts) => readonly Ranked[]])[] = [
  ["born-forename", ({ days, nameSounds }) => combine([days, nameSounds])],
  ["born-surname", ({ days, surnameSounds }) => combine([days, surnameSounds])],
  ["swapped-surname", ({ swapped, surnameSounds }) => combine([swapped, surnameSounds])],
  ["born-outward", ({ days, outwards }) => combine([days, outwards])],
  ["year-names", ({ years, names, surnameSounds }) => combine([years, names, surnameSounds])],
  ["day-names", ({ monthDays, nameSounds, surnameSounds }) => combine([monthDays, nameSounds, surnameSounds])],
  ["month-names", ({ months, nameSounds, surnameSounds }) => combine([months, nameSounds, surnameSounds])],
  ["home-forename", ({ postcodes, names }) => combine([postcodes, names])],
  [
    "home-surname",
    ({ postcodes, surnameSounds, written }) =>
      combine([postcodes, surnameSounds, ranked(written.map(({ text }) => text.slice(0, 1)))]),
  ],
  ["names-outward", ({ names, surnames, outwards }) => combine([names, surnames, outwards])],
  [
    "names-year",
    ({ written, surnames, years }) =>
      combine([written, surnames]).flatMap(({ rank, text }) =>
        years.map((year) => ({ rank: rank + year.rank, text: `${text.split("|").toSorted().join("|")}|${year.text}` })),
      ),
  ],
];

/** The keys of a record as texts, the kind in front (`nhs|9990000018`), at most MOST_KEYS. Personal data: hash each at once and
 *  keep only the hash. An unborn child's record has only those of its numbers, so that nobody finds it by likeness; so has one
 *  without any name. */
export function linkKeyTexts(compared: Compared, words: NameWords, unborn = false): readonly string[] {
  const numbers = COMPARED_IDENTIFIERS.flatMap((field) => (compared[field] ?? []).map((value) => `${field}|${value}`));
  const isNamed = (compared["forename"] ?? []).length > 0 || (compared["surname"] ?? []).length > 0;
  if (unborn || !isNamed) return numbers.slice(0, MOST_KEYS);
  const parts = partsOf(compared, words);
  const others = KINDS.flatMap(([kind, texts]) =>
    texts(parts).map(({ rank, text }) => ({ rank, text: `${kind}|${text}` })),
  );
  const best = others.toSorted((a, b) => a.rank - b.rank).map(({ text }) => text);
  return [...new Set([...numbers, ...best])].slice(0, MOST_KEYS);
}
