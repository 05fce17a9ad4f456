interface Waiting<Item> {
  readonly items: readonly Item[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Runs one after the other, each with everything that was asked for while the one before it was under way, up to `most` items.
 *  Whoever asks waits for a run that began after the asking, and shares how it ends. */
export function together<Item>(
  run: (items: readonly Item[]) => Promise<unknown>,
  most = Number.POSITIVE_INFINITY,
): (items: readonly Item[]) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let running = false;

  function takeGroup(): Waiting<Item>[] {
    let size = 0;
    const upTo = waiting.findIndex(({ items }) => (size += items.length) > most);
    return waiting.splice(0, upTo === -1 ? waiting.length : Math.max(upTo, 1));
  }

  async function serve(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const group = takeGroup();
      try {
        await run(group.flatMap(({ items }) => items));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    running = false;
  }

  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject });
      if (!running) void serve();
    });
}
