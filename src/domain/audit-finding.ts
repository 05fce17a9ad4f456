// What can be found wrong with the audit, and how it is said. Ids and numbers only: whoever reads it need not see what the entries say.

export const FINDING_KINDS = [
  "REMOVED",
  "CHANGED",
  "REORDERED",
  "INSERTED",
  "UNCHAINED",
  "CHECKPOINT",
  "DECISION_CHANGED",
  "DECISION_REMOVED",
  "DECISION_INSERTED",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something that is not as the hub wrote it. */
export interface Finding {
  readonly kind: FindingKind;
  /** The table's row; null where it is gone, or where it is about several. */
  readonly id: string | null;
  readonly chain: string | null;
  /** The place in the chain, or the first and the last of several. */
  readonly places: readonly [from: number, upTo: number] | null;
  /** A sentence. */
  readonly says: string;
}

/** From this place to that one, both among them. */
export interface Range {
  readonly from: number;
  readonly upTo: number;
}

/** What is left of a range without these places. */
export function without({ from, upTo }: Range, places: ReadonlySet<number>): Range[] {
  const taken = [...places].filter((place) => place >= from && place <= upTo).toSorted((a, b) => a - b);
  const left: Range[] = [];
  let next = from;
  for (const place of taken) {
    if (place > next) left.push({ from: next, upTo: place - 1 });
    next = place + 1;
  }
  if (next <= upTo) left.push({ from: next, upTo });
  return left;
}

const placeText = ([from, upTo]: readonly [number, number]): string =>
  from === upTo ? `place ${from}` : `places ${from} to ${upTo}`;

/** One line for an operator. */
export function findingLine({ kind, id, chain, places, says }: Finding): string {
  const where = [
    ...(id === null ? [] : [id]),
    ...(chain === null ? [] : [`chain ${chain}`]),
    ...(places === null ? [] : [placeText(places)]),
  ];
  return `${kind.padEnd(17)} ${where.join(", ")}: ${says}`;
}
