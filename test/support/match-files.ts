// Files of data teams, made up: nobody in them is anybody.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { seeded } from "../../src/domain/seeded.ts";
import { type Ended, run } from "./program.ts";

/** The command line, uncompiled. */
export const PROGRAM = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

export interface Somebody {
  readonly forename: string;
  readonly surname: string;
  readonly born: string;
  readonly postcode: string;
}

const STARTS = "Bar Cor Dal Fen Gar Hol Ken Lor Mar Nor Pel Quin Ros Sel Tor Ul Ven Wil Yar Zan".split(" ");
const ENDS = "ba den dor fa gan la lin ma mond na nell ra rick sa son ta ton va well win".split(" ");
export const FORENAMES =
  "Amelia Oliver Isla Noah Ava George Freya Arthur Grace Leo Ivy Oscar Willow Theo Poppy Jacob Elsie Logan Rosie Ethan Maya Adam Zara Omar Nadia Yusuf Priya Arjun Wren Felix".split(
    " ",
  );

/** Different people: no two share forename, surname and birthday. */
export function people(count: number, seed = 1): Somebody[] {
  const random = seeded(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "";
  const two = (from: number, to: number): string =>
    String(from + Math.floor(random() * (to - from + 1))).padStart(2, "0");
  const letters = [..."ABDEFGHJLN"];
  return Array.from({ length: count }, (_, n) => ({
    forename: pick(FORENAMES),
    surname: `${pick(STARTS)}${pick(ENDS)}${n % 3 === 0 ? pick(ENDS) : ""}`,
    born: `${2006 + (n % 14)}-${two(2, 12)}-${two(13, 28)}`,
    postcode: `OX${two(1, 40)} ${two(1, 9).slice(1)}${pick(letters)}${pick(letters)}`,
  }));
}

/** One letter left out. */
export const typo = (text: string): string => text.slice(0, 2) + text.slice(3);

export interface Folder {
  readonly path: string;
  /** Writes a file and answers its name. */
  file(name: string, content: string | Buffer): string;
  /** Runs `hub match` with these arguments, in this folder. */
  match(...args: string[]): Promise<Ended>;
  links(name?: string): Link[];
  text(name: string): string;
}

export interface Link {
  readonly left_id: string;
  readonly right_id: string;
  readonly weight: string;
  readonly band: string;
  readonly explanation: string;
}

/** A folder for the files of one test file; each test takes one of its own below. */
export function folders() {
  const root = mkdtempSync(join(tmpdir(), "match-"));
  let count = 0;
  const make = (): Folder => {
    const path = join(root, String((count += 1)));
    mkdirSync(path);
    const text = (name: string): string => readFileSync(join(path, name), "utf8");
    return {
      path,
      file(name, content) {
        writeFileSync(join(path, name), content);
        return join(path, name);
      },
      match: (...args) => run(["--import", "@oxc-node/core/register", PROGRAM, "match", ...args], {}).ended,
      links: (name = "links.csv") => parse(text(name), { columns: true }) as Link[],
      text,
    };
  };
  return { make, remove: () => rmSync(root, { recursive: true }) };
}

/** Rows as CSV. */
export const csv = (head: string, rows: readonly (readonly (string | number)[])[], separator = ","): string =>
  `${[head.replaceAll(",", separator), ...rows.map((row) => row.join(separator))].join("\n")}\n`;

/** `2017-03-14` as `14/03/2017`. */
export const british = (born: string): string => born.split("-").reverse().join("/");
