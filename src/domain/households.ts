// Whether two records speak of one household: surname and postcode, weighed as one. Those who share the one so often share the
// other that to count both would count one thing twice. A side without a postcode leaves the surname alone, and the other way
// round: what is missing is evidence of nothing.

import { bestLevel, type Values, surnameLevel } from "./levels-names.ts";
import { postcodeLevel } from "./levels-values.ts";
import { addTo, nth } from "./nth.ts";

const SURNAMES = ["SAME", "CLOSE", "OTHER"] as const;
const POSTCODES = ["SAME", "NEAR", "OUTWARD", "OTHER"] as const;

/** Surname, then postcode. `CLOSE` surnames are one mistyped letter or two apart, or one is part of the other (`smith`, `smith
 *  jones`); `NEAR` postcodes are one mistyped letter apart, or of one sector; `OUTWARD` ones share their first half. */
export const HOUSEHOLD_LEVELS = [
  ...SURNAMES.flatMap((surname) => POSTCODES.map((postcode) => `${surname}_${postcode}`)).slice(0, -1),
  "SURNAME_SAME",
  "SURNAME_CLOSE",
  "SURNAME_ELSE",
  "POSTCODE_SAME",
  "POSTCODE_NEAR",
  "POSTCODE_OUTWARD",
  "POSTCODE_ELSE",
  "ELSE",
] as const;

const PLACES = POSTCODES.length;
const ELSE = HOUSEHOLD_LEVELS.length - 1;
const SURNAME_ONLY = HOUSEHOLD_LEVELS.indexOf("SURNAME_SAME");
const POSTCODE_ONLY = HOUSEHOLD_LEVELS.indexOf("POSTCODE_SAME");

const SURNAME_PLACE = [0, 1, 1, 2, 2, 2] as const;
const POSTCODE_PLACE = [0, 1, 1, 2, 3] as const;

/** The levels at which two records are taken to be of one household. Twins agree on all of them and on the birthday. */
export const SAME_HOUSEHOLD: ReadonlySet<string> = new Set(["SAME_SAME", "SAME_NEAR", "CLOSE_SAME"]);

/** The place in HOUSEHOLD_LEVELS; -1 where neither surname nor postcode is on both sides. */
export function householdLevel(surnames: readonly [Values, Values], postcodes: readonly [Values, Values]): number {
  const surname = bestLevel(surnames[0], surnames[1], surnameLevel);
  const postcode = bestLevel(postcodes[0], postcodes[1], postcodeLevel);
  if (surname < 0) return postcode < 0 ? -1 : POSTCODE_ONLY + nth(POSTCODE_PLACE, postcode);
  if (postcode < 0) return SURNAME_ONLY + nth(SURNAME_PLACE, surname);
  const level = nth(SURNAME_PLACE, surname) * PLACES + nth(POSTCODE_PLACE, postcode);
  return level === SURNAMES.length * PLACES - 1 ? ELSE : level;
}

/** Counts of household levels, with those that have both surname and postcode counted once more for each of the two alone: what is
 *  known of a surname does not depend on whether there is a postcode beside it. */
export function withMargins(counts: readonly number[]): number[] {
  const more = [...counts];
  SURNAMES.forEach((_, surname) =>
    POSTCODES.forEach((__, postcode) => {
      const level = surname * PLACES + postcode;
      const count = nth(counts, level === SURNAMES.length * PLACES - 1 ? ELSE : level);
      addTo(more, SURNAME_ONLY + surname, count);
      addTo(more, POSTCODE_ONLY + postcode, count);
    }),
  );
  return more;
}
