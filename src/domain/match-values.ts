// The cells of a row as they are compared. What cannot be read is left out and counted, never guessed.

import { bornValue, type DateOrder } from "./born.ts";
import type { NameWords } from "./compared.ts";
import { type ComparedIdentifier, COMPARED_IDENTIFIERS, identifierValue } from "./identifiers.ts";
import { kindOfField } from "./match-columns.ts";
import { cellText } from "./match-content.ts";
import type { MappedColumn } from "./match-mapping.ts";
import { forenameOf, middleOf, surnameOf } from "./name-words.ts";
import { postcodeValue } from "./place.ts";

/** One field of a record, and the columns that it is made of. */
export interface FieldSource {
  readonly field: string;
  /** What each of the columns is mapped to, in the order of `at`. */
  readonly parts: readonly string[];
  readonly at: readonly number[];
}

/** Fields that are made of other columns than their own. */
const MADE_OF: Readonly<Record<string, readonly string[]>> = {
  forename: ["forename", "fullName"],
  // Second names stand in a column of their own, or behind the first: `Muhammad Hassan`.
  middle: ["middle", "forename", "fullName"],
  surname: ["surname", "surnameMore", "formerSurname", "fullName"],
  born: ["born", "bornYear", "bornMonth", "bornDay"],
};
const PARTS = new Set(Object.values(MADE_OF).flat());

/** The fields of a file's records. A year of birth alone, without month and day, makes a date of birth that is only a year. */
export function sourcesOf(columns: readonly MappedColumn[]): FieldSource[] {
  const made = Object.entries(MADE_OF).map(([field, parts]) => sourceOf(field, columns, parts));
  const own = new Set(columns.flatMap(({ field }) => (field === null || PARTS.has(field) ? [] : [field])));
  return [...made, ...[...own].map((field) => sourceOf(field, columns, [field]))].filter(({ at }) => at.length > 0);
}

function sourceOf(field: string, columns: readonly MappedColumn[], parts: readonly string[]): FieldSource {
  const used = columns.filter((column) => column.field !== null && parts.includes(column.field));
  // A date in one column is the date, whatever parts stand beside it.
  const isWhole = field === "born" && used.some((column) => column.field === "born");
  const kept = isWhole ? used.filter((column) => column.field === "born") : used;
  return { field, parts: kept.map((column) => column.field ?? ""), at: kept.map(({ at }) => at) };
}

export interface Reading {
  readonly words: NameWords;
  readonly order: DateOrder;
}

/** The values of a field from its cells; an empty list where there is nothing that can be compared. */
export function valuesOf({ field, parts }: FieldSource, cells: readonly string[], reading: Reading): readonly string[] {
  const texts = cells.map(cellText);
  if (texts.every((text) => text === "")) return [];
  if (field === "forename") return distinct(texts.map((text, at) => forenameIn(parts[at], text, reading.words)));
  if (field === "middle") return distinct(texts.map((text, at) => middleIn(parts[at], text, reading.words)));
  if (field === "surname") return surnames(parts, texts, reading.words);
  if (field === "born") return distinct([bornOf(parts, texts, reading.order)]);
  return distinct(texts.map((text) => plainValue(field, text, reading)));
}

const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((value): value is string => value !== null && value !== "")),
];

function wholeForenames(text: string, words: NameWords): string | null {
  const first = forenameOf(text, words);
  return first === null ? null : [first, middleOf(text, words)].filter(Boolean).join(" ");
}

/** `Hartley, Amelia Jane` and `Amelia Jane Hartley`, as first names and family name. */
function splitName(text: string): { first: string; last: string } {
  const comma = text.indexOf(",");
  if (comma > 0) return { first: text.slice(comma + 1).trim(), last: text.slice(0, comma).trim() };
  const cut = text.trim().lastIndexOf(" ");
  return cut === -1 ? { first: "", last: text } : { first: text.slice(0, cut), last: text.slice(cut + 1) };
}

const forenameIn = (part: string | undefined, text: string, words: NameWords): string | null =>
  forenameOf(part === "fullName" ? splitName(text).first : text, words);

function middleIn(part: string | undefined, text: string, words: NameWords): string | null {
  if (part === "middle") return wholeForenames(text, words);
  return middleOf(part === "fullName" ? splitName(text).first : text, words);
}

/** Whether a field is only what stands behind something else: most records may well have nothing there. */
export const isBehind = ({ field, parts }: FieldSource): boolean => field === "middle" && !parts.includes("middle");

function surnames(parts: readonly string[], texts: readonly string[], words: NameWords): string[] {
  const more = texts.filter((_, at) => parts[at] === "surnameMore").join(" ");
  return distinct(
    texts.map((text, at) => {
      if (parts[at] === "surnameMore" || text === "") return null;
      if (parts[at] === "fullName") return surnameOf(splitName(text).last, words);
      return surnameOf(parts[at] === "surname" ? `${text} ${more}` : text, words);
    }),
  );
}

function bornOf(parts: readonly string[], texts: readonly string[], order: DateOrder): string | null {
  const part = (name: string): string => texts.find((text, at) => parts[at] === name && text !== "") ?? "";
  const whole = part("born");
  if (whole !== "") return bornValue(whole, order);
  const [year, month, day] = ["bornYear", "bornMonth", "bornDay"].map((name) => part(name).replace(/\.0$/, ""));
  if (!year) return null;
  const two = (text: string | undefined): string => (text ?? "").padStart(2, "0");
  if (!month || /\D/.test(month)) return bornValue([day, month, year].filter(Boolean).join(" "), order);
  // Of columns of their own, day and month need no guessing, nor exchanging.
  return bornValue(day ? `${year}-${two(month)}-${two(day)}` : `${year}-${two(month)}`, order);
}

const isCompared = (field: string): field is ComparedIdentifier =>
  (COMPARED_IDENTIFIERS as readonly string[]).includes(field);

const SAME_ALL_OVER = /^(.)\1*$/;
const SEX: Readonly<Record<string, string>> = {
  m: "m",
  male: "m",
  boy: "m",
  man: "m",
  f: "f",
  female: "f",
  girl: "f",
  woman: "f",
  "1": "m",
  "2": "f",
};

function plainValue(field: string, text: string, { words, order }: Reading): string | null {
  if (isCompared(field)) return identifierValue(field, text);
  const kind = kindOfField(field);
  if (kind === "postcode") return postcodeValue(text);
  if (kind === "born") return bornValue(text, order);
  if (kind === "sex") return SEX[text.toLowerCase()] ?? null;
  if (kind === "phone") return phoneValue(text);
  if (kind === "email") return /^\S+@\S+$/.test(text) ? text.toLowerCase() : null;
  if (kind === "forename") return forenameOf(text, words);
  if (kind === "surname") return surnameOf(text, words);
  if (kind === "number")
    return (
      text
        .toLowerCase()
        .replaceAll(/[^a-z\d]/g, "")
        .replace(/^0+(?=.)/, "") || null
    );
  if (kind === "identifier") {
    const plain = text.toUpperCase().replaceAll(/[^\p{L}\d]/gu, "");
    return plain.length > 2 && SAME_ALL_OVER.test(plain) ? null : plain || null;
  }
  return (
    words
      .romanise(text)
      .toLowerCase()
      .replaceAll(/[^a-z\d]+/g, " ")
      .trim() || null
  );
}

/** The last nine digits: the same with and without the country's code or the nought. */
function phoneValue(text: string): string | null {
  const digits = text.replaceAll(/\D/g, "");
  return digits.length < 6 || SAME_ALL_OVER.test(digits) ? null : digits.slice(-9);
}

/** Whether a date of birth can be of only one order: the first or the second number is over 12. Null where it says nothing. */
export function orderShown(text: string): DateOrder | null {
  const [, first, second] = /^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{4}/.exec(text) ?? [];
  const [one, other] = [Number(first), Number(second)];
  if (!first || !second || one > 31 || other > 31 || one > 12 === other > 12) return null;
  return one > 12 ? "DMY" : "MDY";
}
