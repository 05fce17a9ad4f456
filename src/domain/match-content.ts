// What a column is, seen from what stands in it: for columns whose name says nothing, and to doubt a name that cannot be right.

import type { ColumnField } from "./match-columns.ts";
import { isValidNhsNumber, isValidUpn } from "./identifiers.ts";

/** What is written where there is nothing. */
const NOTHING =
  /^(|-+|\?+|\.+|\\N|NA|N\/A|n\/a|#N\/A|NULL|null|NaN|nan|None|unknown|Unknown|UNKNOWN|not known|Not known|NOT KNOWN|not stated|Not stated|<NA>)$/;

/** The text of a cell, or nothing where it only says that there is none. */
export const cellText = (cell: string | undefined): string => {
  const text = cell?.trim() ?? "";
  return text.length < 11 && NOTHING.test(text) ? "" : text;
};

/** What a sample of a column shows. */
export interface ColumnProfile {
  readonly header: string;
  readonly filled: number;
  readonly distinct: number;
  readonly averageLength: number;
  /** Shares of the filled cells, 0 to 1. */
  readonly share: Readonly<Record<Trait, number>>;
  /** Whether it counts the rows: 1, 2, 3, ... */
  readonly counts: boolean;
}

const TRAITS = {
  date: (text: string) => DATE.test(text),
  email: (text: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text),
  postcode: (text: string) => /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i.test(text),
  nhs: isValidNhsNumber,
  upn: isValidUpn,
  sex: (text: string) => /^(m|f|male|female|boy|girl)$/i.test(text),
  number: (text: string) => /^-?\d+([.,]\d+)?$/.test(text),
  digits: (text: string) => /\d/.test(text),
  code: (text: string) => /^[A-Za-z\d/-]{5,20}$/.test(text) && /\d/.test(text),
  spaced: (text: string) => /\s/.test(text),
} as const;
type Trait = keyof typeof TRAITS;

const DATE =
  /^(\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d{2})|(1[89]|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])|\d{1,2}(st|nd|rd|th)?[-/ ][a-z]{3,9}\.?,?[-/ ]\d{2,4})([T ][\d:.Z+]*)?$/i;

/** Looks at a sample of a column's cells. */
export function profileOf(header: string, cells: readonly string[]): ColumnProfile {
  const texts = cells.map(cellText).filter((text) => text !== "");
  const share = (is: (text: string) => boolean): number =>
    texts.length === 0 ? 0 : texts.filter((text) => is(text)).length / texts.length;
  const numbers = texts.map(Number);
  return {
    header,
    filled: texts.length,
    distinct: new Set(texts).size,
    averageLength: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length),
    share: Object.fromEntries(
      Object.entries(TRAITS).map(([trait, is]) => [trait, share(is)]),
    ) as ColumnProfile["share"],
    counts: texts.length > 2 && numbers.every((value, at) => at === 0 || value === (numbers[at - 1] ?? 0) + 1),
  };
}

const MOSTLY = 0.8;
const FEW = 60;
/** Longer than a line of an address: notes. */
const LONG = 60;

/** A field for a column whose name says nothing; null where it is no help in telling people apart. */
export function contentSays({ filled, distinct, averageLength, share, counts }: ColumnProfile): ColumnField | null {
  if (filled === 0 || distinct === 1 || counts || averageLength > LONG) return null;
  if (share.email >= MOSTLY) return "email";
  if (share.nhs >= MOSTLY) return "nhs";
  if (share.upn >= MOSTLY) return "upn";
  if (share.postcode >= MOSTLY) return "postcode";
  if (share.date >= MOSTLY) return "born";
  if (share.sex >= MOSTLY) return "sex";
  if (distinct <= FEW && distinct / filled <= 0.2) return "category";
  if (share.code >= MOSTLY && distinct / filled > 0.2) return "identifier";
  if (share.number >= MOSTLY) return "number";
  return averageLength >= 2 ? "text" : null;
}

/** Where what stands in a column contradicts its name, what it is instead: `name` may be a first name, `birth_day` a date. */
export function doubted(field: ColumnField, { filled, share, averageLength }: ColumnProfile): ColumnField | null {
  if (filled === 0) return field;
  if (field === "bornDay" || field === "bornYear") return share.date >= MOSTLY && averageLength > 4 ? "born" : field;
  const isName = field === "forename" || field === "surname" || field === "fullName";
  if (isName && share.digits >= MOSTLY) return null;
  return field;
}
