interface Waiting<Item, Result> {
  readonly items: readonly Item[];
  readonly resolve: (results: readonly Result[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Many small statements of requests under way at once become few: what is asked while one runs goes together into the next.
 *  `run` answers one result for each item. A statement that fails is tried again for each asker alone, so that nobody fails
 *  for another's sake. */
export function inTurns<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  { most, atOnce }: { readonly most: number; readonly atOnce: number },
): (items: readonly Item[]) => Promise<readonly Result[]> {
  let waiting: Waiting<Item, Result>[] = [];
  let running = 0;
  let scheduled = false;

  function next(): void {
    scheduled = false;
    while (waiting.length > 0 && running < atOnce) {
      let size = 0;
      const upTo = waiting.findIndex(({ items }) => (size += items.length) > most);
      const group = waiting.splice(0, upTo === -1 ? waiting.length : Math.max(upTo, 1));
      running += 1;
      void serve(group).finally(() => {
        running -= 1;
        next();
      });
    }
  }

  async function serve(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await run(group.flatMap(({ items }) => items));
      let from = 0;
      for (const { items, resolve } of group) {
        resolve(results.slice(from, from + items.length));
        from += items.length;
      }
    } catch (error) {
      const [first, ...others] = group;
      if (others.length === 0) return first?.reject(error);
      for (const one of group) await serve([one]);
    }
  }

  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject });
      if (scheduled || running >= atOnce) return;
      scheduled = true;
      setImmediate(next);
    });
}
