import { bulkhead, type BulkheadPolicy } from "cockatiel";

/** Requests of one call under way at once, and of those to one school: a slow school must not hold up the others. The lane's
 *  thirty a second are for every call together. */
const AT_ONCE = 18;
const AT_ONCE_AT_A_SCHOOL = 6;

/** Takes requests as they come, so many at once in all and so many at each school. */
export function makeTurns() {
  const everywhere = bulkhead(AT_ONCE, Number.POSITIVE_INFINITY);
  const schools = new Map<string, BulkheadPolicy>();
  return <Value>(path: string, run: () => Promise<Value>): Promise<Value> => {
    const school = /schools\/([^/?]+)/.exec(path)?.[1] ?? "";
    const there = schools.get(school) ?? bulkhead(AT_ONCE_AT_A_SCHOOL, Number.POSITIVE_INFINITY);
    schools.set(school, there);
    return there.execute(() => everywhere.execute(run));
  };
}
