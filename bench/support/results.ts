import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** `bench/results` of the source tree; compiled, this file is two folders deeper. */
const FOLDER = ["../../../bench/", "../"].map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));

/** Writes what was measured, for programs and for readers. */
export function writeResults(name: string, results: object, report: string): void {
  const folder = new URL("results/", FOLDER);
  mkdirSync(fileURLToPath(folder), { recursive: true });
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(new URL(`${name}.md`, folder), `${report}\n`);
}
