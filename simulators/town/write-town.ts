// Writes a town to files: what the agencies hold in one, who it really is in others, so that a matcher is never given both.

import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Town } from "./types.ts";

const ROWS_AT_ONCE = 2_000;

/** Makes the folder if need be and writes `town.json`, `truth.csv` and `residents.json`; gives their paths. */
export function writeTown(town: Town, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const { truth, residents, ties, ...held } = town;
  const paths = ["town.json", "truth.csv", "residents.json"].map((name) => join(folder, name));
  const [heldPath = "", truthPath = "", residentsPath = ""] = paths;
  writeParts(heldPath, jsonParts(held));
  writeParts(truthPath, csvParts(truth));
  writeParts(residentsPath, jsonParts({ synthetic: true, residents, ties }));
  return paths;
}

/** Piece by piece: a large town as one text is longer than a string may be. */
function writeParts(path: string, parts: Iterable<string>): void {
  const file = openSync(path, "w");
  try {
    for (const part of parts) writeSync(file, part);
  } finally {
    closeSync(file);
  }
}

function* jsonParts(value: object): Generator<string> {
  let lead = "{";
  for (const [key, held] of Object.entries(value)) {
    yield `${lead}\n${JSON.stringify(key)}:`;
    lead = ",";
    if (Array.isArray(held)) yield* listParts(held);
    else yield JSON.stringify(held);
  }
  yield "\n}\n";
}

function* listParts(rows: readonly unknown[]): Generator<string> {
  yield "[";
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const chunk = rows.slice(at, at + ROWS_AT_ONCE).map((row) => JSON.stringify(row));
    yield `${at === 0 ? "" : ","}\n${chunk.join(",\n")}`;
  }
  yield "]";
}

function* csvParts(rows: Town["truth"]): Generator<string> {
  yield "agency,recordId,residentId\n";
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const chunk = rows
      .slice(at, at + ROWS_AT_ONCE)
      .map(({ agency, recordId, residentId }) => `${agency},${recordId},${residentId}\n`);
    yield chunk.join("");
  }
}
