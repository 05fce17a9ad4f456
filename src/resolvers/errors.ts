// The only place where the hub's own errors become the API's. Faults are logged by their kind and shown blank.

import { unwrapResolverError } from "@apollo/server/errors";
import { ArgumentValidationError } from "type-graphql";
import type { GraphQLFormattedError } from "graphql";
import { Refusal } from "../domain/refusal.ts";
import type { Log } from "../services/hub.ts";

interface Checked {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>>;
}

/** What class-validator found, a sentence for each field. Its own texts could quote the value; ours never do. */
const sentences = (found: readonly Checked[]): string =>
  found.map(({ property, constraints = {} }) => `${property}: ${Object.values(constraints).join(", ")}`).join("; ");

/** GraphQL's messages quote the text they stumble over, and that text may be about a person. */
const withoutQuotes = (message: string): string => message.replaceAll(/"[^"]*"/g, '"…"');

/** Codes of Apollo's own for a request that is not as GraphQL wants it; the schema's names in them are public. */
const ABOUT_THE_DOCUMENT = new Set([
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
]);

export const makeErrorFormatter =
  (log: Log) =>
  (shown: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const error = unwrapResolverError(thrown);
    const place = { ...(shown.path && { path: shown.path }), ...(shown.locations && { locations: shown.locations }) };
    if (error instanceof Refusal) return { ...place, message: error.message, extensions: { code: error.code } };
    if (error instanceof ArgumentValidationError) {
      const message = sentences(error.extensions["validationErrors"] as Checked[]);
      return { ...place, message, extensions: { code: "BAD_INPUT" } };
    }
    const code = shown.extensions?.["code"];
    if (typeof code === "string" && code !== "INTERNAL_SERVER_ERROR") {
      const message = ABOUT_THE_DOCUMENT.has(code) ? shown.message : withoutQuotes(shown.message);
      return { ...place, message, extensions: { code } };
    }
    log.error(
      { error: error instanceof Error ? error.name : typeof error, stack: stackOf(error) },
      "fault in the graph",
    );
    return { ...place, message: "Something went wrong on our side", extensions: { code: "FAULT" } };
  };

/** Where it broke, without the message: a message may quote a row. */
function stackOf(error: unknown): string | undefined {
  return error instanceof Error
    ? error.stack
        ?.split("\n")
        .filter((line) => line.startsWith("    at "))
        .slice(0, 8)
        .join("\n")
    : undefined;
}
