// Whether two claims about a family may mean one person by name. Good enough to ask somebody about; nothing is joined by it.

import type { PlainDate } from "./plain-date.ts";
import type { StatedName } from "./statements.ts";

/** What a claim says of who somebody is. */
export interface Called {
  readonly name: StatedName | null;
  readonly bornOn: PlainDate | null;
}

/** Letters that a short form of a forename has in common with the whole: Dan, Danny, Daniel. */
const SHORT = 3;

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[’'.]/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const partsOf = (text: string): string[] => plain(text).split(" ").filter(Boolean);

const firstOf = ({ forenames }: StatedName): string => partsOf(forenames[0] ?? "")[0] ?? "";

/** One half of a double surname is enough; where somebody recorded none, nothing speaks against it. */
function mayShareSurname(a: StatedName, b: StatedName): boolean {
  const [left, right] = [partsOf(a.surname ?? ""), partsOf(b.surname ?? "")];
  return left.length === 0 || right.length === 0 || left.some((part) => right.includes(part));
}

/** An initial, a short form or the whole of one forename. Two without a forename are not alike by their surname alone. */
function mayShareForename(a: StatedName, b: StatedName): boolean {
  const [left, right] = [firstOf(a), firstOf(b)];
  if (left === "" || right === "") return false;
  if (left === right || left.length === 1 || right.length === 1) return left[0] === right[0];
  return left.slice(0, SHORT) === right.slice(0, SHORT);
}

/** Whether these may be two spellings of one person's name. */
export const namesAlike = (a: StatedName, b: StatedName): boolean => mayShareSurname(a, b) && mayShareForename(a, b);

/** Whether a practitioner should be asked if these two are one person. With different birthdays only the same forename will do. */
export function mayBeOne(a: Called, b: Called): boolean {
  if (!a.name || !b.name || !namesAlike(a.name, b.name)) return false;
  return !a.bornOn || !b.bornOn || a.bornOn === b.bornOn || firstOf(a.name) === firstOf(b.name);
}

/** Whether these are word for word one name, apart from case, accents and signs. */
export const isSameName = (a: StatedName, b: StatedName): boolean =>
  plain([...a.forenames, a.surname ?? ""].join(" ")) === plain([...b.forenames, b.surname ?? ""].join(" "));
