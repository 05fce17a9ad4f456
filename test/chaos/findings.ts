// What the checker can find wrong.

export type Wrong =
  /** Due, or acknowledged, and not there. */
  | "lost"
  /** There more often than it may be, or at a time at which nothing of the kind may happen. */
  | "doubled"
  /** Before its time. */
  | "early"
  /** There, and not as the rules say. */
  | "wrong";

export interface Problem {
  readonly wrong: Wrong;
  /** Ids and codes: enough to look it up. */
  readonly what: string;
  readonly count: number;
}

/** How long after its time the clock did something. */
export interface Lateness {
  readonly ms: number;
  /** Everything was up when it fell due, and had been all along. */
  readonly calm: boolean;
}

export interface Findings {
  readonly problems: readonly Problem[];
  readonly lateness: readonly Lateness[];
  /** Emails that left twice: a mail server may be told twice of one, by contract. */
  readonly resent: number;
}

export const problem = (wrong: Wrong, what: string, count = 1): Problem[] =>
  count > 0 ? [{ wrong, what, count }] : [];

/** Compares how often things are there with how often they should be. */
export function compare(what: string, wanted: ReadonlyMap<string, number>, found: readonly string[]): Problem[] {
  const counts = new Map<string, number>();
  for (const each of found) counts.set(each, (counts.get(each) ?? 0) + 1);
  return [...new Set([...wanted.keys(), ...counts.keys()])].flatMap((key) => {
    const over = (counts.get(key) ?? 0) - (wanted.get(key) ?? 0);
    return [...problem("doubled", `${what} ${key}`, over), ...problem("lost", `${what} ${key}`, -over)];
  });
}

export function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
