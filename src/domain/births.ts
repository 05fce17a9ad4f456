// Unborn children. They are never compared by weight: what is known of one is its mother and the day it is expected. That a newborn is
// the child that was expected is proposed here, and decided by a person.

import { daysBetween, type PlainDate } from "./plain-date.ts";
import type { RelationshipRole, StatedRelationship } from "./statements.ts";
import { comparedNumber } from "./sealed.ts";

const WEEK = 7;
/** Born earlier before the day expected than this, it is no child that lived. */
export const EARLIEST_DAYS = 18 * WEEK;
/** Born later after it, it is another child. */
export const LATEST_DAYS = 4 * WEEK;
/** Expected further apart, two unborn children of one mother are of two pregnancies. */
export const ONE_PREGNANCY_DAYS = 8 * WEEK;
/** Until this age a child's mother is asked for, to see whether it was expected. */
export const NEWBORN_DAYS = 26 * WEEK;

/** What is known of a child's record, for this question. */
export interface BirthFacts {
  /** Null for an unborn child, and for one whose birthday is not known to the day. */
  readonly bornOn: PlainDate | null;
  /** The day expected; null for a child that is born. */
  readonly expectedOn: PlainDate | null;
}

export const isExpected = ({ bornOn, expectedOn }: BirthFacts): boolean => bornOn === null && expectedOn !== null;

/** Whether a child's mother is to be asked for: it is unborn, or was born in the last 26 weeks. */
export function asksForMother({ bornOn, expectedOn }: BirthFacts, today: PlainDate): boolean {
  if (isExpected({ bornOn, expectedOn })) return true;
  if (bornOn === null) return false;
  const days = daysBetween(bornOn, today);
  return days >= 0 && days <= NEWBORN_DAYS;
}

/** Whether a child born on this day may be the one expected on that: 18 weeks before it to 4 weeks after. */
export function mayBeBirthOf(expectedOn: PlainDate, bornOn: PlainDate): boolean {
  const late = daysBetween(expectedOn, bornOn);
  return late >= -EARLIEST_DAYS && late <= LATEST_DAYS;
}

/** Whether two unborn children of one mother may be one: expected at most 8 weeks apart. Further apart they are two pregnancies. */
export const mayBeOnePregnancy = (a: PlainDate, b: PlainDate): boolean =>
  Math.abs(daysBetween(a, b)) <= ONE_PREGNANCY_DAYS;

/** Whether a person should be asked if two records with one mother are one child; null where there is nothing to ask. */
export function birthBetween(a: BirthFacts, b: BirthFacts): "BIRTH" | "SAME_PREGNANCY" | null {
  if (isExpected(a) && isExpected(b))
    return a.expectedOn && b.expectedOn && mayBeOnePregnancy(a.expectedOn, b.expectedOn) ? "SAME_PREGNANCY" : null;
  const [unborn, born] = isExpected(a) ? [a, b] : [b, a];
  if (!isExpected(unborn) || !unborn.expectedOn || !born.bornOn) return null;
  return mayBeBirthOf(unborn.expectedOn, born.bornOn) ? "BIRTH" : null;
}

/** One of the two whom a birth would make one. */
export interface BirthSide {
  readonly personId: string;
  /** One of their records, at least, is of a child that is born. */
  readonly born: boolean;
}

export const TWINS =
  "Both have been born: the unborn record is confirmed with another child of this birth already, and the two may be twins. Each stays a child of their own. If they are two records of one child, decide on those first";

/** Whether a person may say that these two are one child because of a birth. An unborn child becomes one child that is born: where both
 *  have been born it is twins, or a question about the newborns that is not asked here. `because` is for whoever decides; empty where it
 *  is allowed. */
export function mayConfirmBirth(
  one: BirthSide,
  other: BirthSide,
): { readonly allowed: boolean; readonly because: string } {
  const isTwins = one.personId !== other.personId && one.born && other.born;
  return { allowed: !isTwins, because: isTwins ? TWINS : "" };
}

const OF_MOTHER: ReadonlySet<RelationshipRole> = new Set(["MOTHER", "PARENT_OF_UNBORN"]);

/** The texts of the keys that name a child's mother, as its agency states her: `mother|nhs|...`. Only with her NHS number; a name is
 *  no key, and a mother of the past is none. */
export const motherTexts = (relationships: readonly StatedRelationship[]): string[] => [
  ...new Set(
    relationships
      .filter(({ role, untilOn }) => OF_MOTHER.has(role) && untilOn === null)
      .flatMap(({ otherIdentifiers }) => otherIdentifiers.flatMap((each) => comparedNumber(each) ?? []))
      .filter(({ field }) => field === "nhs")
      .map(({ value }) => motherText(value)),
  ),
];

/** The text of the key that names a mother by her NHS number. */
export const motherText = (nhsNumber: string): string => `mother|nhs|${nhsNumber}`;
