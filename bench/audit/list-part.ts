// What the audit costs a page of a hundred children: the same hub with it and without, and the record of the page alone.

import { performance } from "node:perf_hooks";
import { type Spread, spreadOf } from "../support/figures.ts";
import type { Ran, Run } from "../support/load.ts";
import { type Program, startProgram } from "../support/programs.ts";
import { bodyOf, LOAD_CORE, SERVERS_CORE, SHAPES } from "../unified/measuring.ts";
import { memoryChildren } from "../unified/memory-town.ts";
import { LIST, ONE } from "../unified/queries.ts";
import type { ListWishes, RecordPages } from "./list-program.ts";

export interface ListAmounts {
  readonly rounds: number;
  readonly measuredMs: number;
}

export interface Listing {
  readonly engine: string;
  /** The server's own time on a core for a page, in milliseconds. */
  readonly withAudit: Spread;
  readonly without: Spread;
  /** The median of the rounds' own shares. */
  readonly share: Spread;
  /** The record of a page alone: its own time on a core, and how long it takes. */
  readonly alone: Spread;
  readonly aloneWall: Spread;
}

type Server = Program<{ readonly port: number }>;
type Settings = Readonly<Record<string, string>>;

export interface ListOptions {
  readonly engine: { readonly name: string; readonly settings: readonly [Settings, Settings] };
  readonly amounts: ListAmounts;
  readonly say: (line: string) => void;
}

const WARM_MS = 2_000;
const PAGES = 160;

export async function measureList({ engine, amounts, say }: ListOptions): Promise<Listing> {
  const load = await startProgram<object>({
    at: new URL("../support/load", import.meta.url),
    wishes: {},
    core: LOAD_CORE,
  });
  const start = (recorded: boolean, settings: Settings): Promise<Server> =>
    startProgram({
      at: new URL("./list-program", import.meta.url),
      wishes: { settings, children: memoryChildren(), trusted: [ONE, LIST], recorded } satisfies ListWishes,
      core: SERVERS_CORE,
    });
  const servers: Server[] = [];
  try {
    servers.push(await start(true, engine.settings[0]), await start(false, engine.settings[1]));
    const [recorded, silent] = servers as [Server, Server];
    const cpuMs = async (server: Server, ms: number): Promise<number> => {
      const before = await server.ask<NodeJS.CpuUsage>("cpu");
      const { connections } = SHAPES.list;
      const run: Run = { port: server.ready.port, token: "none", body: bodyOf("list"), connections, ms };
      const ran = await load.ask<Ran>(run);
      const after = await server.ask<NodeJS.CpuUsage>("cpu");
      if (ran.wrong > 0) throw new Error(`${ran.wrong} wrong answers under load`);
      return (after.user + after.system - before.user - before.system) / ran.perSecond / ms;
    };
    for (const server of servers) await cpuMs(server, WARM_MS);
    const rounds: { readonly given: number; readonly none: number; readonly alone: number; readonly wall: number }[] =
      [];
    for (let round = 0; round < amounts.rounds; round += 1) {
      const given = await cpuMs(recorded, amounts.measuredMs);
      const none = await cpuMs(silent, amounts.measuredMs);
      const began = performance.now();
      const { user, system } = await recorded.ask<NodeJS.CpuUsage>({ pages: PAGES, atOnce: 16 } satisfies RecordPages);
      rounds.push({ given, none, alone: (user + system) / 1_000 / PAGES, wall: (performance.now() - began) / PAGES });
      say(
        `${engine.name}, list ${round + 1}/${amounts.rounds}: ${given.toFixed(2)} ms with, ${none.toFixed(2)} without`,
      );
    }
    return {
      engine: engine.name,
      withAudit: spreadOf(rounds.map(({ given }) => given)),
      without: spreadOf(rounds.map(({ none }) => none)),
      share: spreadOf(rounds.map(({ given, none }) => (given - none) / none)),
      alone: spreadOf(rounds.map(({ alone }) => alone)),
      aloneWall: spreadOf(rounds.map(({ wall }) => wall)),
    };
  } finally {
    await Promise.all([load, ...servers].map((program) => program.stop()));
  }
}
