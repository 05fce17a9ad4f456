// What every simulator is made of: a Fastify server on loopback, a control plane under /__sim that can make it fail in the
// ways real systems fail, and a journal of the requests it got. Synthetic data only; never a real system.

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { TownSettings } from "../town/types.ts";

const faultShape = z.object({
  /** A path prefix (`/fhir/R4/Encounter`) or `*` for all. */
  route: z.string("route says which requests fail: a path prefix, or * for all").min(1, "route is empty"),
  mode: z.enum(["latency", "status", "drop", "malformed"], "mode is latency, status, drop or malformed"),
  /** Share of requests it strikes, 0 to 1. Default 1. */
  p: z.number().min(0).max(1).optional(),
  /** For `latency`: how long each answer is held back, in milliseconds. */
  ms: z.number().min(0).optional(),
  /** For `status`: the HTTP status given instead. */
  status: z.int().min(400).max(599).optional(),
  /** How often it strikes before it is over; unlimited when left out. */
  count: z.int().min(0).optional(),
});

/** One way to fail, until its count is used up or it is deleted. */
export type Fault = z.infer<typeof faultShape>;

const settingsShape = z.object({
  children: z.int("children says how many live in the town").min(0).max(200_000),
  seed: z.int("seed is a whole number"),
  until: z.iso.date("until is the day the town's story stands at, as 2026-03-02"),
});

/** A request as the journal keeps it: enough to count and to join, no bodies. */
export interface JournalEntry {
  at: string;
  method: string;
  path: string;
  status: number;
  correlationId: string | null;
}

interface SimulatorParts {
  readonly name: string;
  /** Adds the protocol's own routes. */
  readonly routes: (app: FastifyInstance) => void | Promise<void>;
  /** Runs for `POST /__sim/emit`: a change at the agency, such as an amended record. Answers what it did. */
  readonly emit?: (event: Record<string, unknown>) => unknown;
  /** Runs for `POST /__sim/seed`: makes the town of these settings and answers from it alone. Without it the town is fixed. */
  readonly seed?: (settings: TownSettings) => unknown;
  /** Body given for a `status` fault, in the protocol's own error shape. */
  readonly errorBody?: (status: number, url: string) => unknown;
  /** Serves over TLS, to holders of a certificate of `ca` only. PEM texts. Without it: plain HTTP, which is for loopback. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca: string } | null;
}

const JOURNAL_KEEPS = 20_000;
const MUTUAL = { requestCert: true, rejectUnauthorized: true, minVersion: "TLSv1.2" } as const;

/** Builds the server without listening, so that tests may `inject` into it. */
export async function makeSimulator(parts: SimulatorParts): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    logger: false,
    bodyLimit: 10 * 1024 * 1024,
    routerOptions: { maxParamLength: 500 },
    // A connection on which nothing was ever asked is not idle to Node, and would hold up closing for a minute.
    forceCloseConnections: true,
    ...(parts.tls && { https: { ...parts.tls, ...MUTUAL } }),
  });
  let faults: Fault[] = [];
  let journal: JournalEntry[] = [];
  let clock: string | null = null;

  app.decorate("simNow", () => (clock ? new Date(clock) : new Date()));
  app.addHook("onResponse", async (request, reply) => {
    if (request.url.startsWith("/__sim")) return;
    journal.push({
      at: new Date().toISOString(),
      method: request.method,
      path: request.url.split("?")[0] ?? request.url,
      status: reply.statusCode,
      correlationId: header(request, "x-correlation-id"),
    });
    if (journal.length > JOURNAL_KEEPS) journal = journal.slice(-JOURNAL_KEEPS / 2);
  });
  app.addHook("onRequest", async (request, reply) => {
    if (request.url.startsWith("/__sim")) return;
    for (const fault of strike(faults, request.url)) await apply({ fault, parts }, request, reply);
    faults = faults.filter((fault) => fault.count === undefined || fault.count > 0);
  });

  app.post("/__sim/faults", async (request, reply) => {
    const asked = faultShape.safeParse(request.body);
    if (!asked.success) return refuse(reply, asked.error);
    faults.push(asked.data);
    return { faults };
  });
  app.delete("/__sim/faults", async () => {
    faults = [];
    return { faults };
  });
  app.post("/__sim/clock", async (request) => {
    clock = (request.body as { now: string | null }).now;
    return { now: clock };
  });
  app.get("/__sim/requests", async () => ({ requests: journal }));
  app.delete("/__sim/requests", async () => {
    journal = [];
    return { requests: [] };
  });
  app.post("/__sim/emit", async (request, reply) => {
    try {
      return (await parts.emit?.((request.body ?? {}) as Record<string, unknown>)) ?? {};
    } catch (error) {
      if (error instanceof z.ZodError) return refuse(reply, error);
      throw error;
    }
  });
  app.post("/__sim/seed", async (request, reply) => {
    const asked = settingsShape.safeParse(request.body);
    if (!asked.success) return refuse(reply, asked.error);
    if (!parts.seed) return refuse(reply, `The town of ${parts.name} cannot be made anew while it runs`);
    await parts.seed(asked.data);
    return { seeded: asked.data };
  });
  app.get("/__sim/health", async () => ({ name: parts.name, synthetic: true }));
  await parts.routes(app);
  return app;
}

/** Says what is wrong, as text: what a protocol does to its own answers is not done to these. */
function refuse(reply: FastifyReply, wrong: z.ZodError | string): FastifyReply {
  const error = typeof wrong === "string" ? wrong : wrong.issues.map(sentenceOf).join("; ");
  return reply.code(400).type("application/json").send(JSON.stringify({ error }));
}

const sentenceOf = ({ path, message }: z.core.$ZodIssue): string =>
  message.startsWith(String(path[0])) ? message : `${path.join(".") || "The body"}: ${message}`;

/** Faults that hit this request; each hit is counted off. */
function strike(faults: Fault[], url: string): Fault[] {
  return faults.filter((fault) => {
    const hit = (fault.route === "*" || url.startsWith(fault.route)) && Math.random() < (fault.p ?? 1);
    if (!hit || fault.count === 0) return false;
    if (fault.count !== undefined) fault.count -= 1;
    return true;
  });
}

async function apply(
  { fault, parts }: { fault: Fault; parts: SimulatorParts },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (fault.mode === "latency") await sleep(fault.ms ?? 1_000);
  if (fault.mode === "drop") request.raw.socket.destroy();
  if (fault.mode === "malformed") await reply.code(200).type("application/json").send('{"resourceType": "Bund');
  if (fault.mode === "status") {
    const status = fault.status ?? 500;
    if (status === 429) reply.header("retry-after", "1");
    await reply.code(status).send(parts.errorBody?.(status, request.url) ?? { error: `simulated ${status}` });
  }
}

/** One request header as text, or null. */
export function header(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}
