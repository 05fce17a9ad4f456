// Finds, for a record, the others that share a key with it. Plain arrays of numbers; pairs are named one record at a time and
// never held.

import { HashedKeys } from "./match-hash.ts";
import type { KeyKind, KeyParts } from "./match-blocks.ts";

/** A key in more records than this says that a value is common, not who is who: it is skipped, and counted. */
export const LARGEST_KEY = 300;
const SMALLER = [LARGEST_KEY, 100, 30, 10];

/** What became of one kind of key. */
export interface KindUse {
  readonly name: string;
  /** Pairs of records that share a key of this kind; one pair may share several kinds. */
  readonly pairs: number;
  /** Keys in more than 300 records, which were skipped. */
  readonly skipped: number;
  /** How many records the most frequent key stands in. */
  readonly largest: number;
  /** Keys in more records than this were not used: 300, or fewer where 300 would have cost too much; 0 for a kind not used at all. */
  readonly most: number;
}

/** The keys of one kind that at least two records share. */
interface Groups {
  /** Records, group after group, in ascending order within a group. */
  readonly members: Uint32Array;
  /** Where each group starts in `members`, and the end of the last. */
  readonly starts: Uint32Array;
  /** For each record, where its groups start in `groups`. */
  readonly from: Uint32Array;
  readonly groups: Uint32Array;
}

export interface Indexed {
  readonly records: number;
  /** The first record of the second file; null where a file is compared with itself. */
  readonly split: number | null;
}

/** How many pairs a kind of key may cost for each record; a small file may cost more. */
const PAIRS_EACH = { narrow: 20, wide: 5 };
const PAIRS_AT_LEAST = { narrow: 2_000_000, wide: 300_000 };

/** All keys of all records. */
export class CandidateIndex {
  readonly #of: Indexed;
  readonly #kinds: Groups[] = [];
  readonly #seen: Uint32Array;
  readonly uses: KindUse[] = [];

  constructor(of: Indexed) {
    this.#of = of;
    this.#seen = new Uint32Array(of.records);
  }

  /** Adds the keys of some kinds, in one pass over the records. */
  add(kinds: readonly KeyKind[], partsOf: (record: number) => KeyParts): void {
    const hashed = kinds.map(() => new HashedKeys());
    for (let record = 0; record < this.#of.records; record += 1) {
      const parts = partsOf(record);
      for (const [at, kind] of kinds.entries()) for (const text of kind.texts(parts)) hashed[at]?.add(text, record);
    }
    for (const [at, kind] of kinds.entries()) {
      const keys = hashed[at];
      if (keys) this.#index(kind, keys);
      hashed[at] = new HashedKeys();
    }
  }

  #index({ name, isWide }: KeyKind, keys: HashedKeys): void {
    const order = keys.sorted();
    const { records, split } = this.#of;
    const width = isWide ? "wide" : "narrow";
    const affordable = Math.max(PAIRS_AT_LEAST[width], records * PAIRS_EACH[width]);
    const costs = SMALLER.map(() => 0);
    let [skipped, largest] = [0, 0];
    eachRun(keys, order, (from, to) => {
      const size = to - from;
      largest = Math.max(largest, size);
      if (size > LARGEST_KEY) skipped += 1;
      const pairs = pairsOf(keys, order.subarray(from, to), split);
      for (const [at, most] of SMALLER.entries()) if (size <= most) costs[at] = (costs[at] ?? 0) + pairs;
    });
    const fits = costs.findIndex((cost) => cost <= affordable);
    const chosen = fits === -1 && !isWide ? SMALLER.length - 1 : fits;
    const most = chosen === -1 ? 0 : (SMALLER[chosen] ?? 0);
    const pairs = chosen === -1 ? 0 : (costs[chosen] ?? 0);
    this.uses.push({ name, pairs, skipped, largest, most });
    if (pairs > 0) this.#kinds.push(groupsOf({ keys, order, most }, this.#of));
  }

  /** Names each record that shares a key with this one and comes after it (or is of the second file); each once. */
  candidates(record: number, use: (other: number) => void): void {
    const after = this.#of.split ?? record + 1;
    const stamp = record + 1;
    const seen = this.#seen;
    for (const { members, starts, from, groups } of this.#kinds)
      for (let at = from[record] ?? 0; at < (from[record + 1] ?? 0); at += 1) {
        const group = groups[at] ?? 0;
        for (let place = (starts[group + 1] ?? 0) - 1; place >= (starts[group] ?? 0); place -= 1) {
          const other = members[place] ?? 0;
          if (other < after) break;
          if (seen[other] === stamp) continue;
          seen[other] = stamp;
          use(other);
        }
      }
  }
}

function eachRun(keys: HashedKeys, order: Uint32Array, use: (from: number, to: number) => void): void {
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && keys.same(order[from] ?? 0, order[to] ?? 0)) to += 1;
    if (to - from > 1) use(from, to);
    from = to;
  }
}

function pairsOf(keys: HashedKeys, places: Uint32Array, split: number | null): number {
  const size = places.length;
  if (split === null) return (size * (size - 1)) / 2;
  if (size > LARGEST_KEY) return 0;
  let first = 0;
  for (const place of places) if ((keys.owner[place] ?? 0) < split) first += 1;
  return first * (size - first);
}

function groupsOf({ keys, order, most }: { keys: HashedKeys; order: Uint32Array; most: number }, of: Indexed): Groups {
  const isUsed = (from: number, to: number): boolean =>
    to - from <= most && pairsOf(keys, order.subarray(from, to), of.split) > 0;
  let [kept, many] = [0, 0];
  eachRun(keys, order, (from, to) => {
    if (!isUsed(from, to)) return;
    kept += to - from;
    many += 1;
  });
  const members = new Uint32Array(kept);
  const starts = new Uint32Array(many + 1);
  const from = new Uint32Array(of.records + 2);
  let [at, group] = [0, 0];
  eachRun(keys, order, (first, to) => {
    if (!isUsed(first, to)) return;
    starts[group++] = at;
    for (let place = first; place < to; place += 1) {
      const owner = keys.owner[order[place] ?? 0] ?? 0;
      members[at++] = owner;
      from[owner + 2] = (from[owner + 2] ?? 0) + 1;
    }
  });
  starts[group] = at;
  for (let record = 0; record < of.records; record += 1)
    from[record + 2] = (from[record + 2] ?? 0) + (from[record + 1] ?? 0);
  const groups = new Uint32Array(kept);
  for (let each = 0; each < many; each += 1)
    for (let place = starts[each] ?? 0; place < (starts[each + 1] ?? 0); place += 1) {
      const owner = members[place] ?? 0;
      const slot = from[owner + 1] ?? 0;
      groups[slot] = each;
      from[owner + 1] = slot + 1;
    }
  return { members, starts, from, groups };
}
