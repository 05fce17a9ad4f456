// A Redis of the measurement's own, for what would disturb others: counting its memory, and emptying it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";

export interface OwnRedis {
  readonly url: string;
  readonly redis: Redis;
  stop(): Promise<void>;
}

/** Starts `redis-server` on a free port with the settings that the hub asks for, or says why not. */
export async function startRedis(): Promise<OwnRedis | string> {
  const folder = mkdtempSync(join(tmpdir(), "bench-redis-"));
  const port = await freePort();
  const kept = ["--appendonly", "yes", "--maxmemory-policy", "noeviction", "--save", ""];
  const server = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, ...kept], {
    stdio: "ignore",
  });
  const started = await Promise.race([once(server, "spawn"), once(server, "error")]);
  if (started[0] instanceof Error) {
    rmSync(folder, { recursive: true, force: true });
    return `a Redis of its own could not be started (${(started[0] as NodeJS.ErrnoException).code})`;
  }
  const url = `redis://127.0.0.1:${port}`;
  const redis = new Redis(url, { retryStrategy: () => 50 });
  redis.on("error", () => {});
  // It is refused until the server listens, which is no reason to give up.
  await new Promise<void>((resolve) => void redis.once("ready", () => resolve()));
  return {
    url,
    redis,
    async stop() {
      const ended = once(server, "exit");
      redis.disconnect();
      server.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}
