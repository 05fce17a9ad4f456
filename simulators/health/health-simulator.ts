// Behaves like health's systems: the token service, PDS and a shared care record, over one synthetic town.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { JSONWebKeySet } from "jose";
import { header, makeSimulator } from "../support/simulator.ts";
import type { Town } from "../town/types.ts";
import { addCareRecordRoutes } from "./care-record-routes.ts";
import { makeStore } from "./care-record-store.ts";
import { makeEmit } from "./emit.ts";
import { FhirOutcome, outcomeOfStatus, SpineOutcome } from "./outcome.ts";
import { addPdsRoutes } from "./pds-routes.ts";
import { makeTokenService, TokenRefusal } from "./token.ts";
import { makeWorld, type Differences } from "./world.ts";

/** How the simulator departs from what the real services do by default; tests mostly lift the limits. */
export interface HealthSimulatorOptions {
  /** The client's public keys, or how to fetch them; without them every client is told to register one. */
  readonly jwks?: JSONWebKeySet | (() => Promise<JSONWebKeySet>);
  /** The only API key that may sign in; any where left out. */
  readonly clientId?: string;
  /** How long tokens live, in seconds (599 as the service says). */
  readonly tokenSeconds?: number;
  /** Requests a second at PDS (5, as NHS Digital allows an application); null for no limit. */
  readonly pdsPerSecond?: number | null;
  /** The largest page of the care record (1,000). */
  readonly pageCap?: number;
  /** Where the care record differs from PDS. */
  readonly differences?: Differences;
}

/** The simulator, not yet listening. */
export async function makeHealthSimulator(town: Town, options: HealthSimulatorOptions = {}): Promise<FastifyInstance> {
  const { jwks, clientId, tokenSeconds, pdsPerSecond = 5, pageCap = 1_000, differences = {} } = options;
  const world = makeWorld(town, differences);
  const store = makeStore(world);
  const keys = async () => (typeof jwks === "function" ? jwks() : (jwks ?? null));
  const tokens = makeTokenService({
    keys,
    ...(clientId !== undefined && { clientId }),
    ...(tokenSeconds !== undefined && { lifeSeconds: tokenSeconds }),
  });
  let now = () => new Date();
  const bump = makeEmit({ world, store, now: () => now() });

  return makeSimulator({
    name: "health",
    errorBody: outcomeOfStatus,
    emit: (event) => (event["forgetTokens"] === true ? { forgotten: tokens.forgetAll() ?? true } : bump(event)),
    routes: (app) => {
      now = app.getDecorator<() => Date>("simNow");
      app.addContentTypeParser(
        "application/x-www-form-urlencoded",
        { parseAs: "string" },
        (_request: FastifyRequest, body: string, done: (error: Error | null, form?: URLSearchParams) => void) =>
          done(null, new URLSearchParams(body)),
      );
      app.setErrorHandler(answerError);
      app.post("/oauth2/token", (request) =>
        tokens.give(asForm(request.body), `${request.protocol}://${request.host}/oauth2/token`),
      );
      app.register(async (scope) => {
        mirrorIds(scope);
        addPdsRoutes(scope, { world, tokens, perSecond: pdsPerSecond });
      });
      app.register(async (scope) => {
        mirrorIds(scope);
        addCareRecordRoutes(scope, { store, tokens, cap: pageCap });
      });
    },
  });
}

const asForm = (body: unknown): URLSearchParams => (body instanceof URLSearchParams ? body : new URLSearchParams());

/** Both servers speak FHIR's media type and give back the ids by which a request can be traced. */
function mirrorIds(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.type("application/fhir+json; charset=utf-8");
    for (const name of ["x-request-id", "x-correlation-id"]) {
      const value = header(request, name);
      if (value !== null) reply.header(name, value);
    }
  });
}

function answerError(error: FastifyError | Error, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof TokenRefusal) return reply.code(error.status).send(error.body);
  if (error instanceof SpineOutcome || error instanceof FhirOutcome)
    return reply
      .headers(error.headers)
      .type("application/fhir+json; charset=utf-8")
      .code(error.status)
      .send(error.body);
  return reply.code("statusCode" in error ? (error.statusCode ?? 500) : 500).send({ error: error.message });
}
