// One engine: what it costs to owe something, to carry out what is due, to be on time, and to look for what was missed.

import { type Spread, spreadOf } from "../support/figures.ts";
import { type Program, startProgram } from "../support/programs.ts";
import type { Lateness, Together } from "./carrying.ts";
import type { Creating } from "./creating.ts";
import type { Asked, HubWishes } from "./hub.ts";
import type { RawAsked, RawWishes } from "./raw.ts";
import type { Swept } from "./sweeping.ts";

export interface Engine {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** How much of everything; a part of it while the measurement itself is worked on. */
export interface Amounts {
  readonly rounds: number;
  readonly created: number;
  readonly createdAtOnce: number;
  readonly outstanding: number;
  readonly days: number;
  readonly spread: number;
  readonly spreadMs: number;
  readonly together: number;
  readonly alarms: number;
}

const AT_ONCE = 50;
const WARM_UPS = 1;

type Rated = { readonly perSecond: number };

export interface EngineOptions {
  readonly engine: Engine;
  readonly amounts: Amounts;
  readonly say: (line: string) => void;
}

export async function measureEngine({ engine, amounts, say }: EngineOptions) {
  const { rounds } = amounts;
  const hub = await startHub(engine.settings);
  const raw = await startProgram<object>({
    at: new URL("./raw", import.meta.url),
    wishes: { redisUrl: engine.settings["REDIS_URL"] ?? null } satisfies RawWishes,
  });
  const ask = <Answer>(asked: Asked): Promise<Answer> => hub.ask<Answer>(asked);
  const askRaw = async (asked: RawAsked): Promise<number> => (await raw.ask<Rated>(asked)).perSecond;
  const inTurn = async <Answer>(what: string, one: () => Promise<Answer>): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (let round = -WARM_UPS; round < rounds; round += 1) {
      const answer = await one();
      say(`${engine.name}, ${what} ${round < 0 ? "warm-up" : `${round + 1}/${rounds}`}: ${JSON.stringify(answer)}`);
      if (round >= 0) answers.push(answer);
    }
    return answers;
  };
  /** The hub and BullMQ alone in turn. */
  const beside = async (what: string, hubs: () => Promise<number>, raws: readonly (() => Promise<number>)[]) => {
    const answers = await inTurn(what, async () => {
      const rated = { hub: Math.round(await hubs()), raw: [] as number[] };
      for (const one of raws) rated.raw.push(Math.round(await one()));
      return rated;
    });
    return {
      hub: spreadOf(answers.map((answer) => answer.hub)),
      raw: raws.map((_, n) => spreadOf(answers.map((answer) => answer.raw[n] ?? Number.NaN))),
      ratios: raws.map((_, n) => spreadOf(answers.map((answer) => answer.hub / (answer.raw[n] ?? Number.NaN)))),
    };
  };
  try {
    const creating = async (creating: Creating) =>
      beside(
        `creating ${creating.atOnce} x ${creating.each}`,
        async () => (await ask<Rated>({ to: "create", ...creating })).perSecond,
        [() => askRaw({ to: "add", ...creating })],
      );
    const one = await creating({ count: amounts.created, atOnce: 1, each: 1 });
    const fact = await creating({ count: amounts.created, atOnce: 1, each: 2 });
    const many = await creating({ count: amounts.createdAtOnce, atOnce: AT_ONCE, each: 1 });
    await ask({ to: "fill", count: amounts.outstanding, days: amounts.days });
    const swept = await inTurn("sweep", () => ask<Swept>({ to: "sweep" }));
    await ask({ to: "work" });
    const { spread: acts, spreadMs: overMs, together } = amounts;
    const late = await inTurn("spread", () => ask<Lateness>({ to: "carryOutSpread", acts, overMs }));
    const carried = await beside(
      "together",
      async () => (await ask<Together>({ to: "carryOutTogether", acts: together })).perSecond,
      (["WAITING", "AT_ONE_INSTANT"] as const).map((due) => () => askRaw({ to: "process", count: together, due })),
    );
    return {
      engine: engine.name,
      creating: { one, fact, many },
      carried,
      late: each(late, ["p50", "p99", "max"]),
      swept: each(swept, ["ms", "statements", "loaded", "read"]),
    };
  } finally {
    await Promise.all([hub.stop(), raw.stop()]);
  }
}

/** The hub under measurement, in a process of its own. */
export const startHub = (settings: Engine["settings"]): Promise<Program<object>> =>
  startProgram<object>({ at: new URL("./hub", import.meta.url), wishes: { settings } satisfies HubWishes });

const each = <Key extends string>(answers: readonly Record<Key, number>[], keys: readonly Key[]) =>
  Object.fromEntries(keys.map((key) => [key, spreadOf(answers.map((answer) => answer[key]))])) as Record<Key, Spread>;
