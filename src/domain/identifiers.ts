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

const POSTCODE = /^(GIR|[A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/;

/** Upper case with one space (`OX99 9ZZ`), or null where the text has not the form of a postcode. */
export function normalisePostcode(text: string): string | null {
  const [, outward, inward] = POSTCODE.exec(text.replaceAll(/\s/g, "").toUpperCase()) ?? [];
  return outward && inward ? `${outward} ${inward}` : null;
}
