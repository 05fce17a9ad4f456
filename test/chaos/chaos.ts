// Everything that runs share: servers of our own, programs under test, and a connection to look on by.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeDataSource, migrate } from "../../src/store/data-source.ts";
import { readPolicies } from "../../src/store/policy-files.ts";
import { compileChild } from "./compiled.ts";
import { startFleet } from "./fleet.ts";
import { oneRun, type RunResult } from "./run.ts";
import { startServers } from "./servers.ts";
import { keysSetting, testKeys } from "../support/test-keys.ts";
import { chaosArea } from "./world.ts";

export interface Chaos {
  run(seed: number): Promise<RunResult>;
  close(): Promise<void>;
}

export async function startChaos({ sweeps }: { readonly sweeps: boolean }): Promise<Chaos> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0)) await closer();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), "hub-chaos-"));
    closers.unshift(() => rm(folder, { recursive: true, force: true }));
    const compiled = await compileChild();
    closers.unshift(async () => compiled.remove());
    const servers = await startServers();
    closers.unshift(() => servers.close());
    const db = makeDataSource({ url: servers.mariadb.url }, testKeys());
    await db.initialize();
    closers.unshift(() => db.destroy());
    await migrate(db);
    const settings = {
      NODE_ENV: "test",
      LOG_LEVEL: "warn",
      HUB_DATA: folder,
      AREA: "oxfordshire",
      DATABASE_URL: servers.mariadb.url,
      REDIS_URL: servers.redis.url,
      HUB_HASH_KEY: "chaos".repeat(8),
      HUB_KEYS: keysSetting(),
    };
    const fleet = await startFleet({ file: compiled.child, settings, sweeps });
    closers.unshift(() => fleet.close());
    const { area, national } = readPolicies(new URL("../../policies/", import.meta.url), "oxfordshire");
    const stage = { fleet, servers, db, policies: { area: chaosArea(area), national } };
    return { run: (seed) => oneRun(stage, { seed, flushOnly: !sweeps }), close };
  } catch (error) {
    await close();
    throw error;
  }
}
