// Postcodes as they are compared: one way of writing each, mended where a slip is plain, never guessed.

import { normalisePostcode } from "./identifiers.ts";

/** The letters that a postcode of the United Kingdom, the islands or the forces begins with. Source: Royal Mail, Programmers'
 *  Guide to the PAF, postcode areas. */
const AREAS = new Set(
  (
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL " +
    "GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX " +
    "PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR " +
    "WS WV YO ZE"
  ).split(" "),
);

/** After the area one or two digits; or, in London, one and a letter of those that are used there. */
const OUTWARD = /^(?:([A-Z]{1,2})(?:\d|[1-9]\d)|([A-Z])\d[A-HJKPSTUW]|([A-Z]{2})\d[ABEHMNPRV-Y])$/;
/** C, I, K, M, O and V are never in the last two places: they look like something else. */
const INWARD = /^\d[ABD-HJLNP-UW-Z]{2}$/;

function isOutward(text: string): boolean {
  const [, digits, short, long] = OUTWARD.exec(text) ?? [];
  return AREAS.has(digits ?? short ?? long ?? "");
}

/** The first, once a bank's own, has a form of its own. */
const isUnitedKingdom = (text: string): boolean =>
  text === "GIR0AA" || (INWARD.test(text.slice(-3)) && isOutward(text.slice(0, -3)));
const spaced = (text: string): string => `${text.slice(0, -3)} ${text.slice(-3)}`;

const LOOKS_LIKE: Readonly<Record<string, string>> = { "0": "O", O: "0", "1": "I", I: "1" };

/** Every way to read the text where a nought may be the letter O, and a one the letter I. */
const readingsOf = (text: string): readonly string[] =>
  [...text].reduce<readonly string[]>(
    (readings, character) => {
      const other = LOOKS_LIKE[character];
      return readings.flatMap((start) => (other ? [start + character, start + other] : [start + character]));
    },
    [""],
  );

/** England's health service gives these to people without an address, or from abroad: thousands share one. */
const NO_ADDRESS = /^ZZ99\d[A-Z]{2}$/;

/** The postcode as it is compared. One of the United Kingdom as `OX99 9ZZ`, with 0 for O and 1 for I put right where only one
 *  reading is a postcode; any other country's in upper case without spaces. Null for what is none: no digit in it (`unknown`),
 *  the half of one (`OX99`), noughts only, or a code for having no address (`ZZ99 3VZ`). */
export function postcodeValue(text: string): string | null {
  const plain = text
    .normalize("NFKC")
    .toUpperCase()
    .replaceAll(/[^A-Z\d]/g, "");
  if (plain.length < 3 || plain.length > 10 || !/\d/.test(plain) || /^0+$/.test(plain) || NO_ADDRESS.test(plain))
    return null;
  if (isUnitedKingdom(plain)) return spaced(plain);
  const readings = plain.length < 5 || plain.length > 7 ? [] : readingsOf(plain).filter(isUnitedKingdom);
  const [only, ...more] = readings;
  if (only && more.length === 0) return spaced(only);
  return isOutward(plain) ? null : (normalisePostcode(plain) ?? plain);
}

const WRITTEN = /^([A-Z\d]{2,4}) (\d)[A-Z]{2}$/;

/** The first half of a postcode of the United Kingdom, a town's quarter (`OX99`); null for another country's. Takes what
 *  `postcodeValue` gave. */
export const outwardOf = (postcode: string): string | null => WRITTEN.exec(postcode)?.[1] ?? null;

/** The first half and a digit, some thousands of homes (`OX99 9`); null for another country's. */
export function sectorOf(postcode: string): string | null {
  const [, outward, digit] = WRITTEN.exec(postcode) ?? [];
  return outward && digit ? `${outward} ${digit}` : null;
}
