// A Redis and a MariaDB of our own, so that stopping and killing them is nobody else's business.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, rmSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { Redis } from "ioredis";
import { createConnection } from "mysql2/promise";

const run = promisify(execFile);
const PATH = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;
const AS_ROOT = process.getuid?.() === 0;

export interface Server {
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
}

export interface Servers {
  readonly redis: Server;
  readonly mariadb: Server;
  flushRedis(): Promise<void>;
  close(): Promise<void>;
}

/** Which of the programs that this needs are not installed here. */
export async function missingServers(): Promise<string[]> {
  const needed = ["redis-server", "mariadbd", "mariadb-install-db"];
  const found = await Promise.all(
    needed.map((name) =>
      run("sh", ["-c", 'command -v "$0"', name], { env: { PATH } }).then(
        () => [],
        () => [name],
      ),
    ),
  );
  return found.flat();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// The shell between us and the server ends it when we are gone, however that came about.
const GUARD = '"$@" </dev/null & server=$!; (read -r _; kill -9 "$server") <&3 2>/dev/null & wait "$server"';

const alive = new Set<ChildProcess>();
process.on("exit", () => {
  for (const guard of alive) guard.stdio[3]?.destroy();
});

interface Kind {
  readonly command: readonly string[];
  readonly url: string;
  readonly log: string;
  readonly answers: () => Promise<unknown>;
}

const PATIENCE_MS = 60_000;

function makeServer({ command, url, log, answers }: Kind): Server {
  let guard: ChildProcess | null = null;
  return {
    url,
    async start() {
      const out = createWriteStream(log, { flags: "a" });
      await once(out, "open");
      const child = spawn("sh", ["-c", GUARD, "sh", ...command], {
        env: { PATH },
        stdio: ["ignore", out, out, "pipe"],
      });
      out.close();
      child.stdio[3]?.on("error", () => {});
      alive.add(child);
      child.on("close", () => alive.delete(child));
      guard = child;
      for (const until = Date.now() + PATIENCE_MS; ; await pause(25)) {
        const fault = await answers().then(
          () => null,
          (error: unknown) => error,
        );
        if (fault === null) return;
        if (Date.now() > until || child.exitCode !== null)
          throw new Error(`${command[0]} did not start: ${await readFile(log, "utf8")}`, { cause: fault });
      }
    },
    async kill() {
      if (!guard) return;
      const closed = guard.exitCode === null ? once(guard, "exit") : null;
      guard.stdio[3]?.destroy();
      await closed;
      guard = null;
    },
  };
}

export async function startServers(): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), "hub-chaos-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const [redisPort, mariadbPort] = [await freePort(), await freePort()];
  try {
    const redis = makeRedis(folder, redisPort);
    const mariadb = await makeMariadb(folder, mariadbPort);
    await Promise.all([redis.start(), mariadb.start()]);
    const root = await createConnection({ host: "127.0.0.1", port: mariadbPort, user: "root" });
    await root.query("CREATE DATABASE hub CHARACTER SET utf8mb4").finally(() => root.end());
    return {
      redis,
      mariadb,
      flushRedis: () => onRedis(redisPort, (client) => client.flushall()),
      async close() {
        await Promise.all([redis.kill(), mariadb.kill()]);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function onRedis(port: number, work: (client: Redis) => Promise<unknown>): Promise<void> {
  const client = new Redis({ port, host: "127.0.0.1", lazyConnect: true, retryStrategy: () => null });
  client.on("error", () => {});
  try {
    await client.connect();
    await work(client);
  } finally {
    client.disconnect();
  }
}

/** Keeps nothing: a stop loses every alarm. */
const makeRedis = (folder: string, port: number): Server =>
  makeServer({
    command: [
      "redis-server",
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--dir",
      folder,
      "--save",
      "",
      "--appendonly",
      "no",
      "--maxmemory-policy",
      "noeviction",
    ],
    url: `redis://127.0.0.1:${port}`,
    log: join(folder, "redis.log"),
    answers: () => onRedis(port, (client) => client.ping()),
  });

async function makeMariadb(folder: string, port: number): Promise<Server> {
  const home = join(folder, "mariadb");
  const as = AS_ROOT ? ["--user=mysql"] : [];
  await chmod(folder, 0o755);
  await mkdir(home);
  if (AS_ROOT) await run("chown", ["mysql:", home]);
  const data = ["--no-defaults", ...as, `--datadir=${join(home, "data")}`];
  const root = ["--skip-test-db", "--auth-root-authentication-method=normal"];
  await run("mariadb-install-db", [...data, ...root], { env: { PATH } });
  return makeServer({
    command: [
      "mariadbd",
      ...data,
      `--socket=${join(home, "socket")}`,
      `--pid-file=${join(home, "pid")}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      "--skip-name-resolve",
      "--character-set-server=utf8mb4",
    ],
    url: `mariadb://root@127.0.0.1:${port}/hub`,
    log: join(folder, "mariadb.log"),
    answers: async () => (await createConnection({ host: "127.0.0.1", port, user: "root" })).end(),
  });
}
