import { within } from "./queue-engine.ts";

/** How long stopping waits for a run under way. What it leaves undone is found by the next one, in whichever process. */
const DEADLINE_MS = 10_000;

/** Runs at once and then again and again, one after the other, so many milliseconds between the end of one and the next. A run that
 *  fails is reported, and the next one follows all the same. Returns what stops it, and tells a run under way to end. */
export function againAndAgain(
  run: (signal: AbortSignal) => Promise<unknown>,
  { everyMs, onError }: { readonly everyMs: number; readonly onError: (error: unknown) => void },
): () => Promise<void> {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running = tick();

  async function tick(): Promise<void> {
    try {
      await run(stopping.signal);
    } catch (error) {
      onError(error);
    }
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => (running = tick()), everyMs).unref();
  }

  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await within(DEADLINE_MS, running);
  };
}
