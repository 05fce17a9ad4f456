// The graph over HTTP: who asks, until when they wait, and what is refused before GraphQL sees it.

import { setMaxListeners } from "node:events";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import type { ApolloServer } from "@apollo/server";
import { Refusal } from "../domain/refusal.ts";
import type { Actor } from "../domain/actor.ts";
import type { Hub } from "../services/hub.ts";
import type { Context } from "./context.ts";
import { makeLoaders } from "./loaders.ts";

/** A hundred times the longest query that ships with the hub. */
const MOST_BYTES = 100 * 1024;
/** Why the caller asks, as agencies take it, until the need-to-know rules ask each time. */
const PURPOSES = ["children-act-1989-s17", "children-act-1989-s47", "direct-care"];

export interface GraphWeb {
  readonly graph: ApolloServer<Context>;
  readonly hub: Hub;
  readonly signIn: (header: string | undefined) => Promise<Actor>;
}

/** Serves the graph at POST /graphql. */
export function serveGraph(app: FastifyInstance, { graph, hub, signIn }: GraphWeb): void {
  const context = async (request: FastifyRequest, reply: FastifyReply): Promise<Context> => {
    const actor = await signIn(request.headers.authorization).catch(asHttp);
    const gone = new AbortController();
    // Every request to every system listens to it at once.
    setMaxListeners(0, gone.signal);
    reply.raw.once("close", () => gone.abort());
    const asked = request.headers["x-purpose"];
    const purpose = PURPOSES.find((known) => known === asked) ?? "children-act-1989-s17";
    const caller = { actor, purpose, requestId: hub.newId(), signal: gone.signal };
    return { hub, caller, loaders: makeLoaders(hub, caller) };
  };
  app.post("/graphql", { bodyLimit: MOST_BYTES, handler: fastifyApolloHandler(graph, { context }) });
}

/** Not signed in is 401 for HTTP; the sign-in service being away is too: nobody is let in on trust. */
function asHttp(error: unknown): never {
  if (!(error instanceof Refusal)) throw error;
  throw new GraphQLError(error.message, { extensions: { code: error.code, http: { status: 401 } } });
}

const MESSAGES: Record<number, readonly [string, string]> = {
  400: ["BAD_REQUEST", "The request's body is not JSON"],
  404: ["NOT_FOUND", "There is nothing at this address"],
  413: ["TOO_LARGE", "The request is too large"],
  415: ["BAD_REQUEST", "The request's body must be JSON, with Content-Type application/json"],
};

/** Errors outside GraphQL, in its shape, and in words that quote nothing of the request. */
export function serveErrors(app: FastifyInstance, hub: Hub): void {
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    const [code, message] = MESSAGES[status] ?? ["FAULT", "Something went wrong on our side"];
    if (status >= 500) hub.log.error({ error: error.name, requestId: _request.id }, "fault in the web server");
    await reply.code(status).send({ errors: [{ message, extensions: { code } }] });
  });
  app.setNotFoundHandler(async (_request, reply) => {
    const [code, message] = ["NOT_FOUND", "There is nothing at this address"];
    await reply.code(404).send({ errors: [{ message, extensions: { code } }] });
  });
  app.addHook("onSend", async (_request, reply) => {
    reply.header("cache-control", "no-store");
  });
}
