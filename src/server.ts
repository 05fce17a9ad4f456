// The web server: the graph, the police inbox, and what an operator asks.

import { createHash, timingSafeEqual } from "node:crypto";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { guardedFetch } from "./adapters/address-guard.ts";
import { incidentError, type IncidentAnswer } from "./adapters/police/incident-answers.ts";
import { makeIncidentLimit } from "./adapters/police/incident-limit.ts";
import { answerIncident, refuseUnread } from "./adapters/police/incidents-route.ts";
import { bindsMachines, type Config, opensGraphToAll } from "./config.ts";
import type { OpenHub } from "./hub.ts";
import { makeGraph } from "./resolvers/graph.ts";
import { serveGraphiql } from "./resolvers/graphiql.ts";
import { makeDoor } from "./resolvers/limits-door.ts";
import { receivingWithin, serveRates, serveSocketLimits, type SocketLimits } from "./resolvers/limits-web.ts";
import { type Operation, readOperations } from "./resolvers/operations.ts";
import { NO_RATES, type RateLimits, type Rates, USUAL_RATES } from "./resolvers/rate-limits.ts";
import { serveSecurityHeaders } from "./resolvers/security-headers.ts";
import { readTrusted, trustedFrom, unfit } from "./resolvers/trusted.ts";
import { serveMessagePage } from "./resolvers/message-page.ts";
import { serveOutbox } from "./resolvers/outbox-page.ts";
import { buildHubSchema } from "./resolvers/schema.ts";
import { makeSignIn, type SignIn } from "./resolvers/sign-in.ts";
import { makeSignInClient } from "./resolvers/sign-in-client.ts";
import { CALLBACK, serveSignIn } from "./resolvers/sign-in-pages.ts";
import { serveStreams } from "./resolvers/stream.ts";
import { answerError, ofThisArea, serveErrors, serveGraph } from "./resolvers/web.ts";
import { recentAlarms } from "./services/health.ts";
import { makeMetrics } from "./services/metrics.ts";
import { checkSystems } from "./services/systems.ts";

/** A notice with everything its model allows stays below this. */
const MOST_INCIDENT_BYTES = 2 * 1024 * 1024;
const READY_WITHIN_MS = 3_000;
const READY_HOLDS_MS = 1_000;

export interface ServerParts {
  readonly config: Config;
  readonly open: OpenHub;
  /** Documents that are trusted, and shown as examples; those that ship where left out. */
  readonly operations?: readonly Operation[];
  /** A demo person's token for GraphiQL, where the local issuer runs. */
  readonly demoToken?: () => Promise<string | null>;
}

/** Builds the server without listening. `close()` stops the graph first, then the sockets. */
export async function makeServer({
  config,
  open,
  demoToken,
  operations = readOperations(),
}: ServerParts): Promise<FastifyInstance> {
  const { hub } = open;
  const limits = { receiveSeconds: config.RECEIVE_SECONDS, mostConnections: config.MOST_CONNECTIONS };
  // One id for a request in the log, in the audit and at the agencies.
  const app = Fastify({
    logger: false,
    genReqId: hub.newId,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerError,
    ...(config.TRUSTED_PROXIES.length > 0 && { trustProxy: config.TRUSTED_PROXIES }),
    ...receivingWithin(limits),
    ...tlsOf(config, limits),
  });
  serveSocketLimits(app, limits);
  serveSecurityHeaders(app, { httpsOnly: hub.publicUrl.startsWith("https:") });
  const schema = await buildHubSchema();
  const beside = config.TRUSTED_DOCUMENTS ? readTrusted(config.TRUSTED_DOCUMENTS) : [];
  for (const name of unfit(beside, schema))
    hub.log.warn({ document: name }, "a trusted document does not fit the schema");
  const documents = [...operations, ...beside];
  const trusted = new Set(documents.map(({ hash }) => hash));
  const rates = serveRates(app, hub, { limits: ratesOf(config), redisUrl: config.REDIS_URL });
  const writesToAll = opensGraphToAll(config);
  const schemaToAll = writesToAll && config.NODE_ENV !== "production";
  const limited = { schema, rates, schemaToAll, mostCost: config.REQUEST_COST };
  const graph = makeGraph({ schema, log: hub.log, trusted, limited });
  await graph.start();
  app.addHook("onClose", () => graph.stop());
  serveErrors(app, hub);
  const signIn = serveSignedIn(app, { hub, rates }, config);
  const door = makeDoor({ trusted: trustedFrom(documents), writesToAll, schemaToAll });
  const web = { hub, signIn, door, rates, requestSeconds: config.REQUEST_SECONDS };
  serveGraph(app, { ...web, graph });
  serveStreams(app, { ...web, schema, limited });
  serveGraphiql(app, config.NODE_ENV === "production" ? null : { operations, demoToken: demoToken ?? null });
  if (config.NODE_ENV !== "production" && !config.SMTP_URL) serveOutbox(app, hub);
  serveMessagePage(app);
  serveHealth(app, open);
  serveMetrics(app, open, config.METRICS_TOKEN);
  await app.register(async (inbound) => serveIncidents(inbound, open));
  return app;
}

/** Trying the hub out, nobody is held back. */
function ratesOf({ NODE_ENV, ...given }: Config): RateLimits {
  const usual = NODE_ENV === "production" ? USUAL_RATES : NO_RATES;
  return {
    actor: given.RATE_ACTOR ?? usual.actor,
    agency: given.RATE_AGENCY ?? usual.agency,
    searches: given.RATE_SEARCHES ?? usual.searches,
    strangers: given.RATE_STRANGERS ?? usual.strangers,
  };
}

/** The pages on which people sign in, and what says who sends a request. */
function serveSignedIn(
  app: FastifyInstance,
  { hub, rates }: { hub: OpenHub["hub"]; rates: Rates },
  config: Config,
): SignIn {
  const issuer = {
    issuer: config.OIDC_ISSUER ?? "",
    alsoAt: config.OIDC_ALSO_AT,
    secure: config.NODE_ENV === "production",
    // It often lies in the organisation's own network.
    fetch: guardedFetch({ allowPrivate: true }),
  };
  const client = makeSignInClient({
    ...issuer,
    clientId: config.OIDC_CLIENT_ID,
    clientSecret: config.OIDC_CLIENT_SECRET ?? null,
    scope: config.OIDC_SCOPE,
    redirectUri: `${hub.publicUrl}${CALLBACK}`,
  });
  const stranger = (address: string) => rates.stranger(address, "signing in");
  serveSignIn(app, { hub, client, stranger, ofThisArea: (actor) => ofThisArea(hub, actor) });
  const clients = config.MACHINE_CLIENTS.map((pair) => pair.split("=", 2) as [string, string]);
  return makeSignIn(hub, {
    ...issuer,
    audience: config.OIDC_AUDIENCE,
    machines: { mustBeBound: bindsMachines(config), clients: new Map(clients) },
    certificates: { header: config.CLIENT_CERT_HEADER ?? null, proxies: config.TRUSTED_PROXIES },
    now: () => new Date(),
  });
}

/** Where TLS ends here, a client may show a certificate of the authority named. Nobody must: people's browsers have none. */
function tlsOf({ HUB_TLS_CERT: cert, HUB_TLS_KEY: key, HUB_TLS_CLIENT_CA: ca }: Config, limits: SocketLimits) {
  if (!cert || !key) return {};
  const clients = ca ? { ca, requestCert: true, rejectUnauthorized: false } : {};
  const { http } = receivingWithin(limits);
  return { https: { cert, key, minVersion: "TLSv1.2" as const, ...clients, ...http } as object };
}

function serveHealth(app: FastifyInstance, open: OpenHub): void {
  // Whoever watches the process restarts it where this fails, so it never does: what is wrong with the work is told, not failed.
  app.get("/health", async () => ({ status: "up", alarms: await recentAlarms(open.hub) }));
  // Whoever asks within a moment hears the same: each look costs every agency a request.
  let looked: { readonly at: number; readonly found: ReturnType<typeof readiness> } | null = null;
  app.get("/ready", async (_request, reply) => {
    if (!looked || performance.now() - looked.at > READY_HOLDS_MS)
      looked = { at: performance.now(), found: readiness(open) };
    const found = await looked.found;
    await reply.code(found.ready ? 200 : 503).send(found);
  });
}

/** What this hub stands on, and who answers it. An agency that is down is told, not counted: answers then are partial and say so. */
async function readiness({ hub, queues }: OpenHub) {
  const holds = (work: Promise<unknown>) =>
    work.then(
      () => true,
      () => false,
    );
  const [database, jobs, systems, alarms] = await Promise.all([
    holds(hub.db.query("SELECT 1")),
    holds(queues.ping()),
    checkSystems(hub, AbortSignal.timeout(READY_WITHIN_MS)),
    recentAlarms(hub),
  ]);
  const agencies = systems.map(({ agency, answers, fault, notAnsweringSince }) => {
    return { agency: agency.id, answers, fault, notAnsweringSince };
  });
  return { ready: database, database, jobs, agencies, alarms };
}

/** Metrics for Prometheus, to whoever holds the token; where none is set, to this machine alone and to no proxy on it. */
function serveMetrics(app: FastifyInstance, { hub }: OpenHub, token: string | undefined): void {
  const metrics = makeMetrics(hub);
  const hashed = (text: string) => createHash("sha256").update(text).digest();
  const expected = token === undefined ? null : hashed(`Bearer ${token}`);
  const mayRead = ({ headers, socket }: FastifyRequest): boolean =>
    expected
      ? timingSafeEqual(hashed(headers.authorization ?? ""), expected)
      : LOOPBACK.has(socket.remoteAddress ?? "") && !headers.forwarded && !headers["x-forwarded-for"];
  app.get("/metrics", async (request, reply) => {
    if (!mayRead(request)) return answerError({ statusCode: 404 }, request, reply);
    await reply.type(metrics.contentType).send(await metrics.text());
  });
}

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Where police forces send their notices. The body is taken as it came: hashing and refusing it is the adapter's, and so is
 *  refusing a stranger, a wrong media type or too many before a byte of it is read. */
async function serveIncidents(app: FastifyInstance, { hub, inbox, forces }: OpenHub): Promise<void> {
  const limit = makeIncidentLimit();
  const send = (reply: FastifyReply, { status, headers, body }: IncidentAnswer) =>
    reply.code(status).headers(headers).send(JSON.stringify(body));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MOST_INCIDENT_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.addHook("onRequest", async (request, reply) => {
    const refusal = refuseUnread({ headers: request.headers, credentials: forces, limit });
    if (refusal) await send(reply, refusal);
  });
  app.setErrorHandler((error: { readonly statusCode?: number; readonly name: string }, request, reply) => {
    const tooLarge = error.statusCode === 413;
    if (!tooLarge) hub.log.error({ error: error.name, requestId: request.id }, "fault in the inbox");
    void send(
      reply,
      tooLarge
        ? incidentError(413, "TOO_LARGE", "The notice is too large")
        : incidentError(503, "FAULT", "Please send it again"),
    );
  });
  app.post("/inbound/police/incidents", { bodyLimit: MOST_INCIDENT_BYTES }, async (request, reply) => {
    const answer = await answerIncident({
      headers: request.headers,
      body: (request.body ?? "") as Buffer | string,
      inbox,
      credentials: forces,
      now: hub.now,
      newId: hub.newId,
    });
    if (answer.fault)
      hub.log.error(
        { error: (answer.fault as Error).name },
        "a notice could not be stored; the force will send it again",
      );
    // Whose it is: the agency that the area's policy file gives the police.
    if (answer.status === 201) await Promise.all(policeAgencies(hub).map((agencyId) => hub.wake.collect(agencyId)));
    await send(reply, answer);
  });
}

const policeAgencies = ({ systems }: OpenHub["hub"]): string[] =>
  [...systems.values()].filter(({ agency }) => agency.sector === "POLICE").map(({ agency }) => agency.id);
