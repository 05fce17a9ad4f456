// The hub itself, for a measurement of its clocks: opened as always, and asked to do one thing after the other.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "../../src/config.ts";
import { openHub } from "../../src/hub.ts";
import { Obligation } from "../../src/schema/obligation.ts";
import { Post } from "../../src/schema/post.ts";
import { refillAlarms } from "../../src/services/alarms.ts";
import { silenceOf } from "../../src/services/heartbeat.ts";
import { insertMany } from "../../src/store/insert.ts";
import { startWorker } from "../../src/worker.ts";
import { serveStarter, wishesOf } from "../support/programs.ts";
import { carryOutSpread, carryOutTogether, eventsOf, owe } from "./carrying.ts";
import { create, type Creating } from "./creating.ts";
import { holdBack } from "./held-back.ts";
import { holderOfAll, outstanding } from "./rows.ts";
import { sweepOnce } from "./sweeping.ts";

export interface HubWishes {
  readonly settings: Readonly<Record<string, string>>;
}

export type Asked =
  | ({ readonly to: "create" } & Creating)
  /** Rows that fall due later: nothing of them is due while anything is measured. */
  | { readonly to: "fill"; readonly count: number; readonly days: number }
  | { readonly to: "sweep" }
  /** Starts the worker of this process. */
  | { readonly to: "work" }
  | { readonly to: "carryOutSpread"; readonly acts: number; readonly overMs: number }
  | { readonly to: "carryOutTogether"; readonly acts: number }
  /** Alarms alone, each at an instant of its own. */
  | { readonly to: "ring"; readonly count: number }
  | { readonly to: "refill" }
  /** One row that falls due so soon; carried out by whichever worker is there. */
  | { readonly to: "owe"; readonly inMs: number }
  /** The same, but nobody can finish it until it is let go. */
  | { readonly to: "oweHeld"; readonly inMs: number }
  | { readonly to: "letGo" }
  /** Waits until what was owed last is done; returns when it was. */
  | { readonly to: "await" };

const { settings } = wishesOf<HubWishes>();
const folder = mkdtempSync(join(tmpdir(), "hub-bench-"));
// The process runs with NODE_ENV=production; the settings do not, because production refuses what is local.
const config = readConfig({ LOG_LEVEL: "warn", ...settings, NODE_ENV: "test", HUB_DATA: folder });
const open = await openHub(config, { systems: () => [] });
const { hub } = open;
await hub.db.manager.insert(Post, holderOfAll(hub));

const HOUR_MS = 3_600_000;
const POLL_MS = 100;
let owed: readonly Obligation[] = [];
let held: Awaited<ReturnType<typeof holdBack>> | null = null;

serveStarter({}, { answer, close });

async function answer(asked: Asked): Promise<object> {
  switch (asked.to) {
    case "create":
      return { perSecond: await create(hub, asked) };
    case "fill":
      await insertMany(hub.db.manager, Obligation, outstanding(hub, asked));
      return {};
    case "sweep":
      return sweepOnce(hub);
    case "work":
      await startWorker(open);
      // Alarms ahead are set once at the start, and are no part of what is measured.
      while ((await silenceOf(hub, "refill")) === Number.POSITIVE_INFINITY) await sleep(POLL_MS);
      return {};
    case "carryOutSpread":
      return carryOutSpread(hub, asked);
    case "carryOutTogether":
      return carryOutTogether(hub, asked);
    case "ring": {
      const from = hub.now().getTime() + 2 * HOUR_MS;
      const alarms = Array.from({ length: asked.count }, (_, n) => ({ act: "LATE" as const, at: new Date(from + n) }));
      await hub.wake.clocks(alarms);
      return {};
    }
    case "refill": {
      const from = performance.now();
      await refillAlarms(hub);
      return { ms: performance.now() - from };
    }
    case "owe":
      owed = await owe(hub, [new Date(hub.now().getTime() + asked.inMs)]);
      return { dueAt: owed[0]?.dueAt.getTime() };
    case "oweHeld": {
      owed = await owe(hub, [new Date(hub.now().getTime() + asked.inMs)]);
      held = await holdBack(hub, owed);
      return {};
    }
    case "letGo":
      await held?.letGo();
      return {};
    case "await": {
      const [event] = await eventsOf(hub, owed);
      return { at: event?.at.getTime() };
    }
  }
}

async function close(): Promise<void> {
  await open.close();
  rmSync(folder, { recursive: true, force: true });
}
