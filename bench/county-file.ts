// Writes a synthetic county as a file, for `hub match` and whoever wants to try it: npm run bench -- county-file --out county.csv

import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { stringify } from "csv-stringify";
import { makeCounty } from "./county/county.ts";
import { COLUMNS, lineOf } from "./county/statements.ts";

/** `--seed N`, `--records N`, `--out FILE`, and `--truth FILE` for whose record each is: another file, so that nobody learns from it. */
export async function countyFile(say: (line: string) => void): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      seed: { type: "string", default: "1" },
      records: { type: "string", default: "60000" },
      out: { type: "string", default: "county.csv" },
      truth: { type: "string" },
    },
  });
  const { records, truth } = makeCounty({ seed: Number(values.seed), records: Number(values.records) });
  await write(values.out, [COLUMNS, ...records.map(lineOf)]);
  const whose = records.map(({ id }, at) => [id, `person-${truth.personOf[at]}`]);
  if (values.truth) await write(values.truth, [["record_id", "person"], ...whose]);
  say(`${records.length} records written to ${values.out}`);
}

const write = (file: string, lines: readonly (readonly (string | null)[])[]): Promise<void> =>
  pipeline(lines, stringify(), createWriteStream(file));
