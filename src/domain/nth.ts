// Lists of counts, one place for each level: what is at a place that is there by construction.

/** What is at this place. Throws RangeError where the list ends before it. */
export function nth<T>(list: readonly T[], at: number): T {
  const found = list[at];
  if (found === undefined) throw new RangeError(`There is no place ${at} in a list of ${list.length}`);
  return found;
}

/** Adds to the count at this place. */
export function addTo(counts: number[], at: number, more: number): void {
  counts[at] = nth(counts, at) + more;
}
