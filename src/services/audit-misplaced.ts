// Entries that do not fit where they stand: moved from another place, changed, or never the hub's.

import { type Finding, type Range, without } from "../domain/audit-finding.ts";
import { type Links, ownHalf, type Place } from "../store/audit-link.ts";
import type { Unfit, Walked } from "./audit-walk.ts";

/** Every entry is tried at every place: beyond so many of either, entries are named as changed. */
const MOST = 300;

interface Trouble {
  readonly unfit: readonly Unfit[];
  readonly missing: ReadonlyMap<string, readonly Range[]>;
}

const keyOf = ({ chain, seq }: Place): string => `${chain} ${seq}`;

/** A finding for each entry that does not fit, and for each stretch of places that nobody stands at. */
export function findingsOf(links: Links, walked: ReadonlyMap<string, Walked>, unchained: readonly Unfit[]): Finding[] {
  const unfit = [...[...walked.values()].flatMap((one) => one.unfit), ...unchained];
  const missing = new Map([...walked].map(([chain, one]) => [chain, one.missing]));
  const belongs = moved(links, { unfit, missing });
  return [
    ...unfit.map(({ row, placeIsOurs }) => {
      const to = belongs.get(row.id);
      const stands = { id: row.id, chain: row.chain, places: row.seq === null ? null : ([row.seq, row.seq] as const) };
      if (to)
        return { ...stands, kind: "REORDERED", says: `it belongs to place ${to.seq} of chain ${to.chain}` } as const;
      if (placeIsOurs) return { ...stands, kind: "CHANGED", says: "what it says does not fit its hash" } as const;
      return { ...stands, kind: "INSERTED", says: "the hub did not write it" } as const;
    }),
    ...stillMissing({ unfit, missing }, belongs),
  ];
}

/** Where those entries belong that were moved: with their hash, or to a place whose hash stayed. */
function moved(links: Links, { unfit, missing }: Trouble): ReadonlyMap<string, Place> {
  const some = unfit.slice(0, MOST);
  const places = [
    ...some.map(({ row }) => ({ chain: row.chain, seq: row.seq, own: ownHalf(row.hash) })),
    ...[...missing]
      .flatMap(([chain, ranges]) => placesIn(ranges).map((seq) => ({ chain, seq, own: null })))
      .slice(0, MOST),
  ];
  const belongs = new Map<string, Place>();
  for (const { row } of some) {
    const to = places.find(({ own, ...place }) => {
      if (keyOf(place) === keyOf(row)) return false;
      const there = links.own(row, place);
      return there === ownHalf(row.hash) || there === own;
    });
    if (to && to.seq !== null) belongs.set(row.id, to);
  }
  return belongs;
}

function placesIn(ranges: readonly Range[]): number[] {
  const places: number[] = [];
  for (const { from, upTo } of ranges)
    for (let place = from; place <= upTo && places.length < MOST; place += 1) places.push(place);
  return places;
}

/** Places at which nobody stands, and to which nobody who stands elsewhere belongs. */
function stillMissing({ unfit, missing }: Trouble, belongs: ReadonlyMap<string, Place>): Finding[] {
  return [...missing].flatMap(([chain, ranges]) => {
    const accounted = new Set(
      [...unfit.map(({ row }) => row as Place), ...belongs.values()].flatMap((place) =>
        place.chain === chain && place.seq !== null ? [place.seq] : [],
      ),
    );
    return ranges
      .flatMap((range) => without(range, accounted))
      .map(({ from, upTo }): Finding => {
        const says = from === upTo ? "the entry is gone" : `${upTo - from + 1} entries are gone`;
        return { kind: "REMOVED", id: null, chain, places: [from, upTo], says };
      });
  });
}
