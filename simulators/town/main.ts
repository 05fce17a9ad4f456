// `hub town`: makes the synthetic town, says what is in it, and writes it down if asked.

import { countTown, describeCounts } from "./town-counts.ts";
import { readTownFlags, TOWN_HELP } from "./town-flags.ts";
import { makeTown } from "./town.ts";
import { writeTown } from "./write-town.ts";

process.exitCode = run(process.argv.slice(2));

/** The exit code: 0 done, 2 flags not understood or folder not writable. */
function run(args: readonly string[]): number {
  const read = readTownFlags(args);
  if ("problems" in read) {
    for (const problem of read.problems) console.error(problem);
    return 2;
  }
  const { settings, out, json, help } = read.flags;
  if (help) {
    console.log(TOWN_HELP);
    return 0;
  }
  const town = makeTown(settings);
  const files = out === null ? [] : tryWriting(() => writeTown(town, out));
  if (!files) {
    console.error(`--out: the folder '${out}' cannot be written to.`);
    return 2;
  }
  const counts = countTown(town);
  if (json) console.log(JSON.stringify({ synthetic: true, settings, ...counts, files }));
  else console.log([describeCounts(counts), ...files.map((path) => `Written: ${path}`)].join("\n"));
  return 0;
}

function tryWriting(write: () => string[]): string[] | null {
  try {
    return write();
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
