// Whole counties decided in memory: how often the hub is wrong, and how much it asks.

import type { MatchPolicy } from "../../src/domain/identity.ts";
import type { Decisions, DecidingWishes } from "./deciding.ts";
import { runProgram } from "./program.ts";
import type { Tally } from "./tally.ts";
import { together } from "./together.ts";

/** One policy over all counties. */
export interface OnPolicy {
  readonly policy: MatchPolicy;
  readonly tally: Tally;
  /** Wrong links and links of each county, by seed. */
  readonly counties: readonly { readonly seed: number; readonly wrong: number; readonly links: number }[];
  readonly rounds: readonly Omit<Decisions, "tally" | "policy">[];
}

export interface InMemory {
  readonly seeds: readonly number[];
  readonly records: number;
  readonly policies: readonly OnPolicy[];
}

export interface MemoryOptions {
  readonly seeds: readonly number[];
  readonly wishes: Omit<DecidingWishes, "seed">;
  readonly say: (line: string) => void;
}

/** One county after the other, each under every policy. */
export async function measureInMemory({ seeds, wishes, say }: MemoryOptions): Promise<InMemory> {
  const all: { seed: number; decisions: readonly Decisions[] }[] = [];
  for (const seed of seeds) {
    const decisions = await runProgram<readonly Decisions[]>({
      name: "deciding-program",
      wishes: { ...wishes, seed } satisfies DecidingWishes,
      say,
    });
    for (const { policy, tally } of decisions)
      say(`county ${seed}, ${policy}: ${tally.all.wrong} wrong of ${tally.all.links} automatic links`);
    all.push({ seed, decisions });
  }
  const policies = wishes.policies.map((policy): OnPolicy => {
    const own = all.flatMap(({ seed, decisions }) => {
      const found = decisions.find((each) => each.policy === policy);
      return found ? [{ seed, found }] : [];
    });
    return {
      policy,
      tally: together(own.map(({ found }) => found.tally)),
      counties: own.map(({ seed, found: { tally } }) => ({ seed, wrong: tally.all.wrong, links: tally.all.links })),
      rounds: own.map(({ found: { tally: _tally, policy: _policy, ...round } }) => round),
    };
  });
  return { seeds, records: wishes.records, policies };
}
