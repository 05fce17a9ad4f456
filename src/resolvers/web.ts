// The graph over HTTP: who asks, until when they wait, and what is refused before GraphQL sees it.

import { setMaxListeners } from "node:events";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import type { ApolloServer } from "@apollo/server";
import { PURPOSES, purposeNamed } from "../domain/purpose.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Actor } from "../domain/actor.ts";
import type { Caller, Hub } from "../services/hub.ts";
import { makeTrail } from "../services/trail.ts";
import { noteWorker } from "../services/workers-seen.ts";
import type { Context } from "./context.ts";
import { refusedWith } from "./errors.ts";
import type { Door } from "./limits-door.ts";
import { TIME_IS_UP } from "./limits-time.ts";
import { refuseUnreadable } from "./limits-web.ts";
import type { Rates } from "./rate-limits.ts";
import { makeLoaders } from "./loaders.ts";
import type { SignIn } from "./sign-in.ts";

/** A hundred times the longest query that ships with the hub. */
export const MOST_BYTES = 100 * 1024;

export interface GraphWeb {
  readonly graph: ApolloServer<Context>;
  readonly hub: Hub;
  readonly signIn: SignIn;
  readonly door: Door;
  readonly rates: Rates;
  /** How long a request may take, in seconds. */
  readonly requestSeconds: number;
}

/** Who asks, and until when their sign-in holds; refused with an HTTP status where nobody may. Their signal ends with the
 *  connection. */
export async function callerOf(
  { hub, signIn, rates, requestSeconds }: Omit<GraphWeb, "graph" | "door">,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<{ readonly caller: Caller; readonly expiresAt: Date }> {
  const signedIn = await signIn(request).catch(async (error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    await rates.stranger(request.ip);
    throw asHttp(error, 401);
  });
  const { expiresAt, told } = signedIn;
  const actor = ofThisArea(hub, signedIn.actor);
  // Nobody waits for it, and it never fails.
  void noteWorker(hub, actor, told);
  const gone = new AbortController();
  // Every request to every system listens to it at once.
  setMaxListeners(0, gone.signal);
  const late = setTimeout(() => gone.abort(TIME_IS_UP), requestSeconds * 1_000);
  reply.raw.once("close", () => {
    clearTimeout(late);
    if (!reply.raw.writableFinished) gone.abort();
  });
  // Gone before anybody listened.
  if (reply.raw.destroyed) {
    clearTimeout(late);
    gone.abort();
  }
  const purpose = purposeNamed(String(request.headers["x-purpose"] ?? "not-stated"));
  if (!purpose) throw asHttp(new Refusal("BAD_INPUT", `X-Purpose: use one of ${PURPOSES.join(", ")}`), 400);
  const asking = { actor, purpose, requestId: request.id, signal: gone.signal };
  return { caller: { ...asking, trail: makeTrail(hub, asking) }, expiresAt };
}

/** Serves the graph at POST /graphql. */
export function serveGraph(app: FastifyInstance, web: GraphWeb): void {
  const { graph, hub, door } = web;
  const context = async (request: FastifyRequest, reply: FastifyReply): Promise<Context> => {
    const { caller } = await callerOf(web, request, reply);
    if (isObject(request.body)) door(caller.actor, request.body);
    return { hub, caller, loaders: makeLoaders(hub, caller) };
  };
  app.post("/graphql", {
    bodyLimit: MOST_BYTES,
    onRequest: refuseUnreadable,
    handler: fastifyApolloHandler(graph, { context }),
  });
}

/** A refusal before there is anything to ask, with its HTTP status. */
const asHttp = ({ code, message }: Refusal, status: number): GraphQLError => refusedWith(status, code, message);

export const isObject = (body: unknown): body is Record<string, unknown> =>
  typeof body === "object" && body !== null && !Array.isArray(body);

/** An agency that is not one of the area's is none: nothing can be done in its name. */
export const ofThisArea = ({ area }: Hub, actor: Actor): Actor =>
  area.agencies.some(({ id }) => id === actor.agencyId) ? actor : { ...actor, agencyId: null };

const MESSAGES: Record<number, readonly [string, string]> = {
  400: ["BAD_REQUEST", "The request cannot be read: its body must be JSON"],
  404: ["NOT_FOUND", "There is nothing at this address"],
  413: ["TOO_LARGE", "The request is too large"],
  408: ["TOO_SLOW", "The request did not come within its time"],
  415: ["BAD_REQUEST", "The request's body must be JSON, with Content-Type application/json, and not compressed"],
  431: ["TOO_LARGE", "The request's headers are too large"],
};

/** An error outside GraphQL, in its shape, and in words that quote nothing of the request. */
export function answerError(error: { readonly statusCode?: number }, _request: unknown, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  const [code, message] = MESSAGES[status] ?? ["FAULT", "Something went wrong on our side"];
  void reply.code(status).send({ errors: [{ message, extensions: { code } }] });
}

/** Makes every error one of ours. */
export function serveErrors(app: FastifyInstance, hub: Hub): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if ((error.statusCode ?? 500) >= 500)
      hub.log.error({ error: error.name, requestId: request.id }, "fault in the web server");
    answerError(error, request, reply);
  });
  app.setNotFoundHandler((request, reply) => answerError({ statusCode: 404 }, request, reply));
}
