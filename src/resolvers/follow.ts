// One subscription from its document to its events. Each event is looked at with loaders of its own: what was true of the last one
// is asked anew.

import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";
import type { RequestParams } from "graphql-sse";
import type { Caller, Hub } from "../services/hub.ts";
import type { Context } from "./context.ts";
import type { makeErrorFormatter } from "./errors.ts";
import { MOST_TOKENS } from "./limits.ts";
import { makeLoaders } from "./loaders.ts";

type Format = ReturnType<typeof makeErrorFormatter>;

/** Who follows, and until when. The signal's reason is what they are told; a connection that is gone has none. */
export interface Following {
  readonly hub: Hub;
  readonly caller: Caller;
  readonly ended: AbortSignal;
}

export interface Refused {
  readonly errors: readonly GraphQLFormattedError[];
}

export const isRefused = (prepared: ExecutionArgs | Refused): prepared is Refused => "errors" in prepared;

/** A document ready to be followed, or what is wrong with it. */
export function prepare(
  following: Following,
  { query, operationName, variables }: RequestParams,
  { schema, format }: { readonly schema: GraphQLSchema; readonly format: Format },
): ExecutionArgs | Refused {
  const refuse = (code: string, errors: readonly GraphQLError[]): Refused => ({
    errors: errors.map((error) => format({ ...error.toJSON(), extensions: { code } }, error)),
  });
  const document = parsed(query);
  if (document instanceof GraphQLError) return refuse("GRAPHQL_PARSE_FAILED", [document]);
  const invalid = validate(schema, document);
  if (invalid.length > 0) return refuse("GRAPHQL_VALIDATION_FAILED", invalid);
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== "subscription") return refuse("BAD_REQUEST", [new GraphQLError(ONLY_SUBSCRIPTIONS)]);
  const given = variables ?? {};
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 10 });
  if (errors) return refuse("BAD_USER_INPUT", errors);
  return {
    schema,
    document,
    operationName: operationName ?? null,
    variableValues: given,
    contextValue: contextFor(following),
  };
}

const ONLY_SUBSCRIPTIONS = "Only subscriptions are served here: send queries and changes to POST /graphql";

function parsed(query: string) {
  try {
    return parse(query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** With a caller of its own: what was decided for the last event is decided anew, since somebody's way in may have ended. */
function contextFor({ hub, caller }: Following): Context {
  const now = { ...caller };
  return { hub, caller: now, loaders: makeLoaders(hub, now) };
}

type Results = AsyncGenerator<ExecutionResult, void, void>;

/** What happens, as results in order. It ends with a last result that says why, where there is somebody to tell. */
export async function follow(
  following: Following,
  args: ExecutionArgs,
  format: Format,
): Promise<Results | ExecutionResult> {
  const shown = ({ data, errors }: ExecutionResult): ExecutionResult => ({
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map((error) => asError(format(error.toJSON(), error))) }),
  });
  const source = await createSourceEventStream(args);
  await following.caller.trail?.flush();
  if (!(Symbol.asyncIterator in source)) return { data: null, ...shown(source) };
  const { ended } = following;
  const events = source[Symbol.asyncIterator]() as AsyncIterator<unknown, unknown, undefined>;
  const stop = () => void events.return?.();
  ended.addEventListener("abort", stop, { once: true });
  if (ended.aborted) stop();
  let isOver = false;
  const over = { done: true, value: undefined } as const;
  const last = (why: unknown): IteratorResult<ExecutionResult, void> => {
    isOver = true;
    stop();
    if (!(why instanceof Error) || why.name === "AbortError") return over;
    const message = why.message;
    return { done: false, value: { errors: [asError(format({ message }, why))] } };
  };
  const results = {
    async next(): Promise<IteratorResult<ExecutionResult, void>> {
      if (isOver) return over;
      try {
        const { done, value } = await events.next();
        if (done || ended.aborted) return last(ended.reason);
        const result = await execute({ ...args, rootValue: value, contextValue: contextFor(following) });
        // What was read is on record before it leaves. Where it cannot be, nothing leaves, and the stream ends.
        await following.caller.trail?.flush();
        return { done: false, value: shown(result) };
      } catch (error) {
        return last(error);
      }
    },
    async return(): Promise<IteratorResult<ExecutionResult, void>> {
      last(null);
      return over;
    },
    async throw(): Promise<IteratorResult<ExecutionResult, void>> {
      last(null);
      return over;
    },
    [Symbol.asyncIterator]: () => results as Results,
  };
  return results as Results;
}

/** An error as it goes out; graphql-sse writes it as it stands. */
const asError = (formatted: GraphQLFormattedError): GraphQLError => formatted as GraphQLError;
