// Which of many columns are compared, where nothing but what stands in them says what they are.

import type { ColumnProfile } from "./match-content.ts";
import { GUESSED_FROM_CONTENT, type MappedColumn } from "./match-mapping.ts";

/** So many columns of no certain meaning are compared. More teach nothing about people that these do not, and the time to learn grows
 *  with each. */
export const MOST_GUESSED = 20;

/** A file's columns, and what a sample of each shows, in the same order. */
export interface GuessedFile {
  readonly columns: readonly MappedColumn[];
  readonly profiles: readonly ColumnProfile[];
}

/** Guessed from content, and a field of its own: `text:colour`. A guessed birthday or postcode is one field, and stays. */
const guessedField = ({ field, because }: MappedColumn): string | null =>
  because === GUESSED_FROM_CONTENT && field?.includes(":") ? field : null;

/** How much each field tells: many different values, in most records. A field that a file lacks is not compared, and tells nothing. */
function tellingOf(files: readonly GuessedFile[]): ReadonlyMap<string, number> {
  const seen = files.map(({ columns, profiles }) => {
    const own = new Map<string, number>();
    columns.forEach((column, at) => {
      const [field, profile] = [guessedField(column), profiles[at]];
      if (field && profile) own.set(field, profile.distinct * profile.filled);
    });
    return own;
  });
  const fields = new Set(seen.flatMap((own) => [...own.keys()]));
  return new Map([...fields].map((field) => [field, Math.min(...seen.map((own) => own.get(field) ?? 0))]));
}

/** Leaves out all guessed columns but the most telling, the same in all files. What a name or a person says is never left out. */
export function mostTelling(files: readonly GuessedFile[]): readonly (readonly MappedColumn[])[] {
  const kept = new Set(
    [...tellingOf(files)]
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, MOST_GUESSED)
      .map(([field]) => field),
  );
  const isLeft = (field: string | null): boolean => field !== null && !kept.has(field);
  return files.map(({ columns }) =>
    columns.map((column) =>
      isLeft(guessedField(column)) ? { ...column, field: null, because: LESS_TELLING } : column,
    ),
  );
}

const LESS_TELLING = `tells less than ${MOST_GUESSED} others whose names say nothing`;

/** The columns that were left out for others that tell more. */
export const leftForOthers = (columns: readonly MappedColumn[]): string[] =>
  columns.filter(({ because }) => because === LESS_TELLING).map(({ header }) => header);
