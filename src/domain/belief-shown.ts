// After a wrong join is undone the view must be what it was before it, to the letter.

interface Belief {
  readonly rule: string;
  readonly personId: string;
}

/** The belief to show about a record, of all there were, oldest first. Where a join was undone it is the one that held of that person
 *  before; where there was none, the undoing itself. Undefined where there is none at all. */
export function beliefShown<Held extends Belief>(beliefs: readonly Held[]): Held | undefined {
  const last = beliefs.at(-1);
  if (last?.rule !== "PARTED") return last;
  return beliefs.findLast(({ rule, personId }) => rule !== "PARTED" && personId === last.personId) ?? last;
}
