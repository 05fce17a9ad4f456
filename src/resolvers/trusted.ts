// Documents that the hub trusts: those that ship with it and those that whoever runs it put beside them. They are asked for by hash, as
// GraphQL over HTTP (appendix A) and Apollo's clients do, or sent whole. Nothing that a client sends is ever added.

import { type GraphQLSchema, parse, validate } from "graphql";
import { refusedWith } from "./errors.ts";
import { type Operation, readDocuments } from "./operations.ts";

export interface Trusted {
  /** The document with this SHA-256 (hex). */
  find(hash: string): string | undefined;
  has(document: string): boolean;
}

/** A request's body, or what stood in its address. */
export interface Asked {
  query?: unknown;
  variables?: unknown;
  documentId?: unknown;
  extensions?: unknown;
}

export function trustedFrom(operations: readonly Operation[]): Trusted {
  const byHash = new Map(operations.map(({ hash, document }) => [hash, document]));
  const texts = new Set(byHash.values());
  return { find: (hash) => byHash.get(hash), has: (document) => texts.has(document) };
}

/** The documents in this folder, and a sentence where there is no such folder. */
export function readTrusted(folder: string): Operation[] {
  try {
    return readDocuments(folder);
  } catch (cause) {
    throw new Error("TRUSTED_DOCUMENTS must name a folder that can be read", { cause });
  }
}

/** Names of documents that do not fit the schema, as after an upgrade: they are answered like every other such document. */
export const unfit = (operations: readonly Operation[], schema: GraphQLSchema): string[] =>
  operations.filter(({ document }) => !fits(document, schema)).map(({ name }) => name);

function fits(document: string, schema: GraphQLSchema): boolean {
  try {
    return validate(schema, parse(document)).length === 0;
  } catch {
    return false;
  }
}

const SHA_256 = /^(?:sha256:)?([\da-f]{64})$/i;

const hashIn = (named: unknown): string | null =>
  typeof named === "string" ? (SHA_256.exec(named)?.[1]?.toLowerCase() ?? "") : null;

/** What Apollo's clients call it. */
function hashOfApollo(extensions: unknown): string | null {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } | null };
  return persistedQuery === undefined || persistedQuery === null ? null : (hashIn(persistedQuery.sha256Hash) ?? "");
}

/** Puts the document itself where one was named by its hash. */
export function spellOut(asked: Asked, trusted: Trusted): void {
  const { query, documentId, extensions } = asked;
  const named = documentId === undefined || documentId === null ? null : (hashIn(documentId) ?? "");
  const hash = named ?? hashOfApollo(extensions);
  if (hash === null) return;
  const document = trusted.find(hash);
  // Apollo's client sends the whole document once it has heard that its hash is not known: that is a document like any other.
  const isSent = typeof query === "string";
  if (isSent && document !== query && (named !== null || document !== undefined))
    throw refusedWith(400, "BAD_REQUEST", "Send `query` or `documentId`, not both");
  if (!isSent && document === undefined)
    throw refusedWith(
      400,
      "UNKNOWN_DOCUMENT",
      "The hub knows no document of that hash: docs/limits.md lists what it trusts",
    );
  if (!isSent) asked.query = document;
  delete asked.documentId;
  if (extensions) delete (extensions as { persistedQuery?: unknown }).persistedQuery;
}
