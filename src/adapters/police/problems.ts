// What is wrong with a document, said so that a sender can mend it and nobody learns what stood in it.

import type { z } from "zod";

/** One fault of a document: where (a JSON pointer, RFC 6901) and what, never the value itself. */
export interface Problem {
  readonly pointer: string;
  readonly detail: string;
}

export type Path = readonly PropertyKey[];

const DEEPEST = 32;

const pointerTo = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** A sentence about the member at this path: `dateOfBirth must be a day (YYYY-MM-DD)`. */
export function problemAt(path: Path, message: string): Problem {
  const name = path.findLast((step) => typeof step === "string") ?? "the document";
  return { pointer: pointerTo(path), detail: `${String(name)} ${message}` };
}

/** The schema's complaints as problems, one for each place. */
export function problemsOf(error: z.core.$ZodError, below: Path): Problem[] {
  const found = new Map<string, Problem>();
  for (const issue of error.issues) {
    const problem = problemAt([...below, ...issue.path], issue.message);
    if (!found.has(problem.pointer)) found.set(problem.pointer, problem);
  }
  return [...found.values()];
}

// Databases refuse NUL and halves of surrogate pairs in text; found late, they would look like a store that is down.
const isUnstorable = (text: string): boolean => text.includes("\0") || /\p{Surrogate}/u.test(text);

/** What no database could hold, anywhere in a parsed document: broken text, nesting beyond 32 levels. */
export function unstorable(value: unknown, path: Path = []): Problem[] {
  if (path.length > DEEPEST) return [problemAt(path.slice(0, 2), "is nested too deeply")];
  if (typeof value === "string" && isUnstorable(value))
    return [problemAt(path, "holds characters that cannot be stored")];
  if (typeof value !== "object" || value === null) return [];
  const members: [PropertyKey, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return members.flatMap(([step, member]) =>
    isUnstorable(String(step))
      ? [problemAt(path, "has a member whose name cannot be stored")]
      : unstorable(member, [...path, step]),
  );
}
