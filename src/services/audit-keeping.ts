// What keeps the audit whole besides writing it: chaining what transactions wrote, and signing how long the chains are.

import type { DataSource } from "typeorm";
import { chainOf } from "../store/audit-chain.ts";
import { chainWaiting } from "../store/audit-seal.ts";
import { makeCheckpoint, makeCheckpointWhenDue } from "./audit-checkpoints.ts";
import type { Hub } from "./hub.ts";

/** Entries of transactions that end within so long of each other are chained together. */
const SOON_MS = 200;

interface Keeping {
  timer: NodeJS.Timeout | null;
  /** Whether this process's chain is in a checkpoint, or about to be. */
  opened: boolean;
  /** What is under way. It never fails. */
  work: Promise<unknown>;
}

const keepings = new WeakMap<DataSource, Keeping>();

function keepingOf({ db }: Hub): Keeping {
  let keeping = keepings.get(db);
  if (!keeping) keepings.set(db, (keeping = { timer: null, opened: false, work: Promise.resolve() }));
  return keeping;
}

/** Does this after what is under way. Where it fails the sweep does it again. */
function after(hub: Hub, keeping: Keeping, doing: () => Promise<unknown>): void {
  keeping.work = keeping.work.then(doing).catch((error: unknown) => {
    if (hub.db.isInitialized) hub.log.warn({ error: (error as Error).name }, "the audit is chained later");
  });
}

/** Chains what transactions wrote, shortly. Nobody waits for it. */
export function sealSoon(hub: Hub): void {
  const keeping = keepingOf(hub);
  keeping.timer ??= setTimeout(() => {
    keeping.timer = null;
    after(hub, keeping, () => sealOpenEntries(hub));
  }, SOON_MS).unref();
}

/** Chains what transactions wrote, in this process or another. Returns how many entries it was. */
export async function sealOpenEntries(hub: Hub): Promise<number> {
  const chained = await chainWaiting(hub);
  if (chained > 0) checkpointAtOpening(hub);
  return chained;
}

/** Signs that this process's chain is there, once it is: taken away whole, it would otherwise not be missed. Nobody waits for it. */
export function checkpointAtOpening(hub: Hub): void {
  const keeping = keepingOf(hub);
  if (keeping.opened) return;
  keeping.opened = true;
  after(hub, keeping, () => makeCheckpoint(hub));
}

/** For the sweep: chains what waits, and signs how long the chains are where nobody has for a minute. Neither was due: always 0. */
export async function keepAudit(hub: Hub): Promise<number> {
  await sealOpenEntries(hub);
  await makeCheckpointWhenDue(hub);
  return 0;
}

/** Chains and signs what is left, before the database is closed. */
export async function closeAudit(hub: Hub): Promise<void> {
  const keeping = keepingOf(hub);
  const waits = keeping.timer !== null;
  if (keeping.timer) clearTimeout(keeping.timer);
  keeping.timer = null;
  if (waits) after(hub, keeping, () => sealOpenEntries(hub));
  await keeping.work;
  if (chainOf(hub).isOpen) after(hub, keeping, () => makeCheckpoint(hub));
  await keeping.work;
}
