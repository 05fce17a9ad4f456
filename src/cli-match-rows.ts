// The rows of a CSV file, whichever sign stands between its cells.

import { parse } from "csv-parse";
import { Readable } from "node:stream";
import { type TextSeen, textOf } from "./cli-match-text.ts";

/** A row below the header. */
export interface CsvRow {
  readonly cells: readonly string[];
  /** Where it ends, as an editor counts. */
  readonly line: number;
}

const SEPARATORS = [",", ";", "\t", "|"];
/** More than any record of a person is; an opening quote without its closing one would swallow the whole file. */
const LARGEST_ROW = 1 << 20;

/** Reads a file row by row, the header first. Throws one sentence where it is no CSV. */
export async function* rowsOf(file: string, seen: TextSeen): AsyncGenerator<CsvRow> {
  const pieces = textOf(file, seen);
  let start = "";
  // The header decides the separator, and may be longer than the first piece.
  for (let next = await pieces.next(); ; next = await pieces.next()) {
    if (!next.done) start += next.value;
    if (next.done || /\S.*[\r\n]/.test(start)) break;
  }
  const first = /\S.*/.exec(start)?.[0] ?? "";
  const parser = parse({
    bom: true,
    delimiter: separatorOf(first),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: LARGEST_ROW,
  });
  const source = Readable.from(whole(start, pieces), { objectMode: false, encoding: "utf8" });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
      yield { cells: record, line: info.lines };
  } catch (error) {
    const { code = "", lines } = error as { code?: string; lines?: number };
    if (!code.startsWith("CSV_")) throw error;
    const why =
      code === "CSV_MAX_RECORD_SIZE"
        ? "a row is longer than a million characters, or a quote is opened and not closed"
        : code === "CSV_QUOTE_NOT_CLOSED"
          ? "a quote is opened and not closed"
          : "look at its quotes";
    throw new Error(`${file}: line ${lines ?? 1}: this is not CSV (RFC 4180): ${why}`, { cause: error });
  } finally {
    source.destroy();
  }
}

async function* whole(start: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield start.replace(/^\uFEFF/, "");
  yield* rest;
}

/** The sign that stands most often in the header, quoted parts aside. */
function separatorOf(header: string): string {
  const bare = header.replaceAll(/"[^"]*"/g, "");
  const counts = SEPARATORS.map((sign) => bare.split(sign).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}
