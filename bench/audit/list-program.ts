// The hub with its audit, or without: the same graph, actor, rules and tables. There is no such switch in the product: this program is
// put together from its parts. It can also be asked what the record of a page costs alone.

import { createHash } from "node:crypto";
import { setMaxListeners } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import Fastify from "fastify";
import { readConfig } from "../../src/config.ts";
import { openHub } from "../../src/hub.ts";
import type { Context } from "../../src/resolvers/context.ts";
import { makeGraph } from "../../src/resolvers/graph.ts";
import { makeLoaders } from "../../src/resolvers/loaders.ts";
import type { Rates } from "../../src/resolvers/rate-limits.ts";
import { buildHubSchema } from "../../src/resolvers/schema.ts";
import { accessToOne } from "../../src/services/access.ts";
import type { Caller } from "../../src/services/hub.ts";
import { makeTrail, type Trail } from "../../src/services/trail.ts";
import { serveStarter, wishesOf } from "../support/programs.ts";
import { makeMemorySystems } from "../unified/memory-systems.ts";
import type { KnownChild } from "../unified/hub.ts";
import { READER } from "../unified/reader.ts";
import { seedChildren } from "../unified/seed.ts";

export interface ListWishes {
  readonly settings: Readonly<Record<string, string>>;
  readonly children: readonly KnownChild[];
  readonly trusted: readonly string[];
  readonly recorded: boolean;
}

/** Puts this many pages of all the children on record, so many under way at once. */
export interface RecordPages {
  readonly pages: number;
  readonly atOnce: number;
}

const { settings, children, trusted, recorded } = wishesOf<ListWishes>();
const folder = mkdtempSync(join(tmpdir(), "hub-bench-"));
const config = readConfig({ LOG_LEVEL: "silent", ...settings, NODE_ENV: "test", HUB_DATA: folder });
const open = await openHub(config, { inMemory: true, systems: makeMemorySystems });
const { hub } = open;
await seedChildren(hub, { children, team: READER });

const NOTHING: Trail = { read() {}, flush: async () => {} };
const never = new AbortController().signal;
setMaxListeners(0, never);

function callerNow(): Caller {
  const asking: Caller = {
    actor: { kind: "PRACTITIONER", id: READER, name: "measured", role: "SOCIAL_WORKER", agencyId: "social-care" },
    purpose: "children-act-1989-s17",
    requestId: hub.newId(),
    signal: never,
  };
  return { ...asking, trail: recorded ? makeTrail(hub, asking) : NOTHING };
}

const hashes = new Set(trusted.map((document) => createHash("sha256").update(document).digest("hex")));
const schema = await buildHubSchema();
// Nobody asks too much of it.
const rates: Rates = { take: () => undefined, glassBroken: () => {}, stranger: async () => {} };
const limited = { schema, rates, mostCost: Number.MAX_SAFE_INTEGER, schemaToAll: false };
const graph = makeGraph({ schema, log: hub.log, trusted: hashes, limited });
await graph.start();
const app = Fastify({ logger: false });
const context = async (): Promise<Context> => {
  const caller = callerNow();
  return { hub, caller, loaders: makeLoaders(hub, caller) };
};
app.post("/graphql", fastifyApolloHandler(graph, { context }));
const url = await app.listen({ host: "127.0.0.1", port: 0 });

async function recordPages({ pages, atOnce }: RecordPages): Promise<NodeJS.CpuUsage> {
  const access = await accessToOne(hub, callerNow(), children[0]?.id ?? "");
  const sources = ["social-care", "health", "education", "police"];
  const began = process.cpuUsage();
  for (let done = 0; done < pages; done += atOnce)
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        const { trail } = callerNow();
        for (const { id: childId } of children) {
          trail?.read({ childId, access, parts: [], sources: [] });
          trail?.read({ childId, access, parts: ["INVOLVEMENTS", "STATES", "EVENTS"], sources });
        }
        await trail?.flush();
      }),
    );
  return process.cpuUsage(began);
}

serveStarter(
  { port: Number(new URL(url).port) },
  {
    answer: recordPages,
    async close() {
      await app.close();
      await graph.stop();
      await open.close();
      rmSync(folder, { recursive: true, force: true });
    },
  },
);
