// A hub over the simulators, as a stranger would run it: each agency's system a process of its own that a test may kill, the
// API over a real socket, demo people's real tokens. The town is small and synthetic.

import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, type Launched } from "../../simulators/support/launch.ts";
import { readConfig } from "../../src/config.ts";
import { CLIENT, demoKeys, SECRET, settingsFor, TOKEN } from "../../src/demo.ts";
import { openHub, type OpenHub, type Replaced } from "../../src/hub.ts";
import { makeServer } from "../../src/server.ts";
import { collect } from "../../src/services/collect.ts";
import type { TestEngine } from "./engines.ts";
import { refuseLeaks } from "./leaks.ts";
import { type Standing, withStanding } from "./standing.ts";
import { type Ask, demoPeople, type GetToken } from "./graph-client.ts";

export const TOWN_DAY = "2026-03-02";
const SYSTEMS = ["health", "education", "police", "socialCare", "issuer"] as const;
export type SystemName = (typeof SYSTEMS)[number];

export interface HubWorld {
  readonly url: string;
  readonly open: OpenHub;
  readonly simulators: Readonly<Record<SystemName, Launched & { readonly url: string }>>;
  readonly ask: Ask;
  readonly token: GetToken;
  /** Kills a simulator's process and waits until it is gone. */
  kill(system: SystemName): Promise<void>;
  /** Starts it again on the same port. */
  revive(system: SystemName): Promise<void>;
  close(): Promise<void>;
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const FOLDERS: Record<SystemName, string> = {
  health: "health",
  education: "education",
  police: "police",
  socialCare: "social-care",
  issuer: "issuer",
};

/** Starts all of it. `children` is the size of the town beside the demo family. */
export async function startHubWorld(
  engine: TestEngine,
  {
    children = 20,
    replaced = {},
    notices = true,
    standing = "EVERYBODY",
  }: { children?: number; replaced?: Replaced; notices?: boolean; standing?: Standing } = {},
): Promise<HubWorld> {
  const [folder, { settings, drop }] = [await mkdtemp(join(tmpdir(), "hub-test-")), await engine.settings()];
  const keys = demoKeys(folder);
  const ports = Object.fromEntries(await Promise.all(SYSTEMS.map(async (name) => [name, await freePort()])));
  const hubPort = await freePort();
  const town = [`--children=${children}`, "--seed=7", `--until=${TOWN_DAY}`];
  const args: Record<SystemName, string[]> = {
    health: [...town, `--jwks=${keys.jwksFile}`, `--client-id=${CLIENT}`],
    education: [...town, `--token=${TOKEN}`],
    police: [
      ...town,
      `--client-id=${CLIENT}`,
      `--secret=${SECRET}`,
      ...(notices ? [`--push-to=http://127.0.0.1:${hubPort}/inbound/police`] : []),
    ],
    socialCare: [...town, `--control-port=${await freePort()}`],
    issuer: [],
  };
  const startSystem = async (name: SystemName) => {
    const program = new URL(`../../simulators/${FOLDERS[name]}/main.ts`, import.meta.url);
    const launched = await launch({ program, name, args: [`--port=${ports[name]}`, ...args[name]] });
    return { ...launched, url: String(launched.ready["url"]) };
  };
  const simulators = Object.fromEntries(
    await Promise.all(SYSTEMS.map(async (name) => [name, await startSystem(name)])),
  ) as Record<SystemName, Launched & { url: string }>;

  const systems = Object.fromEntries(
    SYSTEMS.map((name) => [name, simulators[name].ready as unknown as { url: string }]),
  );
  const config = readConfig({
    NODE_ENV: "test",
    LOG_LEVEL: "debug",
    HUB_DATA: folder,
    PORT: String(hubPort),
    ...settings,
    ...settingsFor(systems, keys),
  });
  const lines: string[] = [];
  const logTo = (line: string) => void lines.push(line);
  const open = await openHub(config, {
    townDay: TOWN_DAY,
    inMemory: true,
    logTo,
    area: withStanding(standing),
    ...replaced,
  });
  const server = await makeServer({ config, open });
  const url = await server.listen({ host: "127.0.0.1", port: hubPort });

  return {
    url,
    open,
    simulators,
    ...demoPeople(url, simulators.issuer.url),
    async kill(system) {
      simulators[system].kill("SIGKILL");
      await simulators[system].ended;
    },
    async revive(system) {
      simulators[system] = await startSystem(system);
    },
    async close() {
      await server.close();
      await open.close();
      await Promise.all(SYSTEMS.map((name) => simulators[name].stop()));
      refuseLeaks("the log", lines);
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads every agency until there is nothing new, as the jobs do in their time. */
export async function collectAll({ open: { hub } }: HubWorld): Promise<void> {
  for (const agencyId of hub.systems.keys()) {
    const { stoppedBy } = await collect(hub, agencyId);
    if (stoppedBy) throw new Error(`${agencyId} stopped collecting: ${stoppedBy}`);
  }
}
