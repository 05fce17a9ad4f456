// What the passes over the pairs teach, put together: how often records of one person agree, and how many pairs are one person.

import type { ComparisonSpec } from "./compared.ts";
import {
  type Belief,
  countLevels,
  estimateMatches,
  type Expectation,
  firstGuess,
  likelihoodOf,
  noCounts,
  type Shares,
  sharesOf,
} from "./expectation.ts";
import { withMargins } from "./households.ts";
import { groupsOf } from "./level-order.ts";
import type { Pattern } from "./level-patterns.ts";
import type { TrainingRecord } from "./match-model.ts";
import { type Session, usedIn } from "./training-sessions.ts";
import { withTwins } from "./twins.ts";
import { addTo, nth } from "./nth.ts";

export interface Seen {
  readonly specs: readonly ComparisonSpec[];
  readonly sessions: readonly Session[];
  /** Pairs taken at random: of different people for certain where they are `apart`, else nearly all. */
  readonly different: readonly Pattern[];
  readonly apart: boolean;
  /** How many pairs there are that could be one person. */
  readonly possible: number;
  /** What twins agree on too much, in bits, 0 or less: see `twins.ts`. */
  readonly twins: number;
}

export interface Learnt extends Belief {
  readonly sessions: TrainingRecord["sessions"];
  readonly notes: readonly string[];
}

/** A pass that expects fewer pairs of one person than this teaches nothing. */
const FEWEST_MATCHES = 20;
const ROUNDS = 4;
/** Where there are hardly any records, more than this would join what happens to agree a little. */
const MOST_SHARE = 0.1;

interface Pass {
  readonly session: Session;
  readonly used: readonly number[];
  readonly found: Expectation;
}

/** Nobody's records are so good that fewer than one in a thousand disagree. */
const LEAST_ELSE = 0.001;

/** How many other comparisons must be there in most pairs of a pass for it to teach about one: with nothing else to go by, strangers
 *  of one name are taken for one person, and what they differ in for what one person's records differ in. */
const ENOUGH_OTHERS = 2;
const MOST_PAIRS_HAVE = 0.5;

/** Whether a pass can tell who is one person without looking at this comparison. */
function tells(specs: readonly ComparisonSpec[], { session, used }: Pass, about: number): boolean {
  const all = session.patterns.reduce((sum, { count }) => sum + count, 0);
  const others = used.filter((at) => {
    const { weak, kind } = nth(specs, at);
    if (at === about || weak || kind === "sex") return false;
    const there = session.patterns.reduce((sum, { levels, count }) => sum + (nth(levels, at) >= 0 ? count : 0), 0);
    return there >= MOST_PAIRS_HAVE * all;
  });
  return others.length >= ENOUGH_OTHERS;
}

/** What all passes that teach about a comparison counted; where they counted nothing, the first guess. */
function together(specs: readonly ComparisonSpec[], passes: readonly Pass[], guess: Shares): Shares {
  return specs.map((spec, at) => {
    const seen = noCounts(spec);
    const about = passes.filter(({ used }) => used.includes(at));
    const telling = about.filter((pass) => tells(specs, pass, at));
    for (const { found } of telling.length > 0 ? telling : about) {
      nth(found.counts, at).forEach((count, level) => addTo(seen, level, count));
    }
    const counts = spec.kind === "household" ? withMargins(seen) : seen;
    const shares = [...nth(guess, at)];
    for (const group of groupsOf(spec.kind)) {
      const doubt = group.length / 2;
      const all = group.reduce((sum, level) => sum + nth(counts, level), doubt);
      for (const level of group) shares[level] = (nth(counts, level) + doubt * nth(nth(guess, at), level)) / all;
      const last = nth(group, group.length - 1);
      shares[last] = Math.max(nth(shares, last), LEAST_ELSE);
    }
    return shares;
  });
}

const passOver = ({ specs, twins }: Seen, session: Session, start: Belief): Pass => {
  const used = usedIn(specs, session.columns);
  const byBirthday = specs.some(
    ({ kind, columns }) => kind === "born" && columns.some((each) => session.columns.includes(each)),
  );
  // Among people of one birthday, those of one household are twins: not to be taken for one child whose forename was mistaken.
  const u = byBirthday && twins < 0 ? withTwins(specs, start.u, twins) : start.u;
  return { session, used, found: estimateMatches({ specs, patterns: session.patterns, used }, { ...start, u }) };
};

/** How often records of one person share a pass's columns: both there, and the same. */
function reach({ specs, different }: Seen, columns: readonly string[], m: Shares): number {
  let share = 1;
  const all = Math.max(
    different.reduce((sum, { count }) => sum + count, 0),
    1,
  );
  for (const column of columns) {
    const at = specs.findIndex((spec) => spec.columns[0] === column);
    const spec = specs[at];
    if (!spec) continue;
    const both = different.reduce((sum, { levels, count }) => sum + (nth(levels, at) >= 0 ? count : 0), 0) / all;
    const same = spec.kind === "household" ? [0, 1, 2, 3] : [0];
    share *= both * same.reduce((sum, level) => sum + nth(nth(m, at), level), 0);
  }
  return Math.max(share, 1e-6);
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

const everything = (specs: readonly ComparisonSpec[]): readonly number[] => specs.map((_, at) => at);

/** Learns from all that was seen. */
export function learnMatches(seen: Seen, u: Shares): Learnt {
  const { specs, sessions, different, apart, possible } = seen;
  const guess = firstGuess(specs);
  const all = everything(specs);
  let belief: Belief = { m: guess, u, share: 0.1 };
  let passes: readonly Pass[] = [];
  const rounds = apart ? 1 : ROUNDS;
  for (let round = 0; round < rounds; round += 1) {
    const start = { ...belief, share: 0.1 };
    passes = sessions.map((session) => passOver(seen, session, start));
    const good = passes.filter(({ found }) => found.matches >= FEWEST_MATCHES);
    const m = together(specs, good, guess);
    // Where no pass found enough to learn from, what they found still says how many there are.
    const found = (good.length > 0 ? good : passes).map(
      (pass) => pass.found.matches / pass.session.kept / reach(seen, pass.session.columns, m),
    );
    const share = Math.min(Math.max(median(found), 1) / possible, MOST_SHARE);
    belief = { m, u: belief.u, share };
    if (apart) continue;
    const now = belief;
    const counts = countLevels(specs, different, ({ levels }) => 1 - likelihoodOf(levels, now, all));
    belief = {
      ...now,
      u: specs.map((spec, at) =>
        sharesOf(spec, spec.kind === "household" ? withMargins(nth(counts, at)) : nth(counts, at)),
      ),
    };
  }
  return {
    ...belief,
    sessions: passes.map(({ session, found }) => ({
      blockedOn: session.columns.join(" and "),
      pairs: session.pairs,
      iterations: found.iterations,
    })),
    notes: passes
      .filter(({ found }) => found.matches < FEWEST_MATCHES)
      .map(
        ({ session }) => `the pass on ${session.columns.join(" and ")} found too few pairs of one person to learn from`,
      ),
  };
}
