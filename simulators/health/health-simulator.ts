// Behaves like health's systems: the token service, PDS, a shared care record, MNS and MESH with CP-IS, over one synthetic town.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { JSONWebKeySet } from "jose";
import { header, makeSimulator } from "../support/simulator.ts";
import { makeTown } from "../town/town.ts";
import type { Town } from "../town/types.ts";
import { addCareRecordRoutes } from "./care-record-routes.ts";
import { makeCpis } from "./cpis.ts";
import { makeEmit } from "./emit.ts";
import { makeMeshAuth, MESH, type MeshOptions } from "./mesh-auth.ts";
import { meshError, MeshRefusal } from "./mesh-errors.ts";
import { makeMessages } from "./mesh-messages.ts";
import { addMeshRoutes, MESH_BASE } from "./mesh-routes.ts";
import { makeSignals } from "./mns-signals.ts";
import { addMnsRoutes, makeSubscriptions } from "./mns-subscriptions.ts";
import { FhirOutcome, outcomeOfStatus, SpineOutcome } from "./outcome.ts";
import { addPdsRoutes } from "./pds-routes.ts";
import { makeStage } from "./stage.ts";
import { makeTokenService, TokenRefusal } from "./token.ts";
import type { Differences } from "./world.ts";

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
  /** Who has a mailbox. */
  readonly mesh?: MeshOptions;
}

/** The simulator, not yet listening. */
export async function makeHealthSimulator(town: Town, options: HealthSimulatorOptions = {}): Promise<FastifyInstance> {
  const { jwks, clientId, tokenSeconds, pdsPerSecond = 5, pageCap = 1_000, differences = {}, mesh = MESH } = options;
  const settings = { differences, cap: pageCap };
  let staged = makeStage(town, settings);
  const stage = () => staged;
  let clock = () => new Date();
  const now = () => clock();
  const keys = async () => (typeof jwks === "function" ? jwks() : (jwks ?? null));
  const tokens = makeTokenService({
    keys,
    ...(clientId !== undefined && { clientId }),
    ...(tokenSeconds !== undefined && { lifeSeconds: tokenSeconds }),
  });
  const subscriptions = makeSubscriptions();
  const signals = makeSignals(subscriptions);
  const messages = makeMessages(now, (message) => cpis.receive(message));
  const cpis = makeCpis({ now, send: messages.send });
  const change = makeEmit({ stage, now, send: signals.send });

  return makeSimulator({
    name: "health",
    errorBody: (status, url) =>
      url.startsWith(MESH_BASE) ? meshError(`simulated ${status}`) : outcomeOfStatus(status),
    emit: (event) => {
      if (event["forgetTokens"] === true) return { forgotten: tokens.forgetAll() ?? true };
      if ("cpisAccess" in event) return cpis.access(event["cpisAccess"]);
      if ("cpisInactive" in event) return cpis.deactivate(event["cpisInactive"]);
      return change(event);
    },
    seed: (wanted) => {
      staged = makeStage(makeTown(wanted), settings);
      messages.forgetAll();
      cpis.forgetAll();
    },
    routes: (app) => {
      clock = app.getDecorator<() => Date>("simNow");
      app.addContentTypeParser(
        "application/x-www-form-urlencoded",
        { parseAs: "string" },
        (_request: FastifyRequest, body: string, done: (error: Error | null, form?: URLSearchParams) => void) =>
          done(null, new URLSearchParams(body)),
      );
      app.setErrorHandler(answerError);
      app.get("/__sim/cpis", () => cpis.contents());
      app.get("/__sim/signals", () => ({ signals: signals.deliveries }));
      app.addHook("onClose", async () => signals.stop());
      app.post("/oauth2/token", (request) =>
        tokens.give(asForm(request.body), `${request.protocol}://${request.host}/oauth2/token`),
      );
      app.register(async (scope) => {
        mirrorIds(scope);
        addPdsRoutes(scope, { stage, tokens, perSecond: pdsPerSecond });
      });
      app.register(async (scope) => {
        mirrorIds(scope);
        addCareRecordRoutes(scope, { stage, tokens });
      });
      app.register(async (scope) => addMnsRoutes(scope, { subscriptions, tokens }));
      const { mailboxes } = mesh;
      app.register(async (scope) => addMeshRoutes(scope, { messages, mailboxes, check: makeMeshAuth(mesh, now) }));
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
  if (error instanceof TokenRefusal || error instanceof MeshRefusal) return reply.code(error.status).send(error.body);
  if (error instanceof SpineOutcome || error instanceof FhirOutcome)
    return reply
      .headers(error.headers)
      .type("application/fhir+json; charset=utf-8")
      .code(error.status)
      .send(error.body);
  return reply.code("statusCode" in error ? (error.statusCode ?? 500) : 500).send({ error: error.message });
}
