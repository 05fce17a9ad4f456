// What goes wrong in a run, and when.

import { setTimeout as pause } from "node:timers/promises";
import type { Broken } from "./acts.ts";
import { type Fleet, type Seat, WORKERS } from "./fleet.ts";
import type { Chance } from "./random.ts";
import { type Scene, UNTIL_MIDNIGHT_MS } from "./scenes.ts";
import type { Server, Servers } from "./servers.ts";

export const FAULTS = [
  "kill-worker",
  "kill-api",
  "flush-redis",
  "restart-redis",
  "kill-mariadb",
  "freeze-worker",
  "rush",
  "ring",
  "jump",
] as const;
export type FaultKind = (typeof FAULTS)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Milliseconds from the beginning of the run, and how long it lasts. */
  readonly atMs: number;
  readonly forMs: number;
  readonly seat: Seat;
}

/** How often each comes about beside the others, and how long it lasts. */
const ODDS: Readonly<Record<Exclude<FaultKind, "jump">, readonly [share: number, least: number, most: number]>> = {
  "kill-worker": [6, 0, 1_000],
  "kill-api": [4, 0, 300],
  "flush-redis": [4, 0, 0],
  "restart-redis": [3, 500, 2_000],
  "kill-mariadb": [1, 0, 400],
  "freeze-worker": [3, 300, 3_000],
  rush: [3, 0, 0],
  ring: [3, 0, 0],
};

const UNTIL_MS = 3_000;
const JUMP_MS = [1_400, 1_900] as const;

/** Two to four faults and, where the scene is a bank holiday, the jump over it. */
export function faultsOf(chance: Chance, scene: Scene): Fault[] {
  const lots = Object.entries(ODDS).flatMap(([kind, [share]]) =>
    Array.from({ length: share }, () => kind as keyof typeof ODDS),
  );
  const faults = Array.from({ length: chance.between(2, 4) }, (): Fault => {
    const kind = chance.pick(lots);
    const [, least, most] = ODDS[kind];
    const seat = kind === "kill-api" ? "api" : chance.pick(WORKERS);
    return { kind, seat, atMs: chance.between(150, UNTIL_MS), forMs: chance.between(least, most) };
  });
  if (scene.jumps) faults.push({ kind: "jump", seat: "api", atMs: chance.between(...JUMP_MS), forMs: 0 });
  return faults.sort((a, b) => a.atMs - b.atMs);
}

/** What it can lay hands on. */
export interface Reach {
  readonly fleet: Fleet;
  readonly servers: Servers;
  readonly scene: Scene;
}

/** Lets the faults happen, each in its time, and resolves when everything is up again. Those that hit the same thing take turns. */
export async function letLoose(reach: Reach, faults: readonly Fault[]): Promise<Broken[]> {
  const turns = new Map<string, Promise<unknown>>();
  const began = Date.now();
  return Promise.all(
    faults.map(async (fault) => {
      await pause(Math.max(0, fault.atMs - (Date.now() - began)));
      const on = targetOf(fault);
      const turn = (turns.get(on) ?? Promise.resolve()).then(() => happen(reach, fault));
      turns.set(
        on,
        turn.catch(() => {}),
      );
      return turn;
    }),
  );
}

function targetOf({ kind, seat }: Fault): string {
  if (kind === "flush-redis" || kind === "restart-redis") return "redis";
  return kind.endsWith("-worker") || kind === "kill-api" ? seat : kind;
}

async function happen(reach: Reach, fault: Fault): Promise<Broken> {
  const { fleet } = reach;
  const from = fleet.now();
  await carryOut(reach, fault);
  return { kind: fault.kind, from, to: fleet.now() };
}

async function carryOut({ fleet, servers, scene }: Reach, { kind, seat, forMs }: Fault): Promise<void> {
  switch (kind) {
    case "kill-worker":
    case "kill-api":
      return fleet.replace(seat, forMs);
    case "flush-redis":
      return servers.flushRedis();
    case "restart-redis":
      return restart(servers.redis, forMs);
    case "kill-mariadb":
      return restart(servers.mariadb, forMs);
    case "freeze-worker":
      fleet.signal(seat, "SIGSTOP");
      await pause(forMs);
      return fleet.signal(seat, "SIGCONT");
    case "rush":
    case "ring":
      for (const each of WORKERS) fleet.tell(each, { do: kind });
      return;
    case "jump":
      await fleet.jump(new Date(scene.midnight.getTime() - (UNTIL_MIDNIGHT_MS - JUMP_MS[0])));
  }
}

async function restart(server: Server, afterMs: number): Promise<void> {
  await server.kill();
  await pause(afterMs);
  await server.start();
}
