// A data team's file, read into memory as it is compared. Two passes: a sample to see what the columns are, then all of it.

import type { ColumnProfile } from "./domain/match-content.ts";
import { profileOf } from "./domain/match-content.ts";
import { headerSays, idColumns } from "./domain/match-columns.ts";
import { mapColumns, type MappedColumn, saidOf } from "./domain/match-mapping.ts";
import { leftForOthers, mostTelling } from "./domain/match-telling.ts";
import { RecordTable, type Unreadable } from "./domain/match-table.ts";
import { sourcesOf } from "./domain/match-values.ts";
import type { NameWords } from "./domain/compared.ts";
import type { DateOrder } from "./domain/born.ts";
import { type CsvRow, rowsOf } from "./cli-match-rows.ts";
import type { TextSeen } from "./cli-match-text.ts";

const SAMPLE = 5_000;

/** What stands in a file's header, and in its first rows. */
export interface FileHead {
  readonly file: string;
  readonly headers: readonly string[];
  readonly profiles: readonly ColumnProfile[];
}

/** Reads the header and a sample. Throws one sentence where there is no header, or nothing below it. */
export async function headOf(file: string): Promise<FileHead> {
  const rows: CsvRow[] = [];
  for await (const row of rowsOf(file, newSeen())) {
    rows.push(row);
    if (rows.length > SAMPLE) break;
  }
  const [first, ...sample] = rows;
  if (!first) throw new Error(`${file}: the file is empty; its first line must name the columns`);
  const headers = first.cells.map((name, at) => name || `column_${at + 1}`);
  const twice = headers.find((name, at) => headers.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`${file}: line ${first.line}: two columns are named ${twice}; rename one`);
  const looksLikeData = first.cells.some((cell) => /^\d[\d/.-]*$/.test(cell)) && !headers.some(isKnown);
  if (looksLikeData)
    throw new Error(`${file}: line ${first.line}: this is no header; the first line must name the columns`);
  if (sample.length === 0) throw new Error(`${file}: there are no records below the header`);
  const profiles = headers.map((header, at) =>
    profileOf(
      first.cells[at] ? header : "",
      sample.map(({ cells }) => cells[at] ?? ""),
    ),
  );
  return { file, headers, profiles: profiles.map((profile, at) => ({ ...profile, header: headers[at] ?? "" })) };
}

const isKnown = (header: string): boolean => headerSays(header) !== null || idColumns([header]).length > 0;

/** What a person said on the command line about columns. */
export interface ColumnWishes {
  readonly pairs: readonly [string, string][];
  readonly ignore: readonly string[];
  /** The columns of ids: one for all files, or one for each. */
  readonly ids: readonly string[];
}

/** How a file will be read. */
export interface FilePlan extends FileHead {
  readonly idAt: number;
  readonly columns: readonly MappedColumn[];
}

/** Decides what each column of each file is. Throws a sentence for everything that does not fit. */
export function plansOf(heads: readonly FileHead[], wishes: ColumnWishes): FilePlan[] {
  const { pairs, ignore, ids } = wishes;
  if (ids.length > 1 && ids.length !== heads.length)
    throw new Error("--id: name one column, or one for each file with a comma between");
  const idsAt = heads.map((head, at) => idColumnOf(head, ids.length > 1 ? ids[at] : ids[0]));
  const said = saidOf(
    pairs,
    ignore,
    heads.flatMap(({ headers }) => headers),
  );
  const mapped = heads.map((head, at) => ({ ...head, columns: mapColumns(head.profiles, idsAt[at] ?? 0, said) }));
  const telling = mostTelling(mapped);
  for (const [at, columns] of telling.entries())
    if (columns.every(({ field }) => field === null))
      throw new Error(`${heads[at]?.file}: no column can be compared; say what they are with --map column=field,...`);
  return heads.map((head, at) => ({ ...head, idAt: idsAt[at] ?? 0, columns: telling[at] ?? [] }));
}

function idColumnOf({ file, headers, profiles }: FileHead, said: string | undefined): number {
  const list = `the columns are ${headers.join(", ")}`;
  if (said !== undefined) {
    const at = headers.indexOf(said);
    if (at === -1) throw new Error(`${file}: --id: there is no column ${said}; ${list}`);
    return at;
  }
  const isUnique = (at: number): boolean => {
    const profile = profiles[at];
    return profile !== undefined && profile.filled > 0 && profile.distinct === profile.filled;
  };
  const candidates = idColumns(headers);
  const found = candidates.find(isUnique) ?? candidates[0];
  if (found === undefined)
    throw new Error(
      `${file}: there is no column of ids; name the one that tells records apart with --id COLUMN; ${list}`,
    );
  return found;
}

/** A file in memory. */
export interface FileRead {
  readonly file: string;
  readonly ids: readonly string[];
  readonly table: RecordTable;
  readonly notes: FileNotes;
}

/** What people should know about how it was read. Counts and line numbers, no values. */
export interface FileNotes {
  readonly file: string;
  readonly records: number;
  /** Columns that are not compared because others, of whose names nothing is known either, tell more. */
  readonly columnsLeftOut: readonly string[];
  readonly encoding: TextSeen["encoding"];
  readonly linesNotUtf8: number;
  readonly firstLineNotUtf8: number | null;
  readonly linesOfOtherLength: number;
  readonly firstLineOfOtherLength: number | null;
  /** Cells that hold the sign for a letter that an earlier program lost. */
  readonly cellsWithLostLetters: number;
  readonly dateOrder: DateOrder;
  readonly bothDateOrders: boolean;
  readonly unreadable: readonly Unreadable[];
}

const newSeen = (): TextSeen => ({ encoding: "UTF-8", otherLines: 0, firstOtherLine: null });
const LINES_SAID = 5;

/** Reads the whole file. Throws one sentence for ids that are missing, and one for ids that stand twice; lines, not values. */
export async function readAll(plan: FilePlan, words: NameWords): Promise<FileRead> {
  const { file, idAt, headers } = plan;
  const seen = newSeen();
  const table = new RecordTable(sourcesOf(plan.columns), words);
  const ids: string[] = [];
  const lineOf = new Map<string, number>();
  const wrong = { missing: new Lines(), twice: new Lines() };
  const other = new Lines();
  let lost = 0;
  let isHeader = true;
  for await (const { cells, line } of rowsOf(file, seen)) {
    if (isHeader) {
      isHeader = false;
      continue;
    }
    if (cells.length !== headers.length) other.add(line);
    for (const cell of cells) if (cell.includes("\uFFFD")) lost += 1;
    const id = cells[idAt] ?? "";
    const before = lineOf.get(id);
    if (id === "") wrong.missing.add(line);
    else if (before !== undefined) wrong.twice.add(`${line} (as in ${before})`);
    else lineOf.set(id, line);
    ids.push(id);
    table.add(cells);
  }
  const column = headers[idAt] ?? "";
  const problems = [
    wrong.missing.count > 0 &&
      `${file}: no id in column ${column} at line ${wrong.missing}; every record needs one, or name another column with --id`,
    wrong.twice.count > 0 &&
      `${file}: column ${column} holds an id twice at line ${wrong.twice}; ids must tell records apart, or name another column with --id`,
  ].filter((problem) => problem !== false);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const { order, bothOrders, unreadable } = table.close();
  const notes: FileNotes = {
    file,
    records: ids.length,
    columnsLeftOut: leftForOthers(plan.columns),
    encoding: seen.encoding,
    linesNotUtf8: seen.otherLines,
    firstLineNotUtf8: seen.firstOtherLine,
    linesOfOtherLength: other.count,
    firstLineOfOtherLength: other.first,
    cellsWithLostLetters: lost,
    dateOrder: order,
    bothDateOrders: bothOrders,
    unreadable,
  };
  return { file, ids, table, notes };
}

/** The first few lines of something, and how many more. */
class Lines {
  readonly #said: (number | string)[] = [];
  count = 0;
  first: number | null = null;

  add(line: number | string): void {
    this.count += 1;
    if (this.#said.length < LINES_SAID) this.#said.push(line);
    if (typeof line === "number") this.first ??= line;
  }

  toString(): string {
    const more = this.count - this.#said.length;
    return this.#said.join(", ") + (more > 0 ? ` and ${more} more` : "");
  }
}
