// How long work that failed rests before it is tried again, and when a person is told.

const FIRST_MS = 10_000;
const LONGEST_MS = 3_600_000;
/** Two to three and a half hours of trying by itself: longer than most faults that end by themselves. */
const MOST_ATTEMPTS = 12;

/** The pause, in milliseconds, between attempts at work that is parked: a fault may end without anybody replaying what it held up. */
export const PARKED_PAUSE_MS = 3_600_000;

/** The pause, in milliseconds, after so many attempts that failed (from 1): ten seconds, doubled each time up to an hour. `chance`,
 *  from 0 to 1, spreads it over the upper half of that, so that what failed together is not tried together. Null once the attempts
 *  are used up: then it is parked, and tried every `PARKED_PAUSE_MS`. */
export function pauseAfter(attempts: number, chance: number): number | null {
  if (attempts >= MOST_ATTEMPTS) return null;
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1));
  return Math.round(whole * (0.5 + chance / 2));
}
