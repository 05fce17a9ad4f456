// A hub over in-memory agencies: everything else is real (database, queues, sockets, tokens). For stories about the hub itself.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startIssuer } from "../../simulators/issuer/issuer.ts";
import { readConfig } from "../../src/config.ts";
import { openHub, type OpenHub } from "../../src/hub.ts";
import { makeServer } from "../../src/server.ts";
import { collect } from "../../src/services/collect.ts";
import type { TestEngine } from "./engines.ts";
import { type FakeRecord, type FakeSystem, makeFakeSystem } from "./fake-system.ts";
import { refuseLeaks } from "./leaks.ts";
import { type Standing, withStanding } from "./standing.ts";
import { type Ask, demoPeople, type GetToken } from "./graph-client.ts";

export interface LightHub {
  readonly url: string;
  readonly open: OpenHub;
  readonly systems: ReadonlyMap<string, FakeSystem>;
  readonly ask: Ask;
  readonly token: GetToken;
  /** Moves the hub's clock; null lets it run again. */
  setNow(now: Date | null): void;
  collectAll(): Promise<void>;
  /** Every line of the log so far. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

/** Starts it with these records at each agency, by agency id, and collects them. */
export async function startLightHub(
  engine: TestEngine,
  records: Readonly<Record<string, readonly FakeRecord[]>>,
  settings: Readonly<Record<string, string>> = {},
  { standing = "EVERYBODY" }: { readonly standing?: Standing } = {},
): Promise<LightHub> {
  const [folder, own, issuer] = await Promise.all([
    mkdtemp(join(tmpdir(), "hub-test-")),
    engine.settings(),
    startIssuer({ port: 0 }),
  ]);
  const config = readConfig({
    NODE_ENV: "test",
    LOG_LEVEL: "debug",
    HUB_DATA: folder,
    PORT: "0",
    OIDC_ISSUER: issuer.url,
    ...own.settings,
    ...settings,
  });
  const systems = new Map<string, FakeSystem>();
  const lines: string[] = [];
  let fixed: Date | null = null;
  const open = await openHub(config, {
    inMemory: true,
    area: withStanding(standing),
    logTo: (line) => void lines.push(line),
    now: () => fixed ?? new Date(),
    systems: (_inbox, area) =>
      Object.entries(records).map(([agencyId, held]) => {
        const agency = area.agencies.find(({ id }) => id === agencyId)!;
        const system = makeFakeSystem(agency, held);
        systems.set(agencyId, system);
        return system;
      }),
  });
  const server = await makeServer({ config, open });
  const url = await server.listen({ host: "127.0.0.1", port: config.PORT });
  const collectAll = async () => {
    for (const agencyId of systems.keys()) await collect(open.hub, agencyId);
  };
  await collectAll();
  return {
    url,
    open,
    systems,
    ...demoPeople(url, issuer.url),
    setNow: (now) => void (fixed = now),
    collectAll,
    logged: lines,
    async close() {
      await server.close();
      await open.close();
      await issuer.close();
      refuseLeaks("the log", lines);
      await own.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
