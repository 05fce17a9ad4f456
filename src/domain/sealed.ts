// Sealed records: the old identity of somebody adopted, of somebody whose gender is recognised, or of somebody who is protected. What
// is sealed is known to the hub by keyed hashes alone, made of these texts and of no other, so that nothing else leads to it.

import { COMPARED_IDENTIFIERS, type ComparedIdentifier, identifierValue } from "./identifiers.ts";
import type { Compared } from "./compared.ts";
import { comparedFieldOf } from "./record-compared.ts";
import type { StatedIdentifier, StatedRelationship } from "./statements.ts";

export const SEAL_KINDS = ["ADOPTION", "GENDER_RECOGNITION", "PROTECTED_IDENTITY"] as const;
/** Why an identity is sealed. */
export type SealKind = (typeof SEAL_KINDS)[number];

export const QUARANTINE_STATES = ["WAITING", "RELEASED", "SEALED"] as const;
/** What became of a record that came in with a sealed number. */
export type QuarantineState = (typeof QUARANTINE_STATES)[number];

export const QUARANTINE_DECISIONS = ["RELEASE", "SEAL"] as const;
/** Whether it may come in without the number, or is the old identity's own. */
export type QuarantineDecision = (typeof QUARANTINE_DECISIONS)[number];

/** A number, written the one way in which it is compared. */
export interface ComparedNumber {
  readonly field: ComparedIdentifier;
  readonly value: string;
}

/** The text of which a sealed number's hash is made. */
export const sealedNumberText = ({ field, value }: ComparedNumber): string => `sealed|${field}|${value}`;

/** The text of which a sealed record's hash is made. */
export const sealedRecordText = (agencyId: string, recordId: string): string => `sealed|record|${agencyId}|${recordId}`;

/** The text of which the hash is made that lets one record in without one number. */
export const permitText = (agencyId: string, recordId: string, { field, value }: ComparedNumber): string =>
  `permit|${agencyId}|${recordId}|${field}|${value}`;

/** The numbers by which a record is compared, each once. */
export const numbersIn = (compared: Compared): ComparedNumber[] =>
  COMPARED_IDENTIFIERS.flatMap((field) => (compared[field] ?? []).map((value) => ({ field, value })));

/** The same record without these numbers, as if it had come without them. */
export function withoutNumbers(compared: Compared, numbers: readonly ComparedNumber[]): Compared {
  const left = (field: string, values: readonly string[] = []) =>
    values.filter(
      (value) => !numbers.some((one) => one.value === value && field.replace("Verified", "") === one.field),
    );
  return Object.fromEntries(
    Object.entries(compared)
      .map(([field, values]) => [field, left(field, values)] as const)
      .filter(([, values]) => values.length > 0),
  );
}

/** A number that somebody stated, as it is compared; null for one that is not, or is mistyped. */
export function comparedNumber({ kind, value }: Pick<StatedIdentifier, "kind" | "value">): ComparedNumber | null {
  const field = comparedFieldOf(kind);
  const written = field && identifierValue(field, value);
  return field && written ? { field, value: written } : null;
}

/** The texts under which whoever a relationship names would be sealed: the record, and each number. */
export function textsNaming(
  agencyId: string,
  { otherRecordId, otherIdentifiers }: Pick<StatedRelationship, "otherRecordId" | "otherIdentifiers">,
): string[] {
  const record = otherRecordId === null ? [] : [sealedRecordText(agencyId, otherRecordId)];
  return [...record, ...textsOfNumbers(otherIdentifiers)];
}

/** The texts under which these numbers would be sealed. */
export const textsOfNumbers = (identifiers: readonly StatedIdentifier[]): string[] =>
  identifiers.flatMap((identifier) => {
    const number = comparedNumber(identifier);
    return number ? [sealedNumberText(number)] : [];
  });
