import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A GraphQL document that the hub trusts: one that ships with it, and is an example as well, or one put beside it. */
export interface Operation {
  /** Its file's name: `child-view`. */
  readonly name: string;
  readonly document: string;
  /** SHA-256 of the document, hex. */
  readonly hash: string;
}

// Compiled, the program runs from dist/src and its documents stay in src.
const FOLDERS = ["../dashboard/operations/", "../../../src/dashboard/operations/"];

/** The documents in `src/dashboard/operations`. */
export function readOperations(): Operation[] {
  const folder = FOLDERS.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (!folder) throw new Error("The folder src/dashboard/operations is missing");
  return readDocuments(fileURLToPath(folder));
}

/** The documents (`.graphql`) in a folder, by their files' names. */
export function readDocuments(folder: string): Operation[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".graphql"))
    .sort()
    .map((file) => {
      const document = readFileSync(join(folder, file), "utf8");
      const hash = createHash("sha256").update(document).digest("hex");
      return { name: file.replace(".graphql", ""), document, hash };
    });
}
