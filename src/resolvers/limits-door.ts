// What a document must be before GraphQL sees it: one that the hub trusts, or one of a size that cannot hurt, from somebody whose work it
// is to write one. Validation itself costs time: what is too large never reaches it.

import { type DocumentNode, GraphQLError, parse } from "graphql";
import { LRUCache } from "lru-cache";
import { mayExploreSchema, mayWriteQueries } from "../domain/sharing-queries.ts";
import type { Actor } from "../domain/actor.ts";
import { refusedWith } from "./errors.ts";
import { MOST_TOKENS, type Passed, passedLimit } from "./limits.ts";
import { isNoText, marksOf } from "./limits-shape.ts";
import { type Asked, spellOut, type Trusted } from "./trusted.ts";

export interface DoorRules {
  readonly trusted: Trusted;
  /** Whether everybody may write queries. */
  readonly writesToAll: boolean;
  /** Whether everybody may look at the schema: for trying the hub out. */
  readonly schemaToAll: boolean;
}

interface Looked {
  readonly passed: Passed | null;
  readonly introspective: boolean;
  readonly noText: boolean;
}

const NO_TEXT = refusedWith(400, "BAD_INPUT", "No text may hold the character U+0000, or half of one");

/** Lets a request's document in or refuses it; names by hash become documents. */
export type Door = (actor: Actor, asked: Asked) => void;

/** Verdicts are kept for documents sent again: two megabytes of them. */
const KEPT = { max: 2_000, maxSize: 2 * 1024 * 1024, sizeCalculation: (_: unknown, text: string) => text.length };

export function makeDoor({ trusted, writesToAll, schemaToAll }: DoorRules): Door {
  const looked = new LRUCache<string, Looked>(KEPT);

  function look(text: string): Looked | null {
    const known = looked.get(text);
    if (known) return known;
    const document = parsed(text);
    // What is wrong with it is said where all that is wrong with documents is said.
    if (!document) return null;
    const found = { passed: passedLimit(document), ...marksOf(document) };
    looked.set(text, found);
    return found;
  }

  return (actor, asked) => {
    spellOut(asked, trusted);
    const { query, variables } = asked;
    if (holdsNoText(variables)) throw NO_TEXT;
    if (typeof query !== "string" || trusted.has(query)) return;
    const writes = mayWriteQueries(actor);
    if (!writesToAll && !writes.allowed) throw refusedWith(403, "NOT_ALLOWED", sentence(writes.because));
    const found = look(query);
    if (found?.noText) throw NO_TEXT;
    if (found?.passed) throw tooLarge(writes.allowed, found.passed);
    const explores = mayExploreSchema(actor);
    if (found?.introspective && !schemaToAll && !explores.allowed)
      throw refusedWith(403, "NOT_ALLOWED", sentence(explores.because));
  };
}

/** Characters that no database keeps, and nobody types: in any text, however deep. */
function holdsNoText(value: unknown): boolean {
  if (typeof value === "string") return isNoText(value);
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) ? value.some(holdsNoText) : Object.values(value).some(holdsNoText);
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Whoever writes queries hears by how much; to others it would only say how large the next attempt may be. */
export const tooLarge = (writes: boolean, { limit, found }: Passed): GraphQLError =>
  refusedWith(
    400,
    "TOO_LARGE",
    writes
      ? `This document has ${found} ${limit.of}, and may have ${limit.most}: ask for less, or in several requests`
      : "This document asks for too much at once",
  );

function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { maxTokens: MOST_TOKENS, noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
