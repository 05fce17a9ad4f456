// What names mean to a comparison: policies/names.json, and letters of every script in a to z.

import { readFileSync } from "node:fs";
import { z } from "zod";
import type { NameWords } from "../domain/compared.ts";
import { policiesFolder } from "./policy-files.ts";
import { status, text } from "./policy-words.ts";
import { romanise } from "./romanise.ts";

const phrases = z.array(z.string().regex(/^[a-z\d]+( [a-z\d]+)*$/, "must be lower-case words of a to z and digits"));
/** Names apart by spaces, in any script. */
const group = z.string().refine((names) => new Set(names.split(" ")).size > 1 && !/^ | $| {2}/.test(names), {
  message: "must be two or more different names, apart by one space",
});
const groups = z.array(group).min(1);

const NAMES = z.strictObject({
  about: text,
  version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "must be a day, YYYY-MM-DD"),
  sources: z.array(z.strictObject({ of: text, source: text, status })).min(1),
  titles: phrases,
  placeholders: z.strictObject({ firstWords: phrases, openings: phrases, whole: phrases, surnames: phrases }),
  forenames: z.strictObject({ short: groups, spellings: groups, scripts: groups }),
  surnames: groups,
});

/** Which groups each name is in, and one name for all that hang together. */
function makeGroups(all: readonly string[]) {
  const groupsOf = new Map<string, number[]>();
  const parent = new Map<string, string>();
  const rootOf = (name: string): string => {
    const above = parent.get(name);
    return above === undefined || above === name ? name : rootOf(above);
  };
  for (const [index, group] of all.entries()) {
    const names = [...new Set(group.split(" ").map((name) => romanise(name).replaceAll(/[^a-z]/g, "")))].filter(
      Boolean,
    );
    const root = rootOf(names[0] ?? "");
    for (const name of names) {
      groupsOf.set(name, [...(groupsOf.get(name) ?? []), index]);
      parent.set(rootOf(name), root);
    }
  }
  const standsFor = new Map([...groupsOf.keys()].map((name) => [name, rootOf(name)]));
  const share = (a: string, b: string): boolean => {
    if (a === b) return true;
    const [ofA, ofB] = [groupsOf.get(a), groupsOf.get(b)];
    return ofA !== undefined && ofB !== undefined && ofA.some((index) => ofB.includes(index));
  };
  return { share, standsFor };
}

/** `macdonald`, `mc donald` and `mcdonald` as one. */
const closedUp = (surname: string): string => surname.replaceAll(" ", "").replace(/^mac(?=[a-z]{3})/, "mc");

function read(file: URL): z.infer<typeof NAMES> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`policies/names.json: ${error instanceof SyntaxError ? "is not JSON" : "cannot be read"}`, {
      cause: error,
    });
  }
  const parsed = NAMES.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `policies/names.json at /${path.join("/")}: ${message}`).join("\n"),
  );
}

/** The words of names from this folder's names.json. Throws one error that names every problem and its place. */
export function readNameWords(folder: URL): NameWords {
  const { titles, placeholders, forenames, surnames } = read(new URL("names.json", folder));
  const { share, standsFor } = makeGroups([...forenames.short, ...forenames.spellings, ...forenames.scripts]);
  const ofSurnames = makeGroups(surnames);
  const [isTitle, firstWords, whole] = [new Set(titles), new Set(placeholders.firstWords), new Set(placeholders.whole)];
  const noSurnames = new Set(placeholders.surnames);
  return {
    romanise,
    areVariants: share,
    standsFor: (name) => standsFor.get(name) ?? name,
    areSurnameVariants: (a, b) => ofSurnames.share(a, b) || (a[0] === b[0] && closedUp(a) === closedUp(b)),
    isNoForename: (text) =>
      whole.has(text) ||
      firstWords.has(text.split(" ", 1)[0] ?? "") ||
      placeholders.openings.some((opening) => text.startsWith(`${opening} `)),
    isNoSurname: (text) => noSurnames.has(text),
    isTitle: (word) => isTitle.has(word),
  };
}

let made: NameWords | undefined;

/** The words of names, read once for the whole program. */
export const makeNameWords = (): NameWords => (made ??= readNameWords(policiesFolder()));
