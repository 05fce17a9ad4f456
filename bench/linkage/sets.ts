// The labelled sets, and what is published about them. Their truth is in the ids or in a column; the tool is told neither.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";

/** Beside the project, where it is there: they are not shipped with it. */
export const FOLDER = process.env["LINKAGE_SETS"] ?? "../shared/cases/linkage";

/** Figures of Splink's own notebooks, read out of their charts. Splink was not run here. */
export interface Published {
  /** Recall at its model's probability of 0.99, without labels. */
  readonly recallUnlabelled: number | null;
  /** Recall at precision of at least 0.999, the threshold chosen with labels. */
  readonly recallAt999: number | null;
  readonly source: string;
}

export interface LabelledSet {
  readonly name: string;
  readonly files: readonly string[];
  readonly flags: readonly string[];
  /** Whose a record is. */
  readonly personOf: (row: Readonly<Record<string, string>>) => string;
  readonly idColumn: string;
  readonly splink: Published | null;
  readonly goals: { readonly precision: number; readonly recall: number | null; readonly recallAt999: number | null };
}

const febrl = {
  idColumn: "rec_id",
  personOf: (row: Readonly<Record<string, string>>) => /^rec-(\d+)-/.exec(row["rec_id"] ?? "")?.[1] ?? "",
};

export const SETS: readonly LabelledSet[] = [
  {
    name: "FEBRL4",
    files: ["febrl4a.csv", "febrl4b.csv"],
    flags: [],
    ...febrl,
    splink: { recallUnlabelled: 0.9916, recallAt999: 0.9998, source: "its FEBRL4 notebook, detailed model" },
    goals: { precision: 1, recall: 0.999, recallAt999: null },
  },
  {
    name: "FEBRL4 without soc_sec_id",
    files: ["febrl4a.csv", "febrl4b.csv"],
    flags: ["--ignore", "soc_sec_id"],
    ...febrl,
    splink: null,
    goals: { precision: 1, recall: 0.995, recallAt999: null },
  },
  {
    name: "FEBRL1",
    files: ["febrl1.csv"],
    flags: [],
    ...febrl,
    splink: null,
    goals: { precision: 1, recall: null, recallAt999: null },
  },
  {
    name: "fake_1000",
    files: ["fake_1000.csv"],
    flags: [],
    idColumn: "unique_id",
    personOf: (row) => row["cluster"] ?? "",
    splink: { recallUnlabelled: 0.376, recallAt999: 0.675, source: "its accuracy notebook, all pairs" },
    goals: { precision: 0.999, recall: null, recallAt999: 0.8 },
  },
];

export const isThere = ({ files }: LabelledSet): boolean => files.every((file) => existsSync(join(FOLDER, file)));

type Row = Readonly<Record<string, string>>;
const rowsOf = (file: string): Row[] =>
  parse(readFileSync(file), {
    bom: true,
    columns: (names: string[]) => names.map((name) => name.trim()),
    trim: true,
  }) as Row[];

/** Who each record is, and how many pairs of records are one person's. */
export function truthOf({ files, idColumn, personOf }: LabelledSet): {
  personOf: ReadonlyMap<string, string>;
  pairs: number;
} {
  const people = new Map<string, string>();
  const counts = files.map((file) => {
    const count = new Map<string, number>();
    for (const row of rowsOf(join(FOLDER, file))) {
      const person = personOf(row);
      people.set(row[idColumn] ?? "", person);
      count.set(person, (count.get(person) ?? 0) + 1);
    }
    return count;
  });
  const [first = new Map<string, number>(), second] = counts;
  const each = [...first].map(([person, count]) =>
    second ? count * (second.get(person) ?? 0) : (count * (count - 1)) / 2,
  );
  return { personOf: people, pairs: each.reduce((sum, pairs) => sum + pairs, 0) };
}
