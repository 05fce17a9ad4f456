/** A student is known within a school, so a record of this system is both: `A1930499544.A1749100001`. */
interface StudentRef {
  readonly school: string;
  readonly student: string;
}

export const recordIdOf = (school: string, id: string): string => `${school}.${id}`;

/** The two halves, or null for an id that this system cannot have given. */
export function parseRecordId(recordId: string): StudentRef | null {
  const [, school, student] = /^(\w+)\.(\w+)$/.exec(recordId) ?? [];
  return school && student ? { school, student } : null;
}
