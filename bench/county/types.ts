// The county's people, and what agencies wrote down about them.

import type { Origin, People } from "./names.ts";

export type Sex = "f" | "m";
export const SOURCES = ["health", "education", "social-care", "police"] as const;
export type Source = (typeof SOURCES)[number];

/** Somebody as they are. Never seen by what is measured. */
export interface Person {
  /** Place in `County.people`. */
  readonly index: number;
  readonly family: number;
  readonly part: "MOTHER" | "FATHER" | "CHILD";
  readonly people: People;
  readonly sex: Sex;
  readonly forename: string;
  readonly middle: string | null;
  /** The name they go by, where it is not the first. */
  readonly usual: string | null;
  readonly surname: string;
  /** Before a marriage, or a parent's. */
  readonly formerSurname: string | null;
  readonly born: string;
  readonly postcode: string;
  /** Where the family lived before. */
  readonly formerPostcode: string | null;
  readonly nhs: string;
  readonly upn: string | null;
  /** The other of a pair born together. */
  readonly twin: number | null;
  readonly soundAlikeTwin: boolean;
}

/** What one agency wrote. Texts as written; missing is null. */
export interface Written {
  readonly id: string;
  readonly source: Source;
  readonly forename: string | null;
  readonly middle: string | null;
  readonly knownAs: string | null;
  readonly surname: string | null;
  readonly otherSurname: string | null;
  readonly born: string | null;
  readonly bornAccuracy: "DAY" | "YEAR";
  readonly sex: Sex | null;
  readonly postcode: string | null;
  readonly nhs: string | null;
  readonly nhsVerified: boolean;
  readonly upn: string | null;
  readonly la: string | null;
}

export interface Truth {
  /** Whose each record is, by its place in `records`. */
  readonly personOf: Int32Array;
  readonly people: readonly Person[];
}

export interface County {
  readonly seed: number;
  /** In order of arrival. */
  readonly records: readonly Written[];
  /** Homes for many, as the hub's list would have them. */
  readonly sharedPostcodes: readonly string[];
  /** Apart from the records: only who counts mistakes may look. */
  readonly truth: Truth;
}

export const originsIn = (people: readonly Person[], originOf: (people: People) => Origin): readonly Origin[] => [
  ...new Set(people.map((person) => originOf(person.people))),
];
