import { randomFillSync } from "node:crypto";
import { v7 as uuidv7 } from "uuid";

const SIZE = 16;
const POOL = new Uint8Array(SIZE * 256);

/** Makes UUIDs that sort by the time they were made, also within a millisecond. Randomness is drawn for 256 at a time: an audit
 *  of a hundred children needs a hundred ids, and drawing for each costs more than the rest of the row. */
export function makeIds(): () => string {
  let used = POOL.length;
  let msecs = 0;
  let seq = 0;
  return () => {
    if (used === POOL.length) {
      randomFillSync(POOL);
      used = 0;
    }
    const random = POOL.subarray(used, used + SIZE);
    used += SIZE;
    const now = Date.now();
    if (now > msecs) {
      msecs = now;
      seq = ((random[6] ?? 0) << 16) | ((random[7] ?? 0) << 8) | (random[8] ?? 0);
    } else seq += 1;
    return uuidv7({ random, msecs, seq });
  };
}
