// The hub itself, for a measurement: its own server, signed in, ruled and recorded as always.

import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LANES } from "../../src/adapters/lane.ts";
import { readConfig } from "../../src/config.ts";
import { openHub } from "../../src/hub.ts";
import { makeServer } from "../../src/server.ts";
import { serveStarter, wishesOf } from "../support/programs.ts";
import { makeMemorySystems } from "./memory-systems.ts";
import { seedChildren } from "./seed.ts";

export interface HubWishes {
  readonly settings: Readonly<Record<string, string>>;
  /** Agencies in memory; otherwise those that the settings name. */
  readonly memory: boolean;
  /** The children it knows, and the records it links to each. */
  readonly children: readonly KnownChild[];
  readonly townDay?: string;
  /** False lifts the limit on requests a second that the hub keeps to with education's system. */
  readonly limited?: boolean;
  /** Who is put into the team around each child. */
  readonly team?: string;
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
}

const { settings, memory, children, townDay, limited = true, team, trusted } = wishesOf<HubWishes>();
const folder = mkdtempSync(join(tmpdir(), "hub-bench-"));
// The process runs with NODE_ENV=production; the settings do not, because production refuses a local issuer.
const config = readConfig({ LOG_LEVEL: "silent", ...settings, NODE_ENV: "test", HUB_DATA: folder });
if (!limited) Object.assign(LANES.mis, { perSecond: null });
const open = await openHub(config, {
  inMemory: true,
  ...(memory && { systems: makeMemorySystems }),
  ...(townDay && { townDay }),
});
await seedChildren(open.hub, { children, team });

const operations = trusted.map((document, index) => {
  return { name: `measured-${index}`, document, hash: createHash("sha256").update(document).digest("hex") };
});
const app = await makeServer({ config, open, operations });
const url = await app.listen({ host: "127.0.0.1", port: 0 });

serveStarter({ port: Number(new URL(url).port) } satisfies HubReady, {
  async close() {
    await app.close();
    await open.close();
    rmSync(folder, { recursive: true, force: true });
  },
});
