// Requests per second over agencies in memory: the hub, signed in and recorded, beside servers that do nothing of the kind.

import { startProgram } from "../support/programs.ts";
import { fingerprint } from "../support/canonical.ts";
import type { Services } from "../support/services.ts";
import type { HubReady, HubWishes } from "./hub.ts";
import {
  bodyOf,
  LOAD_CORE,
  measure,
  type Measured,
  MEASURED_MS,
  type Row,
  ROUNDS,
  SERVERS_CORE,
  type Shape,
  SHAPES,
} from "./measuring.ts";
import { memoryChildren } from "./memory-town.ts";
import { READER } from "./reader.ts";
import { LIST, ONE, PEERS } from "./queries.ts";

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
          team: READER,
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

/** Every server must say the same before any of them is timed. */
export async function compareBodies(servers: readonly Measured[], token: string) {
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
