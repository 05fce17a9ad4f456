// Synthetic names, days of birth, addresses and numbers that no log line and no queue may ever hold. Every hub that a test starts is
// searched for them when it closes.

import type { Redis } from "ioredis";

const NEVER = [
  "Amelia",
  "Hartley",
  "Hartly",
  "Okafor",
  "Rachel",
  "Theo",
  "Marsh",
  "Larch Close",
  "Hidden Row",
  "OX99",
  "2019-03-14",
  "2014-04-04",
  "2022-06-02",
  "9990123470",
  "999 012 3470",
  "U931123420001",
  "flinched",
  "hungry",
] as const;

/** The words of the list that this text holds, in any spelling of case. */
export function leaksIn(text: string): string[] {
  const lower = text.toLowerCase();
  return NEVER.filter((word) => lower.includes(word.toLowerCase()));
}

/** Throws where a line or a key tells of a person: naming the place, so that the fault can be found. */
export function refuseLeaks(place: string, texts: Iterable<string>): void {
  for (const text of texts) {
    const found = leaksIn(text);
    if (found.length > 0) throw new Error(`${place} holds ${found.join(", ")}: ${text.slice(0, 300)}`);
  }
}

/** Everything that a Redis database holds, key by key. */
export async function everythingIn(redis: Redis): Promise<string[]> {
  const texts: string[] = [];
  for await (const keys of redis.scanStream({ count: 1_000 }) as AsyncIterable<string[]>)
    for (const key of keys) texts.push(`${key} ${JSON.stringify(await valueOf(redis, key))}`);
  return texts;
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  const read = {
    hash: () => redis.hgetall(key),
    list: () => redis.lrange(key, 0, -1),
    zset: () => redis.zrange(key, 0, -1),
    set: () => redis.smembers(key),
    stream: () => redis.xrange(key, "-", "+"),
    string: () => redis.get(key),
  } as const;
  const type = await redis.type(key);
  return type in read ? read[type as keyof typeof read]() : null;
}
