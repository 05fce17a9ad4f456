// A hub's audit with many entries in it, written as the hub writes them, and then verified.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "../../src/config.ts";
import { openHub } from "../../src/hub.ts";
import { type Entry, writeEntries } from "../../src/services/audit.ts";
import { makeCheckpoint } from "../../src/services/audit-checkpoints.ts";
import { verifyAudit } from "../../src/services/audit-verify.ts";
import type { Caller } from "../../src/services/hub.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { serveStarter, wishesOf } from "../support/programs.ts";

export interface FilledWishes {
  readonly settings: Readonly<Record<string, string>>;
}

/** Writes so many more, or begins to verify all, or takes one away and begins; `verified` is asked until it is done. */
export type FilledQuestion =
  | { readonly fill: number }
  | { readonly verify: true }
  | { readonly removeOne: true }
  | { readonly verified: true };

export interface Pending {
  readonly pending: true;
}

export interface Filled {
  readonly seconds: number;
  /** Of which on a core, in this process. */
  readonly cpuSeconds: number;
  readonly entries: number;
  readonly findings: number;
}

const CHILDREN = 100;
/** Pages under way at once. */
const AT_ONCE = 10;

const { settings } = wishesOf<FilledWishes>();
const folder = mkdtempSync(join(tmpdir(), "hub-bench-"));
const config = readConfig({ LOG_LEVEL: "silent", ...settings, NODE_ENV: "test", HUB_DATA: folder });
const open = await openHub(config, { systems: () => [] });
const { hub } = open;
const childIds = Array.from({ length: 5_000 }, hub.newId);
const never = new AbortController().signal;

const callerNow = (n: number): Caller => ({
  actor: {
    kind: "PRACTITIONER",
    id: `demo|measured-${n % 97}`,
    name: "measured",
    role: "SOCIAL_WORKER",
    agencyId: "social-care",
  },
  purpose: "children-act-1989-s17",
  requestId: hub.newId(),
  signal: never,
});

const entryOf = (subjectId: string | null): Entry => ({
  what: "child.read",
  subjectId,
  rule: "in-the-team",
  allowed: true,
  purpose: null,
  power: "CHILDREN_ACT_1989_S17",
  parts: "INVOLVEMENTS,STATES,EVENTS",
  sources: "social-care,health,education,police",
  accessId: null,
});

async function fill(count: number): Promise<Filled> {
  const began = performance.now();
  for (let done = 0; done < count; done += CHILDREN * AT_ONCE)
    await Promise.all(
      Array.from({ length: AT_ONCE }, (_, n) => {
        const from = ((done / CHILDREN + n) * CHILDREN) % childIds.length;
        return writeEntries(hub, callerNow(done + n), childIds.slice(from, from + CHILDREN).map(entryOf));
      }),
    );
  await makeCheckpoint(hub);
  return { seconds: (performance.now() - began) / 1_000, cpuSeconds: 0, entries: count, findings: 0 };
}

async function verify(): Promise<Filled> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const { entries, findings } = await verifyAudit(hub);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - began) / 1_000;
  return { seconds, cpuSeconds: (user + system) / 1_000_000, entries, findings: findings.length };
}

async function removeOne(): Promise<Filled> {
  const { manager } = hub.db;
  const [one] = await manager.find(AuditRow, { where: { seq: 4_711 }, take: 1 });
  if (one) await manager.delete(AuditRow, { id: one.id });
  return verify();
}

let verifying: Promise<Filled> | null = null;

async function answer(question: FilledQuestion): Promise<Filled | Pending> {
  if ("fill" in question) return fill(question.fill);
  if ("verified" in question) return Promise.race([verifying ?? verify(), sleep(30_000, { pending: true } as const)]);
  verifying = "verify" in question ? verify() : removeOne();
  return { pending: true };
}

serveStarter(
  {},
  {
    answer,
    async close() {
      await open.close();
      rmSync(folder, { recursive: true, force: true });
    },
  },
);
