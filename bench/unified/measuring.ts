// Requests per second of several servers in turn, under one load: what is compared is in one run, on one machine.

import { type Program } from "../support/programs.ts";
import { type Spread, spreadOf } from "../support/figures.ts";
import type { Ran, Run } from "../support/load.ts";
import { CHILDREN, childId } from "./memory-town.ts";
import { LIST, ONE } from "./queries.ts";

export const ROUNDS = 5;
export const MEASURED_MS = 1_500;
const WARM_MS = 500;
const FIRST_WARM_MS = 2_000;
export const SERVERS_CORE = 0;
export const LOAD_CORE = 1;

export const SHAPES = {
  one: { connections: 32, query: ONE, variables: { id: childId(0) } },
  list: {
    connections: 16,
    query: LIST,
    variables: { ids: Array.from({ length: CHILDREN }, (_, n) => childId(n)) },
  },
} as const;
export type Shape = keyof typeof SHAPES;

export interface Row {
  readonly server: string;
  readonly shape: Shape;
  readonly perSecond: Spread;
  /** Milliseconds; in a closed loop they tell of queueing, and compare between rows only. */
  readonly p50: Spread;
  readonly p99: Spread;
  /** The server process's own time on a core for each request. */
  readonly cpuMs: Spread;
  /** Of the first server in the same run. */
  readonly ratio: number;
}

export interface Measured {
  readonly server: string;
  readonly program: Program<{ readonly port: number }>;
}

export const bodyOf = (shape: Shape): string => {
  const { query, variables } = SHAPES[shape];
  return JSON.stringify({ query, variables });
};

interface Timed extends Ran {
  readonly cpuMs: number;
}

export interface Measuring {
  readonly sign: { readonly token: string };
  readonly say: (line: string) => void;
  /** The first is what the others are compared with. */
  readonly servers: readonly Measured[];
  readonly load: Program<object>;
}

/** Every server in turn, round by round. */
export async function measure(shape: Shape, { servers, load, sign, say }: Measuring): Promise<Row[]> {
  const { connections } = SHAPES[shape];
  const run = async ({ program }: Measured, ms: number): Promise<Timed> => {
    const { port } = program.ready;
    const before = await program.ask<NodeJS.CpuUsage>("cpu");
    const ran = await load.ask<Ran>({ port, token: sign.token, body: bodyOf(shape), connections, ms } satisfies Run);
    const after = await program.ask<NodeJS.CpuUsage>("cpu");
    const cpu = after.user + after.system - before.user - before.system;
    return { ...ran, cpuMs: cpu / 1_000 / (ran.perSecond * (ms / 1_000)) };
  };
  for (const server of servers) await run(server, FIRST_WARM_MS);
  const rounds = new Map<string, Timed[]>(servers.map(({ server }) => [server, []]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const measured of servers) {
      const { server } = measured;
      await run(measured, WARM_MS);
      const ran = await run(measured, MEASURED_MS);
      if (ran.wrong > 0) throw new Error(`${server} gave ${ran.wrong} wrong answers under load`);
      rounds.get(server)?.push(ran);
      say(`${shape} ${round + 1}/${ROUNDS} ${server}: ${Math.round(ran.perSecond)}/s`);
    }
  const spread = (server: string, of: keyof Timed): Spread =>
    spreadOf((rounds.get(server) ?? []).map((ran) => ran[of]));
  const latencies = (server: string) => ({ p50: spread(server, "p50"), p99: spread(server, "p99") });
  const reference = spread(servers[0]?.server ?? "", "perSecond").median;
  return servers.map(({ server }) => {
    const perSecond = spread(server, "perSecond");
    const ratio = perSecond.median / reference;
    return { server, shape, perSecond, ...latencies(server), cpuMs: spread(server, "cpuMs"), ratio };
  });
}
