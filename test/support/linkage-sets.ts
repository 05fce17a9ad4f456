// The labelled sets that are not in the repository (../shared/cases/linkage): read where they are, never copied.

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { bornValue } from "../../src/domain/born.ts";
import { specsFor } from "../../src/domain/comparison-specs.ts";
import type { Compared, ComparisonKind } from "../../src/domain/compared.ts";
import { forenameOf, surnameOf } from "../../src/domain/name-words.ts";
import { makeNameWords } from "../../src/store/name-words.ts";

const FOLDER = resolve(import.meta.dirname, "../../../shared/cases/linkage");

/** Why the sets cannot be tried; null where they can. */
export const setsMissing = existsSync(FOLDER) ? null : `no labelled sets in ${FOLDER}`;

export const words = makeNameWords();

/** Columns by name, each with how it is compared. */
export type Columns = Readonly<Record<string, ComparisonKind>>;

export const FEBRL: Columns = {
  given_name: "forename",
  surname: "surname",
  street_number: "number",
  address_1: "text",
  address_2: "text",
  suburb: "text",
  postcode: "postcode",
  state: "category",
  date_of_birth: "born",
  soc_sec_id: "identifier",
};

export const FAKE: Columns = { first_name: "forename", surname: "surname", dob: "born", city: "text", email: "email" };

export interface Labelled {
  readonly source: string;
  readonly compared: Compared;
  /** Who it is: for counting how often the model is right, never for learning. */
  readonly truth: string;
}

function valueOf(kind: ComparisonKind, text: string): string | null {
  if (kind === "forename") return forenameOf(text, words);
  if (kind === "surname") return surnameOf(text, words);
  if (kind === "born") return bornValue(text);
  return text.toLowerCase() || null;
}

export function readSet(file: string, columns: Columns, truthOf: (row: Record<string, string>) => string): Labelled[] {
  const rows = parse(readFileSync(resolve(FOLDER, file)), { columns: true, trim: true }) as Record<string, string>[];
  return rows.map((row) => ({
    source: file,
    truth: truthOf(row),
    compared: Object.fromEntries(
      Object.entries(columns).map(([column, kind]) => {
        const value = valueOf(kind, row[column] ?? "");
        return [column, value === null ? undefined : [value]];
      }),
    ),
  }));
}

export const specsOf = (columns: Columns) =>
  specsFor(Object.entries(columns).map(([field, kind]) => ({ field, kind })));

/** A pair that was weighed, and whether it is one person. */
export type Scored = readonly [bits: number, same: boolean];

/** Of all pairs that weigh at least this much, how many are right, and how many of all true ones they are. */
export function at(scored: readonly Scored[], { bits, truth }: { bits: number; truth: number }) {
  const joined = scored.filter(([each]) => each >= bits);
  const right = joined.filter(([, same]) => same).length;
  return {
    precision: joined.length === 0 ? 1 : right / joined.length,
    recall: right / truth,
    wrong: joined.length - right,
  };
}

/** The most that can be found by weight alone with this precision. */
export function bestRecall(
  scored: readonly Scored[],
  { precision, truth }: { precision: number; truth: number },
): number {
  let [right, best] = [0, 0];
  for (const [place, [, same]] of scored.toSorted((a, b) => b[0] - a[0]).entries()) {
    if (same) right += 1;
    if (right / (place + 1) >= precision) best = right;
  }
  return best / truth;
}
