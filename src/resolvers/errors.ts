// The only place where the hub's own errors become the API's. Faults are logged by their kind and shown blank.

import type { FastifyReply } from "fastify";
import { HeaderMap } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import { ArgumentValidationError } from "type-graphql";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { Refusal } from "../domain/refusal.ts";
import type { Log } from "../services/hub.ts";

interface Checked {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>>;
  /** What is wrong further in. */
  readonly children?: readonly Checked[];
}

/** What class-validator found, a sentence for each field. Its own texts could quote the value; ours never do. */
const sentences = (found: readonly Checked[], within = ""): string =>
  found
    .flatMap(({ property, constraints, children = [] }) => [
      ...(constraints ? [`${within}${property}: ${Object.values(constraints).join(", ")}`] : []),
      ...(children.length > 0 ? [sentences(children, `${within}${property}.`)] : []),
    ])
    .join("; ");

/** What is wrong with a variable: where, and what belongs there. GraphQL's own message quotes the value, and the value may be
 *  about a person; the names in it are the schema's. */
function aboutVariable(message: string): string {
  const [, variable] = /^Variable "\$(\w+)"/.exec(message) ?? [];
  const [, path] = /; at "([\w.[\]]+)"|at "([\w.[\]]+)";/.exec(message)?.filter(Boolean) ?? [];
  const [, type] = /type "([\w![\]]+)"/.exec(message) ?? [];
  const where = path ?? variable;
  return where
    ? `${where}: is not a valid ${type ?? "value"}`
    : "The request's variables are not as the schema wants them";
}

interface Answered {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal before there is anything to ask, with its HTTP status. */
export function refusedWith(answered: number | Answered, code: string, message: string): GraphQLError {
  const { status, headers = {} } = typeof answered === "number" ? { status: answered } : answered;
  // As Apollo takes it, whatever other packages say of it.
  const http: object = { status, headers: new HeaderMap(Object.entries(headers)) };
  return new GraphQLError(message, { extensions: { code, http } });
}

/** The same as an answer of its own. */
export function answerRefused({ message, extensions }: GraphQLError, reply: FastifyReply): FastifyReply {
  const { status, headers } = extensions["http"] as unknown as { status: number; headers: HeaderMap };
  const errors = [{ message, extensions: { code: extensions["code"] } }];
  return reply.code(status).headers(Object.fromEntries(headers)).send({ errors });
}

/** What GraphQL says of a document that names schema elements only. Its other messages quote literals. */
const ABOUT_NAMES =
  /^(Cannot query field|Unknown (argument|type|fragment|directive|operation)|Field "|Variable "\$\w+" (is|of)|Fragment |This anonymous)/;

function inOurWords(code: string, message: string): string {
  if (code === "BAD_USER_INPUT") return aboutVariable(message);
  if (code === "GRAPHQL_PARSE_FAILED") return "This is not a GraphQL document: look at the place in `locations`";
  if (code !== "GRAPHQL_VALIDATION_FAILED" || ABOUT_NAMES.test(message)) return message;
  return "This does not fit the schema: look at the place in `locations`";
}

export const makeErrorFormatter =
  (log: Log) =>
  (shown: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const error = unwrapResolverError(thrown);
    // A field's path says where; only what has none needs the place in the document.
    const place = shown.path ? { path: shown.path } : shown.locations ? { locations: shown.locations } : {};
    if (error instanceof Refusal) return { ...place, message: error.message, extensions: { code: error.code } };
    if (error instanceof ArgumentValidationError) {
      const message = sentences(error.extensions["validationErrors"] as Checked[]);
      return { ...place, message, extensions: { code: "BAD_INPUT" } };
    }
    const code = shown.extensions?.["code"];
    if (typeof code === "string" && code !== "INTERNAL_SERVER_ERROR") {
      const message = inOurWords(code, shown.message);
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
