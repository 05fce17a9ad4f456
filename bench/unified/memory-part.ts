// Requests per second over agencies in memory: the hub, signed in and recorded, beside servers that do nothing of the kind.

import { type Program, startProgram } from "../support/programs.ts";
import { fingerprint } from "../support/canonical.ts";
import { type Spread, spreadOf } from "../support/figures.ts";
import type { Ran, Run } from "../support/load.ts";
import type { Services } from "../support/services.ts";
import type { HubReady, HubWishes } from "./hub.ts";
import { CHILDREN, childId, memoryChildren } from "./memory-town.ts";
import { LIST, ONE, PEERS } from "./queries.ts";

const ROUNDS = 5;
const WARM_MS = 500;
const MEASURED_MS = 1_500;
const FIRST_WARM_MS = 2_000;
const SERVERS_CORE = 0;
const LOAD_CORE = 1;

const SHAPES = {
  one: { connections: 32, query: ONE, variables: { id: childId(0) } },
  list: {
    connections: 16,
    query: LIST,
    variables: { ids: Array.from({ length: CHILDREN }, (_, n) => childId(n)) },
  },
} as const;
type Shape = keyof typeof SHAPES;

export interface Row {
  readonly server: string;
  readonly shape: Shape;
  readonly perSecond: Spread;
  /** Milliseconds; in a closed loop they tell of queueing, and compare between rows only. */
  readonly p50: Spread;
  readonly p99: Spread;
  /** The server process's own time on a core for each request. */
  readonly cpuMs: Spread;
  /** Of graphql-js in the same run. */
  readonly ratio: number;
}

interface Measured {
  readonly server: string;
  readonly program: Program<{ readonly port: number }>;
}

export interface MemoryOptions {
  readonly sign: { readonly issuer: string; readonly token: string };
  readonly services: Services | null;
  readonly say: (line: string) => void;
}

export async function measureMemory({ sign, services, say }: MemoryOptions) {
  const servers: Measured[] = [];
  const load = await startProgram<object>({
    at: new URL("../support/load", import.meta.url),
    wishes: {},
    core: LOAD_CORE,
  });
  try {
    const hub = (settings: Record<string, string>) =>
      startProgram<HubReady>({
        at: new URL("./hub", import.meta.url),
        wishes: {
          settings: { OIDC_ISSUER: sign.issuer, ...settings },
          memory: true,
          children: memoryChildren(),
          trusted: [ONE, LIST],
        } satisfies HubWishes,
        core: SERVERS_CORE,
      });
    for (const peer of PEERS) {
      const program = await startProgram<{ port: number }>({
        at: new URL("./peer", import.meta.url),
        wishes: { peer },
        core: SERVERS_CORE,
      });
      servers.push({ server: peer, program });
    }
    servers.push({ server: "hub, embedded engine", program: await hub({}) });
    if (services) servers.push({ server: "hub, MariaDB and Redis", program: await hub(services.settings) });
    const bodies = await compareBodies(servers, sign.token);
    const rows: Row[] = [];
    for (const shape of Object.keys(SHAPES) as Shape[])
      rows.push(...(await measure(shape, { servers, load, sign, say })));
    return { rows, bodies, rounds: ROUNDS, measuredMs: MEASURED_MS };
  } finally {
    await Promise.all([load, ...servers.map(({ program }) => program)].map((program) => program.stop()));
  }
}

const bodyOf = (shape: Shape): string => {
  const { query, variables } = SHAPES[shape];
  return JSON.stringify({ query, variables });
};

/** Every server must say the same before any of them is timed. */
async function compareBodies(servers: readonly Measured[], token: string) {
  const compared: { shape: Shape; bytes: number; fingerprint: string }[] = [];
  for (const shape of Object.keys(SHAPES) as Shape[]) {
    const prints = new Map<string, string>();
    let bytes = 0;
    for (const { server, program } of servers) {
      const response = await fetch(`http://127.0.0.1:${program.ready.port}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: bodyOf(shape),
      });
      const text = await response.text();
      const answer = JSON.parse(text) as { data?: unknown; errors?: unknown };
      if (!answer.data || answer.errors) throw new Error(`${server} answers ${shape} with errors`);
      prints.set(server, fingerprint(answer.data));
      bytes = text.length;
    }
    const [first = ""] = prints.values();
    const other = [...prints].find(([, print]) => print !== first);
    if (other) throw new Error(`${other[0]} answers ${shape} differently from ${servers[0]?.server}`);
    compared.push({ shape, bytes, fingerprint: first });
  }
  return compared;
}

interface Timed extends Ran {
  readonly cpuMs: number;
}

interface Measuring extends Pick<MemoryOptions, "sign" | "say"> {
  readonly servers: readonly Measured[];
  readonly load: Program<object>;
}

async function measure(shape: Shape, { servers, load, sign, say }: Measuring): Promise<Row[]> {
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
  const reference = spread(PEERS[0], "perSecond").median;
  return servers.map(({ server }) => {
    const perSecond = spread(server, "perSecond");
    const ratio = perSecond.median / reference;
    return { server, shape, perSecond, ...latencies(server), cpuMs: spread(server, "cpuMs"), ratio };
  });
}
