// A real worker in a process of its own, to be killed.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../src/config.ts";
import { openHub } from "../../src/hub.ts";
import { startWorker } from "../../src/worker.ts";
import { serveStarter, wishesOf } from "../support/programs.ts";

export interface WorkerWishes {
  readonly settings: Readonly<Record<string, string>>;
}

const { settings } = wishesOf<WorkerWishes>();
const folder = mkdtempSync(join(tmpdir(), "hub-bench-"));
const config = readConfig({ LOG_LEVEL: "error", ...settings, NODE_ENV: "test", HUB_DATA: folder });
const open = await openHub(config, { systems: () => [] });
await startWorker(open);

serveStarter(
  {},
  {
    async close() {
      await open.close();
      rmSync(folder, { recursive: true, force: true });
    },
  },
);
