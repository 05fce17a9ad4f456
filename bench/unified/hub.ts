// The hub itself, for a measurement: its own server, signed in, ruled and recorded as always.

import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify from "fastify";
import { readConfig } from "../../src/config.ts";
import { openHub, type OpenHub } from "../../src/hub.ts";
import { makeGraph } from "../../src/resolvers/graph.ts";
import { buildHubSchema } from "../../src/resolvers/schema.ts";
import { makeSignIn } from "../../src/resolvers/sign-in.ts";
import { serveErrors, serveGraph } from "../../src/resolvers/web.ts";
import { collect } from "../../src/services/collect.ts";
import { insertMany } from "../../src/store/insert.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import { serveStarter, wishesOf } from "../support/programs.ts";
import { makeMemorySystems } from "./memory-systems.ts";
import { AGENCIES, CHILDREN, childId, recordIdAt } from "./memory-town.ts";

export interface HubWishes {
  readonly settings: Readonly<Record<string, string>>;
  /** Agencies in memory; otherwise those that the settings name, collected before the hub is ready. */
  readonly memory: boolean;
  readonly townDay?: string;
  /** Documents to trust, as those are that ship with the hub. */
  readonly trusted: readonly string[];
}

/** A child and the records that the hub links to it, by agency. */
export interface KnownChild {
  readonly id: string;
  readonly records: Readonly<Record<string, readonly string[]>>;
}

export interface HubReady {
  readonly port: number;
  readonly children: readonly KnownChild[];
}

const { settings, memory, townDay, trusted } = wishesOf<HubWishes>();
const folder = mkdtempSync(join(tmpdir(), "hub-bench-"));
// The process runs with NODE_ENV=production; the settings do not, because production refuses a local issuer.
const config = readConfig({ LOG_LEVEL: "silent", ...settings, NODE_ENV: "test", HUB_DATA: folder });
const open = await openHub(config, {
  inMemory: true,
  ...(memory && { systems: makeMemorySystems }),
  ...(townDay && { townDay }),
});
if (memory) await seed(open);
else for (const agencyId of open.hub.systems.keys()) await collect(open.hub, agencyId);

/** As `makeServer` builds it, but trusting this measurement's documents instead of those in the dashboard's folder. */
const app = Fastify({ logger: false, routerOptions: { maxParamLength: 200 } });
const hashes = new Set(trusted.map((document) => createHash("sha256").update(document).digest("hex")));
const graph = makeGraph({ schema: await buildHubSchema(), log: open.hub.log, trusted: hashes });
await graph.start();
serveErrors(app, open.hub);
const signIn = makeSignIn({
  issuer: config.OIDC_ISSUER ?? "",
  audience: config.OIDC_AUDIENCE,
  now: open.hub.now,
});
serveGraph(app, { graph, hub: open.hub, signIn });
const url = await app.listen({ host: "127.0.0.1", port: 0 });

serveStarter({ port: Number(new URL(url).port), children: await knownChildren(open) } satisfies HubReady, {
  async close() {
    await app.close();
    await open.close();
    rmSync(folder, { recursive: true, force: true });
  },
});

/** The hub's own pointers to the records in memory. */
async function seed({ hub }: OpenHub): Promise<void> {
  const at = hub.now();
  const numbers = Array.from({ length: CHILDREN }, (_, n) => n);
  const person = (n: number) => ({ id: childId(n), kind: "CHILD" as const, createdAt: at });
  await insertMany(hub.db.manager, PersonRow, numbers.map(person));
  const rest = { restricted: false, gone: false, firstSeenAt: at, seenAt: at };
  for (const { id: agencyId } of AGENCIES)
    await insertMany(
      hub.db.manager,
      AgencyRecordRow,
      numbers.map((n) => ({
        ...{ id: hub.newId(), agencyId, recordId: recordIdAt(agencyId, n), personId: childId(n) },
        ...rest,
      })),
    );
}

async function knownChildren({ hub }: OpenHub): Promise<KnownChild[]> {
  const children = await hub.db.manager.findBy(PersonRow, { kind: "CHILD" });
  const known = new Map(children.map(({ id }) => [id, { id, records: {} as Record<string, string[]> }]));
  for (const { personId, agencyId, recordId } of await hub.db.manager.findBy(AgencyRecordRow, { gone: false })) {
    const records = known.get(personId)?.records;
    if (records) (records[agencyId] ??= []).push(recordId);
  }
  return [...known.values()];
}
