// A million entries verified: how long it takes, on each engine.

import { type Spread, spreadOf } from "../support/figures.ts";
import { startProgram } from "../support/programs.ts";
import type { Filled, FilledQuestion, Pending } from "./filled-program.ts";

export interface VerifyAmounts {
  readonly entries: number;
  readonly rounds: number;
}

export interface Verifying {
  readonly engine: string;
  readonly entries: number;
  readonly writtenPerSecond: number;
  readonly seconds: Spread;
  /** Of which the hub's own process was on a core. */
  readonly cpuSeconds: Spread;
  /** Findings once one entry was taken away: it alone. */
  readonly findings: number;
}

/** Written at once, then a checkpoint. */
const AT_ONCE = 20_000;

export interface VerifyOptions {
  readonly engine: { readonly name: string; readonly settings: Readonly<Record<string, string>> };
  readonly amounts: VerifyAmounts;
  readonly say: (line: string) => void;
}

export async function measureVerifying({ engine, amounts, say }: VerifyOptions): Promise<Verifying> {
  const program = await startProgram<object>({
    at: new URL("./filled-program", import.meta.url),
    wishes: { settings: engine.settings },
  });
  const fill = (count: number) => program.ask<Filled>({ fill: count } satisfies FilledQuestion);
  /** It may take longer than a program waits for an answer. */
  const verified = async (question: FilledQuestion): Promise<Filled> => {
    await program.ask<Pending>(question);
    for (;;) {
      const answer = await program.ask<Filled | Pending>({ verified: true } satisfies FilledQuestion);
      if (!("pending" in answer)) return answer;
    }
  };
  try {
    let writing = 0;
    for (let done = 0; done < amounts.entries; done += AT_ONCE) {
      writing += (await fill(AT_ONCE)).seconds;
      if ((done / AT_ONCE) % 10 === 9) say(`${engine.name}: ${done + AT_ONCE} entries written`);
    }
    const rounds: Filled[] = [];
    for (let round = 0; round < amounts.rounds; round += 1) {
      const one = await verified({ verify: true });
      if (one.findings > 0 || one.entries < amounts.entries) throw new Error("The audit does not verify");
      say(`${engine.name}: ${one.entries} entries verified in ${one.seconds.toFixed(1)} s`);
      rounds.push(one);
    }
    const { findings } = await verified({ removeOne: true });
    return {
      engine: engine.name,
      entries: rounds[0]?.entries ?? 0,
      writtenPerSecond: amounts.entries / writing,
      seconds: spreadOf(rounds.map(({ seconds }) => seconds)),
      cpuSeconds: spreadOf(rounds.map(({ cpuSeconds }) => cpuSeconds)),
      findings,
    };
  } finally {
    await program.stop();
  }
}
