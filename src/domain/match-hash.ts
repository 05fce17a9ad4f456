// Sixty-four bits for a text, and sorting by them without an object for each: a million records have tens of millions of keys.

/** Texts as pairs of 32-bit numbers, and whose they are. Grows as it is filled. */
export class HashedKeys {
  high = new Uint32Array(1_024);
  low = new Uint32Array(1_024);
  owner = new Uint32Array(1_024);
  size = 0;

  /** Two different texts have one hash about once in 10^19: a pair too many is then compared, and nothing else happens. */
  add(text: string, owner: number): void {
    if (this.size === this.low.length) this.#grow();
    let one = 0x811c9dc5;
    let other = 0x9e3779b9;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 0x01000193);
      other = Math.imul(other ^ code, 0x85ebca6b);
      other = (other << 13) | (other >>> 19);
    }
    this.high[this.size] = mixed(one ^ (other >>> 16));
    this.low[this.size] = mixed(other);
    this.owner[this.size] = owner;
    this.size += 1;
  }

  #grow(): void {
    const larger = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
      const array = new Uint32Array(old.length * 2);
      array.set(old);
      return array;
    };
    this.high = larger(this.high);
    this.low = larger(this.low);
    this.owner = larger(this.owner);
  }

  /** The places of the keys in the order of their hashes; of equal ones, in the order they came. */
  sorted(): Uint32Array {
    let order = new Uint32Array(this.size);
    for (let at = 0; at < this.size; at += 1) order[at] = at;
    let spare = new Uint32Array(this.size);
    for (const { hashes, shift } of [
      { hashes: this.low, shift: 0 },
      { hashes: this.low, shift: 16 },
      { hashes: this.high, shift: 0 },
      { hashes: this.high, shift: 16 },
    ]) {
      bySixteenBits({ hashes, shift }, order, spare);
      [order, spare] = [spare, order];
    }
    return order;
  }

  /** Whether two places hold one key. */
  same(one: number, other: number): boolean {
    return this.low[one] === this.low[other] && this.high[one] === this.high[other];
  }
}

function mixed(hash: number): number {
  let bits = hash ^ (hash >>> 16);
  bits = Math.imul(bits, 0x7feb352d);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** One pass of a radix sort: stable, and without comparisons. */
function bySixteenBits(by: { hashes: Uint32Array; shift: number }, from: Uint32Array, to: Uint32Array): void {
  const next = new Uint32Array(65_537);
  const digitOf = (place: number): number => ((by.hashes[place] ?? 0) >>> by.shift) & 0xffff;
  for (const place of from) next[digitOf(place) + 1] = (next[digitOf(place) + 1] ?? 0) + 1;
  for (let digit = 0; digit < 65_536; digit += 1) next[digit + 1] = (next[digit + 1] ?? 0) + (next[digit] ?? 0);
  for (const place of from) {
    const digit = digitOf(place);
    const slot = next[digit] ?? 0;
    to[slot] = place;
    next[digit] = slot + 1;
  }
}
