// What people are told on stderr: what each column was taken for, how the files were read, and what came of it.

import type { FileNotes, FilePlan, FileRead } from "./cli-match-read.ts";
import { fieldName } from "./domain/match-explained.ts";
import type { KindUse } from "./domain/match-index.ts";
import { MOST_GUESSED } from "./domain/match-telling.ts";
import type { MatchModel } from "./domain/match-model.ts";

const count = (value: number): string => value.toLocaleString("en-GB");
const times = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

/** A table of a file's columns. */
export function shownPlan({ file, headers, columns, idAt }: FilePlan): string {
  const rows = columns.map(({ header, field, because }) => [header, field ?? "-", because] as const);
  const widths = [0, 1].map((at) => Math.max(11, ...rows.map((row) => (row[at] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}`.trimEnd();
  return [`${file} (ids: ${headers[idAt]})`, line(["column", "compared as", "because of"]), ...rows.map(line)].join(
    "\n",
  );
}

/** What should be known about how a file was read; nothing where all was well. */
export function shownNotes(notes: FileNotes): string[] {
  const { file, unreadable } = notes;
  const left = notes.columnsLeftOut.length;
  const said = [
    left > 0 &&
      `${times(left, "column")} whose ${left === 1 ? "name says" : "names say"} nothing ${left === 1 ? "is" : "are"} not compared: the ${MOST_GUESSED} that tell most are; say what others are with --map column=field,...`,
    notes.encoding === "UTF-16" && "it is UTF-16 and was read as such",
    notes.linesNotUtf8 > 0 &&
      `${times(notes.linesNotUtf8, "line")} ${notes.linesNotUtf8 === 1 ? "was" : "were"} not UTF-8 and read as Windows-1252 (the first is line ${notes.firstLineNotUtf8})`,
    notes.cellsWithLostLetters > 0 &&
      `${times(notes.cellsWithLostLetters, "cell")} hold the sign for a letter that an earlier program lost; export the file afresh`,
    notes.linesOfOtherLength > 0 &&
      `${times(notes.linesOfOtherLength, "line")} ${notes.linesOfOtherLength === 1 ? "has" : "have"} more or fewer cells than the header (the first is line ${notes.firstLineOfOtherLength})`,
    notes.dateOrder === "MDY" && "its dates have the month before the day",
    notes.bothDateOrders &&
      `its dates are of both orders, day first and month first; where both are possible, ${notes.dateOrder === "DMY" ? "the day" : "the month"} was read first`,
    ...unreadable.map(({ field, why, cells }) => {
      if (why === "CHECK_DIGIT")
        return `${fieldName(field)}: ${times(cells, "number fails its", "numbers fail their")} check or may not be compared; the records are kept, the numbers are no evidence`;
      if (why === "DATE")
        return `${fieldName(field)}: ${times(cells, "date")} cannot be read, or ${cells === 1 ? "stands" : "stand"} for none`;
      return `${fieldName(field)}: ${times(cells, "cell")} hold nothing that can be compared`;
    }),
  ];
  return said.flatMap((one) => (one === false ? [] : [`${file}: ${one}`]));
}

/** Fields that are not compared, because a file or the model does not have them. */
export function shownLeftOut(about: {
  readonly files: readonly FileRead[];
  readonly fields: readonly string[];
  readonly model: MatchModel;
}): string[] {
  const { files, fields, model } = about;
  const known = new Set(model.fields.flatMap(({ columns }) => columns));
  const only = files.flatMap(({ file, table }) => {
    const left = table.fields.filter((field) => !fields.includes(field));
    return left.length === 0
      ? []
      : [`${file}: not compared, because the other file has none: ${left.map(fieldName).join(", ")}`];
  });
  const unknown = fields.filter((field) => !known.has(field));
  if (unknown.length > 0)
    only.push(`Not compared, because the model does not know them: ${unknown.map(fieldName).join(", ")}`);
  return only;
}

/** Keys that were skipped, never silently. */
export function shownKeys(keys: readonly KindUse[] | null): string[] {
  return (keys ?? []).flatMap(({ name, skipped, largest, most }) => {
    const skips =
      skipped > 0
        ? [`${times(skipped, "key")} skipped in more than 300 records (the largest in ${count(largest)})`]
        : [];
    const fewer = most > 0 && most < 300 ? [`only keys of at most ${most} records used, to stay affordable`] : [];
    const none = most === 0 ? ["not used: too many pairs for what it finds"] : [];
    const said = [...skips, ...fewer, ...none];
    return said.length === 0 ? [] : [`key ${name}: ${said.join("; ")}`];
  });
}

/** A summary, as it stands in --json and --report. */
export interface Summary {
  readonly records: readonly number[];
  readonly pairsCompared: number;
  readonly keysSkipped: number;
  readonly links: Readonly<Record<"AUTO" | "REVIEW", number>>;
  readonly policy: string;
  readonly families: { readonly shown: boolean; readonly relatives: number; readonly twins: number };
  readonly model: {
    readonly origin: string;
    readonly version: string;
    readonly prior: number;
    readonly notes: readonly string[];
  };
  readonly seconds: number;
}

export function shownSummary(summary: Summary): string {
  const { records, pairsCompared, keysSkipped, links, model, seconds, families, policy } = summary;
  return [
    `Records      ${records.map(count).join(" and ")}`,
    `Pairs        ${count(pairsCompared)} compared; ${times(keysSkipped, "key")} skipped`,
    `AUTO         ${count(links.AUTO)}`,
    `REVIEW       ${count(links.REVIEW)}, for a person to decide`,
    `Model        ${model.origin}`,
    ...model.notes.map((note) => `             ${note}`),
    `Guards       ${policy}${families.shown ? `; families live in these files (${count(families.relatives)} pairs under one roof, ${count(families.twins)} of one birthday), so a first name that is not the same waits for a person` : ""}`,
    `Time         ${seconds.toFixed(1)} s`,
  ].join("\n");
}
