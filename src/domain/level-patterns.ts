// Pairs, counted by the levels they reach. A million pairs reach a few thousand patterns; everything after the counting works on those.

import type { Compared } from "./compared.ts";
import type { Comparer } from "./comparisons.ts";
import { nth } from "./nth.ts";

/** So many pairs reach these levels, one for each comparison; -1 where a side has nothing. */
export interface Pattern {
  readonly levels: readonly number[];
  count: number;
}

/** Counts pairs by pattern. */
export class PatternCounter {
  readonly #patterns = new Map<string, Pattern>();
  readonly #comparers: readonly Comparer[];
  pairs = 0;

  constructor(comparers: readonly Comparer[]) {
    this.#comparers = comparers;
  }

  add(a: Compared, b: Compared): void {
    this.pairs += 1;
    let key = "";
    const comparers = this.#comparers;
    for (let at = 0; at < comparers.length; at += 1) key += String.fromCharCode(66 + nth(comparers, at)(a, b));
    const known = this.#patterns.get(key);
    if (known) known.count += 1;
    else this.#patterns.set(key, { levels: Array.from(key, (each) => each.charCodeAt(0) - 66), count: 1 });
  }

  list(): readonly Pattern[] {
    return [...this.#patterns.values()];
  }
}
