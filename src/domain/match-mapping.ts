// Which column of a file is which field: guessed from its name, else from what stands in it, and what a person said instead.

import { COLUMN_FIELDS, headerSays, isColumnField, plainHeader } from "./match-columns.ts";
import { type ColumnProfile, contentSays, doubted } from "./match-content.ts";

/** Why a column is taken for a field where its name says nothing. */
export const GUESSED_FROM_CONTENT = "what stands in it";

/** One column of a file. */
export interface MappedColumn {
  readonly at: number;
  readonly header: string;
  /** The field; null where the column is not compared. */
  readonly field: string | null;
  /** For the table that is shown: from where that is known, or why it is left out. */
  readonly because: string;
}

/** What a person said: a field for a column, and columns to leave out. By the column's name as it stands in the file. */
export interface Said {
  readonly map: ReadonlyMap<string, string>;
  readonly ignore: ReadonlySet<string>;
}

/** Fields that a record may have several values of: a second column adds to the first. */
const SEVERAL: ReadonlySet<string> = new Set(["forename", "surname", "formerSurname", "phone", "email", "postcode"]);
/** Fields of no certain meaning: each column is one of its own, under its name. */
const OWN_NAME: ReadonlySet<string> = new Set(["text", "number", "category", "identifier"]);

/** The columns of a file as they will be used. The column of ids is never compared. */
export function mapColumns(profiles: readonly ColumnProfile[], idAt: number, said: Said): MappedColumn[] {
  const guessed = profiles.map((profile, at) => ({ at, header: profile.header, ...guess(profile, at === idAt, said) }));
  return apart(wholeNames(guessed));
}

type Guess = Pick<MappedColumn, "field" | "because">;

function guess(profile: ColumnProfile, isId: boolean, { map, ignore }: Said): Guess {
  const { header } = profile;
  if (isId) return { field: null, because: "the ids" };
  const told = map.get(header);
  if (told !== undefined) return { field: told, because: "said with --map" };
  if (ignore.has(header)) return { field: null, because: "said with --ignore" };
  const says = headerSays(header);
  if (says === "TRUTH") return { field: null, because: "looks like the answer; --map it to have it compared" };
  if (says === "ROW") return { field: null, because: "about the row, not the person" };
  if (profile.filled === 0) return { field: null, because: "empty" };
  if (says !== null) {
    const field = doubted(says, profile);
    return field === null
      ? { field, because: "its name says a name, but it holds numbers" }
      : { field, because: "its name" };
  }
  const field = contentSays(profile);
  return { field, because: field === null ? "tells nobody apart" : GUESSED_FROM_CONTENT };
}

/** A column `name` beside a surname is a first name; a whole name beside its parts is left out. */
function wholeNames(columns: readonly MappedColumn[]): MappedColumn[] {
  const isGuess = ({ field, because }: MappedColumn): boolean => field === "fullName" && !because.startsWith("said");
  const hasSurname = columns.some(({ field }) => field === "surname");
  const named = columns.map((column): MappedColumn =>
    hasSurname && isGuess(column) && plainHeader(column.header) === "name" ? { ...column, field: "forename" } : column,
  );
  if (!hasSurname || !named.some(({ field }) => field === "forename")) return named;
  const because = "its parts have columns of their own";
  return named.map((column) => (isGuess(column) ? { ...column, field: null, because } : column));
}

function apart(columns: readonly MappedColumn[]): MappedColumn[] {
  const seen = new Set<string>();
  return columns.map((column) => {
    const { field, header } = column;
    if (field === null) return column;
    const isOwn = OWN_NAME.has(field) || (seen.has(field) && !SEVERAL.has(field));
    const isGuessedDate = field === "born" && seen.has("born") && column.because === GUESSED_FROM_CONTENT;
    if (isGuessedDate) return { ...column, field: null, because: "a further date" };
    seen.add(field);
    return isOwn ? { ...column, field: `${field}:${plainHeader(header)}` } : column;
  });
}

/** What stands on both sides of each `=` in `--map column=field,...`. Throws one sentence for what is not of that form. */
export function mapPairs(text: string | undefined): [string, string][] {
  const parts = (text ?? "").split(",").map((each) => each.trim());
  return parts.filter(Boolean).map((part) => {
    const cut = part.lastIndexOf("=");
    const [left, right] = [part.slice(0, cut).trim(), part.slice(cut + 1).trim()];
    if (cut < 1 || !right) throw new Error(`--map: write column=field, with commas between; this is not one: ${part}`);
    return [left, right];
  });
}

/** What was said, as columns of these files. `field=column` is understood too where only that way round makes sense.
 *  Throws one sentence for each column or field that does not exist. */
export function saidOf(
  pairs: readonly [string, string][],
  ignore: readonly string[],
  headers: readonly string[],
): Said {
  const known = new Set(headers);
  const map = new Map<string, string>();
  const problems: string[] = [];
  const columns = `the columns are ${[...known].join(", ")}`;
  for (const [left, right] of pairs) {
    const [column, name] =
      known.has(left) || !known.has(right) || fieldNamed(left) === null ? [left, right] : [right, left];
    const field = fieldNamed(name);
    if (!known.has(column)) problems.push(`--map: there is no column ${column}; ${columns}`);
    else if (field === null)
      problems.push(`--map: there is no field ${name}; the fields are ${Object.keys(COLUMN_FIELDS).join(", ")}`);
    else map.set(column, field);
  }
  for (const column of ignore)
    if (!known.has(column)) problems.push(`--ignore: there is no column ${column}; ${columns}`);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return { map, ignore: new Set(ignore) };
}

/** A field by its own name, or by any name that a column of it may have: `given_name` is `forename`. */
function fieldNamed(name: string): string | null {
  if (isColumnField(name)) return name;
  const says = headerSays(name);
  return says === null || says === "TRUTH" || says === "ROW" ? null : says;
}
