// The hub with everything permitted, for a measurement: the same graph over the same tables, nobody signed in, no rules, no record of
// who read what, nothing sealed. There is no such switch in the product: this program is put together from its parts.

import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import Fastify from "fastify";
import { readConfig } from "../../src/config.ts";
import { theClock } from "../../src/domain/actor.ts";
import { openHub } from "../../src/hub.ts";
import type { Context } from "../../src/resolvers/context.ts";
import { makeGraph } from "../../src/resolvers/graph.ts";
import { makeLoaders } from "../../src/resolvers/loaders.ts";
import { makeRates, NO_RATES } from "../../src/resolvers/rate-limits.ts";
import { buildHubSchema } from "../../src/resolvers/schema.ts";
import type { Caller } from "../../src/services/hub.ts";
import { serveStarter, wishesOf } from "../support/programs.ts";
import type { HubReady, HubWishes } from "../unified/hub.ts";
import { makeMemorySystems } from "../unified/memory-systems.ts";
import { seedChildren } from "../unified/seed.ts";

const { settings, children, trusted } = wishesOf<HubWishes>();
const folder = mkdtempSync(join(tmpdir(), "hub-bench-"));
const config = readConfig({ LOG_LEVEL: "silent", ...settings, NODE_ENV: "test", HUB_DATA: folder });
const open = await openHub(config, { inMemory: true, systems: makeMemorySystems });
const { hub } = open;
await seedChildren(hub, { children, inClear: true });

const hashes = new Set(trusted.map((document) => createHash("sha256").update(document).digest("hex")));
const schema = await buildHubSchema();
const rates = makeRates({ limits: NO_RATES, redis: null, keyed: hub.keyed, log: hub.log });
const limited = { schema, rates, mostCost: Number.MAX_SAFE_INTEGER, schemaToAll: true };
const graph = makeGraph({ schema, log: hub.log, trusted: hashes, limited });
await graph.start();
const app = Fastify({ logger: false });
const never = new AbortController().signal;
const context = async (): Promise<Context> => {
  const caller: Caller = {
    actor: theClock("bench"),
    purpose: "not-stated",
    requestId: "bench",
    signal: never,
    trail: { read() {}, flush: async () => {} },
  };
  return { hub, caller, loaders: makeLoaders(hub, caller) };
};
app.post("/graphql", fastifyApolloHandler(graph, { context }));
const url = await app.listen({ host: "127.0.0.1", port: 0 });

serveStarter({ port: Number(new URL(url).port) } satisfies HubReady, {
  async close() {
    await app.close();
    await graph.stop();
    await open.close();
    rmSync(folder, { recursive: true, force: true });
  },
});
