// The numbers by which agencies know a child: written one way, and told from mistyped ones by their check characters.
// Rules: NHS Data Dictionary (NHS number), DfE "Unique pupil numbers" (UPN). A valid number is well formed, not issued.

/** Without the spaces and hyphens it is read out in. Says nothing about whether it is valid. */
export const normaliseNhsNumber = (text: string): string => text.replaceAll(/[\s-]/g, "");

const ONE_DIGIT_TEN_TIMES = /^(\d)\1{9}$/;

/** Whether the tenth digit checks the nine before it: weights 10 to 2, modulus 11. One digit ten times over passes that
 *  check and is what people type into a box that will not stay empty, so it is refused. Spaces and hyphens are allowed. */
export function isValidNhsNumber(text: string): boolean {
  const digits = normaliseNhsNumber(text);
  if (!/^\d{10}$/.test(digits) || ONE_DIGIT_TEN_TIMES.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < 9; at += 1) sum += Number(digits[at]) * (10 - at);
  // A remainder of 1 asks for a check digit of 10: no such number exists, and no tenth digit equals it.
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
}

/** Upper case without spaces. Says nothing about whether it is valid. */
export const normaliseUpn = (text: string): string => text.replaceAll(/\s/g, "").toUpperCase();

/** I, O and S are left out: they look like digits. A letter's place here is its value. */
const UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ";
const UPN_SHAPE = /^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$/;

/** Whether the first letter checks the twelve characters after it: weights 2 to 13, modulus 23. Temporary ones count. */
export function isValidUpn(text: string): boolean {
  const upn = normaliseUpn(text);
  if (!UPN_SHAPE.test(upn)) return false;
  let sum = 0;
  for (let at = 1; at < 13; at += 1) {
    const character = upn.charAt(at);
    sum += (at + 1) * (UPN_LETTERS.includes(character) ? UPN_LETTERS.indexOf(character) : Number(character));
  }
  return UPN_LETTERS[sum % 23] === upn[0];
}

/** A valid UPN that stays with the child. A temporary one ends in a letter: a school gives it until it learns the real
 *  one, and two schools may give one child two. */
export const isPermanentUpn = (text: string): boolean => isValidUpn(text) && /\d$/.test(text.trim());

/** Without the spaces and hyphens it is read out in. Says nothing about whether it is valid. */
export const normaliseUln = (text: string): string => text.replaceAll(/[\s-]/g, "");

/** Whether ten digits are a unique learner number: the first is not 0; weights 10 to 1, modulus 11 leaves 10. No number is both
 *  this and an NHS number. Rule: HESA, "ULN". */
export function isValidUln(text: string): boolean {
  const digits = normaliseUln(text);
  if (!/^[1-9]\d{9}$/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < 10; at += 1) sum += Number(digits[at]) * (10 - at);
  return sum % 11 === 10;
}

/** Upper case without the spaces, hyphens and slashes that some write in it. */
export const normaliseLaChildId = (text: string): string => text.replaceAll(/[\s/-]/g, "").toUpperCase();

/** Whether text has the form of a local authority's number for a child: 1 to 20 letters and digits, a digit other than 0 among
 *  them. It has no check character, and each authority has its own: two may give one number to two children. Rule: DfE,
 *  children in need census, "LA child ID" (20 characters from 2024-25, 10 before). */
export const isWellFormedLaChildId = (text: string): boolean =>
  /^(?=.*[1-9])[A-Z\d]{1,20}$/.test(normaliseLaChildId(text));

const PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY";
const PNC = /^(\d{4}|\d{2})\/?(\d{1,7})([A-Z])$/;

/** `2017/0001234X`, as the Police National Computer stores it, or null where the text has not that form. Short forms (`17/1234X`)
 *  are written out: two digits of a year from 50 are of the last century. Says nothing about whether it is valid. */
export function normalisePnc(text: string): string | null {
  const plain = text.replaceAll(/[\s-]/g, "").toUpperCase();
  // Without its slash, a short form's year cannot be told from its serial number.
  const [, year, serial, letter] = PNC.exec(plain) ?? [];
  if (!year || !serial || !letter || (!plain.includes("/") && plain.length !== 12)) return null;
  const century = year.length === 4 ? "" : Number(year) < 50 ? "20" : "19";
  return `${century}${year}/${serial.padStart(7, "0")}${letter}`;
}

/** Whether the letter checks the year's last two digits and the seven after it: modulus 23. Rule: Ministry of Justice, PNC ID. */
export function isValidPnc(text: string): boolean {
  const pnc = normalisePnc(text);
  return pnc !== null && PNC_LETTERS[Number(pnc.slice(2, 4) + pnc.slice(5, 12)) % 23] === pnc[12];
}

/** NHS numbers that are never issued, for tests: 999 000 0000 to 999 999 9999. */
export const isTestNhsNumber = (text: string): boolean => normaliseNhsNumber(text).startsWith("999");

/** The numbers that records are compared by, by their field's name. */
export const COMPARED_IDENTIFIERS = ["nhs", "upn", "uln", "la", "pnc"] as const;
export type ComparedIdentifier = (typeof COMPARED_IDENTIFIERS)[number];

/** The number as it is compared, or null where it must not be: mistyped (its check fails), one digit ten times, or a temporary
 *  UPN, of which a child may have several. Such a number stays with its agency and is shown; it is never evidence. A running
 *  system with real children sets `refuseTest`, so that nobody is found by a made-up NHS number. */
export function identifierValue(
  kind: ComparedIdentifier,
  text: string,
  { refuseTest = false }: { readonly refuseTest?: boolean } = {},
): string | null {
  if (kind === "nhs")
    return isValidNhsNumber(text) && !(refuseTest && isTestNhsNumber(text)) ? normaliseNhsNumber(text) : null;
  if (kind === "upn") return isPermanentUpn(text) ? normaliseUpn(text) : null;
  if (kind === "uln") return isValidUln(text) ? normaliseUln(text) : null;
  if (kind === "la") return isWellFormedLaChildId(text) ? normaliseLaChildId(text) : null;
  return isValidPnc(text) ? normalisePnc(text) : null;
}

const POSTCODE = /^(GIR|[A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/;

/** Upper case with one space (`OX99 9ZZ`), or null where the text has not the form of a postcode. */
export function normalisePostcode(text: string): string | null {
  const [, outward, inward] = POSTCODE.exec(text.replaceAll(/\s/g, "").toUpperCase()) ?? [];
  return outward && inward ? `${outward} ${inward}` : null;
}
