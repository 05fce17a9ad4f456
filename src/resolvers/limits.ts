// How much may be asked in one document, with where each limit comes from. Documents that the hub trusts were looked at when they were
// put there: they are held to their cost alone.

import type { DocumentNode } from "graphql";
import { marksOf, type Shape, shapeOf } from "./limits-shape.ts";

/** Longest document, in GraphQL's tokens: a hundred times an ordinary one. */
export const MOST_TOKENS = 4_000;

export interface Limit {
  readonly most: number;
  /** In words that complete "it has more than N ...". */
  readonly of: string;
  readonly source: string;
}

const OWASP = "OWASP GraphQL cheat sheet: depth, amount and cost limiting";
const MEASURED = "own measurement: the largest document that ships has half of it or less";

/** What a document of somebody's own may hold. */
export const LIMITS: Readonly<Record<keyof Shape, Limit>> = {
  depth: { most: 12, of: "fields within each other", source: `${OWASP}; ${MEASURED}` },
  fields: { most: 600, of: "fields", source: "own measurement: validation of more takes above 10 ms" },
  roots: { most: 30, of: "fields at its root", source: OWASP },
  aliases: { most: 30, of: "fields under other names, or asked for twice", source: `${OWASP}; GraphQL Armor has 15` },
  directives: { most: 30, of: "directives", source: "GraphQL Armor has 50" },
  together: { most: 4, of: "directives at one place", source: "graphql-cop: directive overloading, ten at one place" },
  fragments: { most: 60, of: "fragments, defined and used", source: MEASURED },
  operations: { most: 10, of: "operations", source: MEASURED },
  variables: { most: 60, of: "variables", source: MEASURED },
};

/** The schema itself is nested deeper than what it describes: a tool's question about it has lists of lists of lists. */
const DEPTH_OF_SCHEMA: Limit = {
  most: 18,
  of: "fields within each other",
  source: "graphql-js: its own question has 16",
};

export interface Passed {
  readonly limit: Limit;
  readonly found: number;
}

/** The first limit that a document passes; null where it stays within all. */
export function passedLimit(document: DocumentNode): Passed | null {
  const shape = shapeOf(document);
  for (const [name, usual] of Object.entries(LIMITS)) {
    const found = shape[name as keyof Shape];
    if (found <= usual.most) continue;
    const limit = name === "depth" && marksOf(document).introspective ? DEPTH_OF_SCHEMA : usual;
    if (found > limit.most) return { limit, found };
  }
  return null;
}
