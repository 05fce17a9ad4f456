// The town while it is being made: what has been put into it, and the counters that keep ids apart.

import { makeNhsNumbers } from "./identifiers.ts";
import { emptyPart, type TownPart } from "./part.ts";
import { makeRandom, type Random } from "./random.ts";
import { makeStreets, type Streets } from "./streets.ts";
import type { Address, TownSettings } from "./types.ts";
import { makeWorkforce, type Workforce } from "./workforce.ts";

export interface Build {
  readonly settings: TownSettings;
  readonly random: Random;
  readonly part: TownPart;
  readonly streets: Streets;
  readonly workforce: Workforce;
  readonly addresses: Map<string, Address>;
  readonly nhsNumber: () => string;
  /** 1, 2, 3 … for each kind of thing. */
  readonly count: (kind: string) => number;
  /** How many children may still be born. */
  childrenLeft: number;
}

export function makeBuild(settings: TownSettings): Build {
  const random = makeRandom(settings.seed);
  const counts = new Map<string, number>();
  const part = emptyPart();
  const workforce = makeWorkforce(random.stream("workforce"), settings.children);
  part.schools.push(...workforce.schools);
  part.professionals.push(...workforce.professionals);
  return {
    settings,
    random,
    part,
    streets: makeStreets(random.stream("streets"), settings.children),
    workforce,
    addresses: new Map(),
    nhsNumber: makeNhsNumbers(),
    count(kind) {
      const next = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, next);
      return next;
    },
    childrenLeft: settings.children,
  };
}

/** `prefix` and the next number of its kind, six digits from 100001, clear of the demo family's ids. */
export const nextId = (build: Build, prefix: string): string => `${prefix}${100_000 + build.count(prefix)}`;

/**
 * Deals each hundred of a list out in another order, so that what is rare comes in its right number in every hundred and a small
 * town still has some of everything.
 */
export function dealer<T>(random: Random, hundred: readonly (readonly [T, number])[]): (index: number) => T {
  const cards = hundred.flatMap(([value, times]) => Array.from({ length: times }, () => value));
  let round = -1;
  let dealt: T[] = [];
  return (index) => {
    const wanted = Math.floor(index / cards.length);
    if (wanted !== round) [round, dealt] = [wanted, random.stream(wanted).shuffle(cards)];
    const card = dealt[index % cards.length];
    if (card === undefined) throw new RangeError("No cards to deal");
    return card;
  };
}
