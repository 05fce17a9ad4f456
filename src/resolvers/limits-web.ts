// The limits that hold before there is a request: how long a connection may take to send one, how many there may be, and where what was
// asked is counted.

import type { FastifyInstance, FastifyRequest } from "fastify";
import { Redis } from "ioredis";
import type { Hub } from "../services/hub.ts";
import { makeRates, type RateLimits, type Rates } from "./rate-limits.ts";

export interface SocketLimits {
  /** Within which a whole request must have come, in seconds. */
  readonly receiveSeconds: number;
  readonly mostConnections: number;
}

/** Whoever sends a byte now and then holds a connection for so long and no longer. */
export const receivingWithin = ({ receiveSeconds }: SocketLimits) => ({
  requestTimeout: receiveSeconds * 1_000,
  keepAliveTimeout: 65_000,
  http: {
    headersTimeout: Math.min(receiveSeconds, 10) * 1_000,
    // How often Node looks for those who are late.
    connectionsCheckingInterval: Math.min(receiveSeconds * 500, 5_000),
  },
});

export function serveSocketLimits(app: FastifyInstance, { mostConnections }: SocketLimits): void {
  app.server.maxConnections = mostConnections;
}

const refusedAs = (statusCode: number) => Object.assign(new Error("A request that is not read"), { statusCode });

/** A packed body could be a thousand times as large once unpacked: none is taken. Nor is a request to a host that is none. */
export async function refuseUnreadable({ headers, url, protocol, hostname }: FastifyRequest): Promise<void> {
  const { "content-encoding": packed = "identity" } = headers;
  if (packed !== "identity") throw refusedAs(415);
  if (!URL.canParse(url, `${protocol}://${hostname}/`)) throw refusedAs(400);
}

/** What everybody asks is counted in Redis where there is one, else in this process. */
export function serveRates(
  app: FastifyInstance,
  { log, keyed }: Hub,
  { limits, redisUrl }: { readonly limits: RateLimits; readonly redisUrl: string | undefined },
): Rates {
  const redis = redisUrl ? new Redis(redisUrl, { maxRetriesPerRequest: 1, commandTimeout: 500 }) : null;
  // While it is away each process counts for itself; the queues say so.
  redis?.on("error", () => {});
  app.addHook("onClose", async () => redis?.disconnect());
  return makeRates({ limits, redis, keyed, log });
}
