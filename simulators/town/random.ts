// Chance that can be repeated: the same seed and label always give the same draws, on every machine and Node version.

/** A stream of draws. Give each matter its own `stream(label)`, so that a draw added in one place changes nothing elsewhere. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `low` to `high`, both possible. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Picks by weight; weights need not add up to anything. */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  /** A new list in another order. */
  shuffle<T>(list: readonly T[]): T[];
  /** An independent stream, fixed by this stream's own label and `label`; what was drawn before does not matter. */
  stream(label: string | number): Random;
}

/** The stream of this seed. */
export const makeRandom = (seed: number): Random => streamOf(`${seed}`);

function streamOf(label: string): Random {
  const next = sfc32(hash(label));
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => got(list[int(0, list.length - 1)]);
  return {
    next,
    int,
    pick,
    chance: (probability) => next() < probability,
    weighted(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of list) if ((left -= weight) < 0) return value;
      return pick(list)[0];
    },
    shuffle(list) {
      const out = [...list];
      for (let last = out.length - 1; last > 0; last--) {
        const at = int(0, last);
        [out[last], out[at]] = [got(out[at]), got(out[last])];
      }
      return out;
    },
    stream: (inner) => streamOf(`${label}/${inner}`),
  };
}

function got<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError("Nothing to pick from");
  return value;
}

/** Four 32-bit words out of a label (FNV-1a with a final mix, one word per starting value). */
function hash(label: string): [number, number, number, number] {
  const word = (start: number): number => {
    let h = start;
    for (let at = 0; at < label.length; at++) h = Math.imul(h ^ label.charCodeAt(at), 16777619);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    return (h ^ (h >>> 13)) >>> 0;
  };
  return [word(0x811c9dc5), word(0x01000193), word(0x9e3779b9), word(0x2545f491)];
}

/** Chris Doty-Humphrey's small fast counter generator, public domain. */
function sfc32([a, b, c, d]: [number, number, number, number]): () => number {
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let warm = 0; warm < 12; warm++) next();
  return next;
}
