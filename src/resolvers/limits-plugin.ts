// What is refused once a document is known to fit the schema: what costs too much with these variables, and whoever has asked for too
// much already. And what of an answer is for those who write queries.

import type { ApolloServerPlugin } from "@apollo/server";
import type { DocumentNode, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from "graphql";
import type { Actor } from "../domain/actor.ts";
import { mayExploreSchema, mayWriteQueries } from "../domain/sharing-queries.ts";
import type { Caller } from "../services/hub.ts";
import type { Context } from "./context.ts";
import { makePrices, type Price } from "./cost.ts";
import { tooLarge } from "./limits-door.ts";
import type { Rates } from "./rate-limits.ts";

export interface Limited {
  readonly schema: GraphQLSchema;
  readonly rates: Rates;
  /** The most that one request may cost. */
  readonly mostCost: number;
  /** Whether everybody is helped to words of the schema. */
  readonly schemaToAll: boolean;
}

/** One operation as it is about to be run. */
export interface Run {
  readonly caller: Caller;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A function that refuses what costs too much, and takes what is let through off what its sender may still ask. Gives its price. */
export function makeCharge({ schema, rates, mostCost }: Limited): (run: Run) => Promise<Price> {
  const prices = makePrices(schema);
  return async ({ caller, document, operation, variables }) => {
    const price = prices(document, operation);
    const cost = price.costs(variables);
    if (cost > mostCost) {
      const limit = { most: mostCost, of: "as its cost (docs/limits.md)", source: "" };
      throw tooLarge(mayWriteQueries(caller.actor).allowed, { limit, found: cost });
    }
    const { searches, urgent } = price;
    const held = rates.take(caller, { cost, searches, urgent });
    if (held) await held;
    return price;
  };
}

/** GraphQL over HTTP: a client that asked for `application/json` alone takes every well-formed answer as 200. */
const WAS_UNDERSTOOD = new Set(["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"]);
const wantsOldJson = (accept: string | undefined): boolean =>
  accept !== undefined && /application\/json/i.test(accept) && !/graphql-response/i.test(accept);

const SUGGESTION = / Did you mean [^?]*\?/;

type Shown = readonly GraphQLFormattedError[];

/** Errors as this reader may have them: a word of the schema that they nearly hit is for those who may look at it. */
export const forReader = ({ schemaToAll }: Pick<Limited, "schemaToAll">, actor: Actor, errors: Shown): Shown =>
  schemaToAll || mayExploreSchema(actor).allowed
    ? errors
    : errors.map((each) => ({ ...each, message: each.message.replace(SUGGESTION, "") }));

/** All of this as the graph's plugin. */
export function limitsPlugin(limited: Limited): ApolloServerPlugin<Context> {
  const charge = makeCharge(limited);
  const breaking = new WeakSet<Context>();
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ contextValue, document, operation, request }) {
        if (!operation) return;
        const { caller } = contextValue;
        const price = await charge({ caller, document, operation, variables: request.variables ?? {} });
        if (price.breaksGlass) breaking.add(contextValue);
      },
      async willSendResponse({ contextValue, request, response: { body, http } }) {
        if (body.kind !== "single") return;
        const { caller } = contextValue;
        const { errors } = body.singleResult;
        // To have tried is not enough: nobody is let off for a question that was refused.
        if (!errors && breaking.has(contextValue)) limited.rates.glassBroken(caller);
        if (!errors) return;
        body.singleResult.errors = forReader(limited, caller.actor, errors);
        const isUnderstood = errors.every(({ extensions }) => WAS_UNDERSTOOD.has(String(extensions?.["code"])));
        if (http.status === 400 && isUnderstood && wantsOldJson(request.http?.headers.get("accept"))) http.status = 200;
      },
    }),
  };
}
