// Dates of birth as they are compared: one way of writing each, only as exact as it is known.

/** Which of the first two numbers of `03/04/2017` is the day, unless only one of them can be. */
export type DateOrder = "DMY" | "MDY";

/** What a program writes where nobody typed a day: the first day that it can count. They say nothing of a child. */
const NO_DAYS = new Set(["1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1901-01-01", "1970-01-01"]);

/** Years that somebody on file may be born in; old registers are linked too. */
const isYear = (year: number): boolean => year >= 1500 && year <= 2199;

const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day >= 1 && day <= (month === 2 && !leap ? 28 : (LENGTHS[month - 1] ?? 0));
}

const two = (count: number): string => String(count).padStart(2, "0");

/** A day in parts, as it is compared; a part that is nought is not known. Null where there is no such day, which leaves another
 *  reading to be tried; empty for a day that is there and says nothing, which does not. */
function written(year: number, month: number, day: number): string | null {
  if (!isYear(year)) return null;
  if (month === 0) return day <= 31 ? String(year) : null;
  if (day === 0) return month <= 12 ? `${year}-${two(month)}` : null;
  if (!isDay(year, month, day)) return null;
  const on = `${year}-${two(month)}-${two(day)}`;
  if (NO_DAYS.has(on)) return "";
  return month === 1 && day === 1 ? String(year) : on;
}

/** A year and two numbers: month and day in this order if that is a day, else exchanged. */
const eitherWay = (year: number, [month, day]: readonly [number, number]): string | null =>
  written(year, month, day) ?? written(year, day, month);

const inOrder = (first: number, second: number, order: DateOrder): readonly [number, number] =>
  order === "DMY" ? [second, first] : [first, second];

/** Eight digits with nothing between them: `20170314`, as health systems write it, else `14032017`. */
function fromDigits(text: string, order: DateOrder): string | null {
  const number = (from: number, to: number): number => Number(text.slice(from, to));
  const [year, month, day] = [number(0, 4), number(4, 6), number(6, 8)];
  return (
    written(year, month, day) ??
    eitherWay(number(4, 8), inOrder(number(0, 2), number(2, 4), order)) ??
    written(year, day, month)
  );
}

const YEAR_FIRST = /^(\d{4})(?:[-/. ](\d{1,2}))?(?:[-/. ](\d{1,2}))?$/;
const YEAR_LAST = /^(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ](\d{4})$/;

function fromNumbers(text: string, order: DateOrder): string | null {
  if (/^\d{8}$/.test(text)) return fromDigits(text, order);
  const [isYearFirst, year = "", month = "0", day] = YEAR_FIRST.exec(text) ?? [];
  if (isYearFirst)
    return day ? eitherWay(Number(year), [Number(month), Number(day)]) : written(Number(year), Number(month), 0);
  const [isYearLast, first, second, last] = YEAR_LAST.exec(text) ?? [];
  if (!isYearLast) return null;
  return first
    ? eitherWay(Number(last), inOrder(Number(first), Number(second), order))
    : written(Number(last), Number(second), 0);
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;
/** A month in English, in full or cut short. */
const MONTH =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/;
const WEEKDAY = /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b/g;

/** `14 mar 2017`, `march 14 2017`, `mar 2017`: a month's name, and a year and perhaps a day about it. */
function fromWords(words: string, name: string): string | null {
  const month = MONTHS.findIndex((short) => name.startsWith(short)) + 1;
  const [first = "", second = "", ...more] = words
    .replace(name, " ")
    .replaceAll(/\bof\b/g, " ")
    .trim()
    .split(/ +/);
  const [year, day] = first.length === 4 ? [first, second] : [second || first, second ? first : ""];
  if (more.length > 0 || !/^\d{4}$/.test(year) || !/^\d{0,2}$/.test(day)) return null;
  return written(Number(year), month, Number(day));
}

/** The time of day that a database writes after a date, and the zone; after eight digits it has no colon. */
const TIME = /(?:(?<=\d)t| )\s*\d{1,2}:\d{2}.*$|(?<=^\d{8})t?\d{4,6}(?:\.\d+)?(?:[+-]\d{4}|z)?$/;
/** What stands for a part that is not known. */
const NOT_KNOWN = /\?\?|\bxx\b|\*\*|__/g;

/** A date of birth in any of the usual ways, as it is compared: `2017-03-14`, or `2017-03`, or `2017` where that is all that is
 *  known. The first of January is what is typed for "some day that year", so it counts as the year. Null where it is no
 *  date: a day that does not exist (unless it does with day and month exchanged), a year of two digits, a spreadsheet's day
 *  number, a program's first day (1 January 1900). `order` settles 03/04/2017. A time of day is left off as it stands: a day
 *  written as the evening before in another zone is the day before. */
export function bornValue(text: string, order: DateOrder = "DMY"): string | null {
  const plain = text.normalize("NFKC").trim().toLowerCase().replace(TIME, "").replaceAll(NOT_KNOWN, "00");
  if (!/[a-z]/.test(plain)) return fromNumbers(plain, order) || null;
  const words = plain
    .replaceAll(/(?<=\d)(?:st|nd|rd|th)\b/g, " ")
    .replaceAll(/[-/.,]|(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)/g, " ")
    .replaceAll(WEEKDAY, " ")
    .trim();
  const [month] = MONTH.exec(words) ?? [];
  return (month ? fromWords(words, month) : fromNumbers(words, order)) || null;
}

/** How two dates of birth agree, best first. `EXACT`: the same day. `SWAPPED`: day and month exchanged. `ONE_EDIT`: one digit
 *  wrong, or two neighbouring digits exchanged. `TWO_PARTS`: two of year, month and day are the same. `PARTIAL`: one is known less
 *  exactly, and what both know agrees. `ELSE`: they do not agree. */
export type DatesAgree = "EXACT" | "SWAPPED" | "ONE_EDIT" | "TWO_PARTS" | "PARTIAL" | "ELSE";

/** Where the digits stand in `2017-03-14`: four of the year, two of the month, two of the day. */
const DIGITS = [0, 1, 2, 3, 5, 6, 8, 9] as const;

const isExchanged = (a: string, b: string, [one, other]: readonly [number, number]): boolean =>
  a[one] === b[other] && a[other] === b[one];

/** How two dates of birth agree. Takes what `bornValue` gave. The same year alone twice is not the same day: `PARTIAL`. */
export function datesAgree(a: string, b: string): DatesAgree {
  if (a.length < 10 || b.length < 10) {
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    return short !== "" && long.startsWith(short) ? "PARTIAL" : "ELSE";
  }
  if (a === b) return "EXACT";
  const wrong = DIGITS.filter((at) => a[at] !== b[at]);
  const [first = 0, second = 0] = wrong;
  if (first > 3 && isExchanged(a, b, [5, 8]) && isExchanged(a, b, [6, 9])) return "SWAPPED";
  // A hyphen stands between neighbours after the year and after the month.
  const neighbours = wrong.length === 2 && second === first + (first === 3 || first === 6 ? 2 : 1);
  if (wrong.length === 1 || (neighbours && isExchanged(a, b, [first, second]))) return "ONE_EDIT";
  const parts = [first < 4, wrong.some((at) => at === 5 || at === 6), (wrong.at(-1) ?? 0) > 6];
  return parts.filter(Boolean).length === 1 ? "TWO_PARTS" : "ELSE";
}
