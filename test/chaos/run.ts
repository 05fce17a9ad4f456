// One run: a plan carried out while things go wrong, then quiet, then the check.

import { setTimeout as pause } from "node:timers/promises";
import type { DataSource } from "typeorm";
import { dayInEngland } from "../../src/domain/plain-date.ts";
import type { Broken } from "./acts.ts";
import { type Acknowledged, check } from "./checker.ts";
import type { Findings } from "./findings.ts";
import type { Fleet } from "./fleet.ts";
import { faultsOf, letLoose } from "./nemesis.ts";
import { type Planned, planOf } from "./plan.ts";
import { chance } from "./random.ts";
import { clearRows, outstanding, readRows } from "./rows.ts";
import { nightOf, sceneOf } from "./scenes.ts";
import type { Servers } from "./servers.ts";
import type { Work } from "./words.ts";
import type { Policies } from "./world.ts";

/** What all runs share. */
export interface Stage {
  readonly fleet: Fleet;
  readonly servers: Servers;
  readonly db: DataSource;
  readonly policies: Policies;
}

export interface RunOptions {
  readonly seed: number;
  /** Instead of chance: Redis is emptied once everything is created, and nothing else happens. */
  readonly flushOnly: boolean;
}

export interface RunResult extends Findings {
  readonly seed: number;
  readonly obligations: number;
  readonly effects: number;
  readonly faults: readonly string[];
  /** Whether everything came to rest in its time. */
  readonly rested: boolean;
}

const CHILDREN = 8;
const REST_MS = 20_000;
/** Without the sweep nothing comes after the last alarm. */
const REST_WITHOUT_SWEEP_MS = 6_000;
/** Long enough to have created everything, and to have lost the alarms of what falls due at its end. */
const LONG_EVENING_MS = 9_000;

export async function oneRun(stage: Stage, { seed, flushOnly }: RunOptions): Promise<RunResult> {
  const { fleet, servers, db, policies } = stage;
  const luck = chance(seed);
  const scene = flushOnly ? nightOf(luck, LONG_EVENING_MS) : sceneOf(luck);
  const childIds = Array.from({ length: CHILDREN }, luck.id);
  const plan = planOf({ chance: luck, scene, policies, childIds });
  const faults = flushOnly ? [] : faultsOf(luck, scene);
  await servers.flushRedis();
  await insist(() => clearRows(db, childIds, scene.from));
  await fleet.jump(scene.from);
  const jumpsBefore = fleet.jumps.length;
  const acknowledged: Acknowledged[] = [];
  const creating = Promise.all(plan.map((planned) => carryOut(fleet, planned, acknowledged)));
  // It fails where it is awaited, after what goes wrong meanwhile.
  creating.catch(() => {});
  const broken = flushOnly
    ? await creating.then(() => flush(stage))
    : await letLoose({ fleet, servers, scene }, faults);
  await creating;
  if (flushOnly) await pause(Math.max(0, scene.midnight.getTime() - fleet.now().getTime()));
  const { until, rested } = await rest(stage, flushOnly ? REST_WITHOUT_SWEEP_MS : REST_MS);
  const rows = await insist(() => readRows(db));
  const holiday = scene.jumps ? { eve: dayInEngland(scene.from), dueOn: scene.day } : null;
  const course = { until, jumps: fleet.jumps.slice(jumpsBefore), broken, holiday };
  return {
    ...check(policies, rows, { acknowledged, course }),
    seed,
    rested,
    faults: broken.map(({ kind }) => kind),
    obligations: rows.obligations.length,
    effects: rows.events.length + rows.messages.length + rows.emails.length + rows.referralSteps.length,
  };
}

/** Asks for it in its time, and for what follows. A client that lost patience asks twice. */
async function carryOut(fleet: Fleet, { atMs, work, twice, next = [] }: Planned, acknowledged: Acknowledged[]) {
  const ask = async (each: Work) => {
    const answer = await fleet.ask(each);
    acknowledged.push({ ...answer, work: each });
  };
  await pause(atMs);
  await Promise.all(twice ? [ask(work), ask(work)] : [ask(work)]);
  await Promise.all(
    next.map(async ({ afterMs, work: following }) => {
      await pause(afterMs);
      await ask(following);
    }),
  );
}

async function flush({ fleet, servers }: Stage): Promise<Broken[]> {
  const from = fleet.now();
  await servers.flushRedis();
  return [{ kind: "flush-redis", from, to: fleet.now() }];
}

/** What waits so long is reached by turning the clock: a delivery whose sender died is held for two minutes. */
const LONG_MS = 2_000;

/** Waits until nothing is left to do. */
async function rest({ fleet, db }: Stage, mostMs: number): Promise<{ until: Date; rested: boolean }> {
  for (const end = Date.now() + mostMs; ; await pause(60)) {
    const now = fleet.now();
    const { due, nextAt } = await insist(() => outstanding(db, now));
    if (due === 0 && nextAt === null) return { until: now, rested: true };
    if (Date.now() > end) return { until: now, rested: false };
    if (due === 0 && nextAt && nextAt.getTime() - now.getTime() > LONG_MS) await fleet.jump(nextAt);
  }
}

const INSIST_MS = 30_000;

/** Connections that died with a server fail once each, and programs at work may stand in each other's way. */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + INSIST_MS; ; await pause(50))
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
}
