// Reads the project's own source as text, for the tests that hold it to its rules.

import { readFileSync, readdirSync } from "node:fs";
import { posix } from "node:path";

const ROOT = new URL("../../", import.meta.url);

export interface Source {
  /** From the project's root: `src/domain/deadline.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file below these folders. */
export function readSources(...folders: string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
      .sort()
      .map((path) => ({ path, text: readFileSync(new URL(path, ROOT), "utf8") })),
  );
}

const COMMENT = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;
const QUOTED = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`;
const TEMPLATE = "`(?:[^`\\\\]|\\\\[\\s\\S])*`";
const REGEX = String.raw`(?<=[=(,:!&|?{};[\n]\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*`;
const TOKENS = new RegExp(`${REGEX}|${QUOTED}|${TEMPLATE}|${COMMENT}`, "g");

const isComment = (token: string) => token.startsWith("//") || token.startsWith("/*");

/** The text without its comments. */
const withoutComments = (text: string): string => text.replaceAll(TOKENS, (token) => (isComment(token) ? " " : token));

const substitutions = (template: string) => template.match(/\$\{[^}]*\}/g)?.join(" ") ?? "";

/** The text without comments and without what stands in quotes, so that every word left is code. */
export const codeOf = (text: string): string =>
  text.replaceAll(TOKENS, (token) => {
    if (isComment(token)) return " ";
    return token.startsWith("`") ? `(${substitutions(token)})` : '""';
  });

const IMPORT = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\(|\bresolve\s*\()\s*"([^"]+)"/g;

/** What a file imports, types included: a path from the root for its own kind (`src/log.ts`), else the name as written. */
export function importsOf({ path, text }: Source): string[] {
  return [...withoutComments(text).matchAll(IMPORT)].map(([, name = ""]) =>
    name.startsWith(".") ? posix.join(posix.dirname(path), name) : name,
  );
}
