// What the tool writes: whole, or not at all.

import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { stringify } from "csv-stringify/sync";
import { explained } from "./domain/match-explained.ts";
import { guardsFor, type Ran, type Running } from "./domain/match-run.ts";
import { weigh } from "./domain/weighing.ts";

/** Where a file is, whatever links lead to it. */
function placeOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}

const isFolder = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** Finds out whether a file can be written before an hour is spent on what shall stand in it, and leaves nothing behind. It is
 *  written beside the one that is wanted, and takes its place when all is written. Throws one sentence where it cannot. */
export function openOutput(flag: string, file: string, inputs: readonly string[]) {
  if (inputs.some((input) => placeOf(input) === placeOf(file)))
    throw new Error(`${flag}: ${file} is one of the files to read; name another`);
  if (isFolder(file)) throw new Error(`${flag}: ${file} is a folder; name a file`);
  const beside = `${file}.${process.pid}.part`;
  const open = (): number => {
    try {
      return openSync(beside, "w", 0o600);
    } catch {
      throw new Error(`${flag}: ${file} cannot be written; look at the folder and whether you may write there`);
    }
  };
  closeSync(open());
  rmSync(beside);
  let opened: number | null = null;
  const end = (): void => {
    if (opened !== null) closeSync(opened);
    opened = null;
  };
  return {
    write(text: string): void {
      opened ??= open();
      writeSync(opened, text);
    },
    /** Puts it in its place. */
    done(): void {
      end();
      renameSync(beside, file);
    },
    /** Leaves no half of it. */
    drop(): void {
      end();
      rmSync(beside, { force: true });
    },
  };
}
export type Output = ReturnType<typeof openOutput>;

/**
 * Writes, and puts all files in their places. Whoever stops the program meanwhile leaves no half of one. Only here does it listen to
 * being stopped: while it computes it could not answer, and Node ends a program that does not listen at once.
 */
export async function writeAll(outputs: readonly (Output | null)[], write: () => Promise<void> | void): Promise<void> {
  const drop = (): void => outputs.forEach((output) => output?.drop());
  const quiet = (): void => {
    process.removeListener("SIGINT", stop);
    process.removeListener("SIGTERM", stop);
  };
  function stop(signal: NodeJS.Signals): void {
    drop();
    quiet();
    process.kill(process.pid, signal);
  }
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    await write();
    for (const output of outputs) output?.done();
  } catch (error) {
    drop();
    throw error;
  } finally {
    quiet();
  }
}

const ROWS_AT_ONCE = 5_000;

/** Writes the pairs in AUTO and REVIEW, heaviest first. Between the parts whoever stops the program is heard. */
export async function writeLinks(
  output: Output,
  running: Running,
  { pairs, ids }: Pick<Ran, "pairs"> & { readonly ids: readonly string[] },
): Promise<void> {
  const { model, records, guarding } = running;
  output.write("left_id,right_id,weight,band,explanation\n");
  for (let from = 0; from < pairs.length; from += ROWS_AT_ONCE) {
    const rows = pairs.slice(from, from + ROWS_AT_ONCE).map((pair) => {
      const { left, right, bits, band, reason } = pair;
      const { contributions } = weigh(model, { a: records.at(left), b: records.at(right) }, guarding);
      const { codes } = guardsFor(running, pair);
      const texts = [ids[left], ids[right], explained(contributions, { reason, codes })].map((text) =>
        guarded(text ?? ""),
      );
      // A weight below nothing starts with a minus; it is a number, and stays one.
      return [texts[0], texts[1], bits.toFixed(2), band, texts[2]];
    });
    output.write(stringify(rows));
    await setImmediate();
  }
}

/** A cell that a spreadsheet would run as a formula is shown as text. */
const guarded = (text: string): string => (/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) ? `'${text}` : text);
