// Who shares a key with whom, in memory: what the hub's `link_key` table answers, for measuring decisions without a database.

/** A key of more records than this finds nobody: it says that a value is common, not who is who. Skipped keys are counted. */
export const MOST_OF_A_KEY = 300;

/** Two words of 32 bits out of a text: with some five million keys, two texts meet once in a million runs. */
function hashOf(text: string): readonly [number, number] {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return [one | 0, two | 0 || 1];
}

export class KeyIndex {
  readonly #mask: number;
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #count: Int32Array;
  /** The newest entry of a key, and for each entry the one before it. */
  readonly #head: Int32Array;
  readonly #next: Int32Array;
  readonly #record: Int32Array;
  #entries = 1;
  #keys = 0;
  /** How many look-ups met a key of too many, and how many such keys there are. */
  skipped = 0;
  capped = 0;

  /** For at most so many keys of records. */
  constructor(room: number) {
    const slots = 2 ** Math.ceil(Math.log2(room * 1.5));
    this.#mask = slots - 1;
    this.#first = new Int32Array(slots);
    this.#second = new Int32Array(slots);
    this.#count = new Int32Array(slots);
    this.#head = new Int32Array(slots);
    this.#next = new Int32Array(room + 1);
    this.#record = new Int32Array(room + 1);
  }

  /** How many different keys it holds. */
  get keys(): number {
    return this.#keys;
  }

  #slotOf(text: string): number {
    const [first, second] = hashOf(text);
    let slot = (first ^ second) & this.#mask;
    while (this.#second[slot] !== 0 && (this.#first[slot] !== first || this.#second[slot] !== second))
      slot = (slot + 1) & this.#mask;
    if (this.#second[slot] === 0) {
      this.#first[slot] = first;
      this.#second[slot] = second;
      this.#keys += 1;
    }
    return slot;
  }

  add(record: number, texts: readonly string[]): void {
    for (const text of texts) {
      const slot = this.#slotOf(text);
      const count = (this.#count[slot] = (this.#count[slot] ?? 0) + 1);
      if (count === MOST_OF_A_KEY + 1) this.capped += 1;
      if (count > MOST_OF_A_KEY) continue;
      const entry = this.#entries++;
      this.#record[entry] = record;
      this.#next[entry] = this.#head[slot] ?? 0;
      this.#head[slot] = entry;
    }
  }

  /** The records that share one of these keys. */
  find(texts: readonly string[]): ReadonlySet<number> {
    const found = new Set<number>();
    for (const text of texts) {
      const slot = this.#slotOf(text);
      if ((this.#count[slot] ?? 0) > MOST_OF_A_KEY) {
        this.skipped += 1;
        continue;
      }
      for (let entry = this.#head[slot] ?? 0; entry !== 0; entry = this.#next[entry] ?? 0)
        found.add(this.#record[entry] ?? 0);
    }
    return found;
  }
}
