// What every simulator is made of: a Fastify server on loopback, a control plane under /__sim that can make it fail in the
// ways real systems fail, and a journal of the requests it got. Synthetic data only; never a real system.

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { setTimeout as sleep } from "node:timers/promises";

/** One way to fail, until its count is used up or it is deleted. */
export interface Fault {
  /** A path prefix (`/fhir/R4/Encounter`) or `*` for all. */
  route: string;
  mode: "latency" | "status" | "drop" | "malformed" | "stale";
  /** Share of requests it strikes, 0 to 1. Default 1. */
  p?: number;
  /** For `latency`: how long each answer is held back. */
  ms?: number;
  /** For `status`: the HTTP status given instead. */
  status?: number;
  /** How often it strikes before it is over; unlimited when left out. */
  count?: number;
}

/** A request as the journal keeps it: enough to count and to join, no bodies. */
export interface JournalEntry {
  at: string;
  method: string;
  path: string;
  status: number;
  correlationId: string | null;
}

export interface SimulatorParts {
  readonly name: string;
  /** Adds the protocol's own routes. */
  readonly routes: (app: FastifyInstance) => void | Promise<void>;
  /** Runs for `POST /__sim/emit`: a change at the agency, such as an amended record. Answers what it did. */
  readonly emit?: (event: Record<string, unknown>) => unknown;
  /** Body given for a `status` fault, in the protocol's own error shape. */
  readonly errorBody?: (status: number) => unknown;
}

const JOURNAL_KEEPS = 20_000;

/** Builds the server without listening, so that tests may `inject` into it. */
export async function makeSimulator(parts: SimulatorParts): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, bodyLimit: 10 * 1024 * 1024, routerOptions: { maxParamLength: 500 } });
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

  app.post("/__sim/faults", async (request) => {
    faults.push(request.body as Fault);
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
  app.post("/__sim/emit", async (request) => parts.emit?.(request.body as Record<string, unknown>) ?? {});
  app.get("/__sim/health", async () => ({ name: parts.name, synthetic: true }));
  await parts.routes(app);
  return app;
}

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
    await reply.code(status).send(parts.errorBody?.(status) ?? { error: `simulated ${status}` });
  }
}

/** One request header as text, or null. */
export function header(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}
