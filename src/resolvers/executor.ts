// Trusted documents are compiled once and run three times as fast (graphql-jit); everything else runs on graphql-js.
// Only what ships with the hub is trusted, so what is compiled is bounded. A test holds both to the same answers.

import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import {
  execute,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type ExecutionResult,
  type GraphQLSchema,
} from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import { LRUCache } from "lru-cache";
import type { Context } from "./context.ts";

type Run = (context: unknown, variables: Record<string, unknown>) => Promise<ExecutionResult> | ExecutionResult;

type Gateway = ApolloServerOptionsWithGateway<BaseContext>["gateway"];
type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;
type Asked = Parameters<Executor>[0];

const MOST_COMPILED = 1_000;

/** graphql-jit's errors lack what Apollo looks for; without this each would lose its path and become a blank fault. */
const whole = (error: GraphQLError): GraphQLError =>
  error.extensions
    ? error
    : new GraphQLError(error.message, {
        path: error.path,
        ...(error.originalError && { originalError: error.originalError }),
        extensions: error.originalError instanceof GraphQLError ? error.originalError.extensions : {},
      });

/** What Apollo asks to execute operations. `trusted` are the SHA-256 hashes (hex) of the documents to compile. */
export function makeExecutor(schema: GraphQLSchema, trusted: ReadonlySet<string>): Gateway {
  const compiled = new LRUCache<string, Run>({ max: MOST_COMPILED });

  function runnerFor({ queryHash, document, operationName }: Asked): Run {
    const slowly: Run = (contextValue, variableValues) =>
      execute({ schema, document, contextValue, variableValues, operationName: operationName ?? null });
    if (!trusted.has(queryHash)) return slowly;
    const key = `${queryHash} ${operationName ?? ""}`;
    const known = compiled.get(key);
    if (known) return known;
    const query = compileQuery(schema, document, operationName ?? undefined);
    const wanted = getOperationAST(document, operationName)?.variableDefinitions ?? [];
    const run: Run = isCompiledQuery(query)
      ? (context, variables) => {
          // graphql-js words what is wrong with a variable so that Apollo knows it for the caller's mistake.
          const { errors } = getVariableValues(schema, wanted, variables, { maxErrors: 10 });
          return errors ? { errors } : (query.query(undefined, context, variables) as Promise<ExecutionResult>);
        }
      : slowly;
    compiled.set(key, run);
    return run;
  }

  const executor: Executor = async (asked) => {
    const { data, errors } = await runnerFor(asked)(asked.context, asked.request.variables ?? {});
    // What was read is on record before it leaves. Where it cannot be, this throws, and nothing leaves.
    await (asked.context as Context).caller.trail?.flush();
    return { ...(data !== undefined && { data }), ...(errors && { errors: errors.map(whole) }) };
  };

  return {
    load: async () => ({ executor }),
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => {};
    },
    stop: async () => {},
  };
}
