/** A bucket that refills at so many requests a second. It holds one more than that, so that a client which keeps exactly to
 *  the limit is not refused for the jitter of a network. */
export function makeBucket(perSecond: number, now: () => number = Date.now) {
  const capacity = perSecond + 1;
  let level = capacity;
  let at = now();

  /** Takes one; answers how many seconds to wait where there is none. */
  return function take(): number | null {
    const then = at;
    at = now();
    level = Math.min(capacity, level + ((at - then) / 1_000) * perSecond);
    if (level < 1) return Math.max(1, Math.ceil((1 - level) / perSecond));
    level -= 1;
    return null;
  };
}
