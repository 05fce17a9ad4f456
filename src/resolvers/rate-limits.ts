// How much somebody may ask for in a minute: what their requests cost, their searches for children, and what all of one agency asks
// together. Kept in Redis, so that it holds over all of the hub's processes; where Redis is away, each process counts for itself.

import ipaddr from "ipaddr.js";
import type { Redis } from "ioredis";
import { LRUCache } from "lru-cache";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Caller, Log } from "../services/hub.ts";
import { refusedWith } from "./errors.ts";

/** The most in a minute; null where there is no limit. */
export interface RateLimits {
  /** Cost of one person's or system's requests. */
  readonly actor: number | null;
  /** Cost of all requests of one agency. */
  readonly agency: number | null;
  /** One person's searches for children. */
  readonly searches: number | null;
  /** Requests from one address that show no sign-in that holds. */
  readonly strangers: number | null;
}

/** Ten times what somebody asks for who clicks as fast as they can; a hundred times what an agency asks for on a busy day. */
export const USUAL_RATES: RateLimits = { actor: 1_000_000, agency: 20_000_000, searches: 60, strangers: 300 };
export const NO_RATES: RateLimits = { actor: null, agency: null, searches: null, strangers: null };

export interface Taken {
  readonly cost: number;
  readonly searches: number;
  readonly urgent: boolean;
}

export interface Rates {
  /** Takes it off what the caller may still ask, or refuses. Nothing to wait for where they are far from their limit. */
  take(caller: Caller, taken: Taken): Promise<void> | undefined;
  /** The caller has broken the glass: from now on they act where a child is at immediate risk. */
  glassBroken(caller: Caller): void;
  /** Counts somebody who is not signed in; refuses once they are too many. Those who are about to sign in are counted apart: a program
   *  with an old token must not keep its neighbours out. */
  stranger(address: string, about?: "asking" | "signing in"): Promise<void>;
}

export interface RateParts {
  readonly limits: RateLimits;
  readonly redis: Redis | null;
  /** No one's id or address is kept as it is. */
  readonly keyed: (text: string) => string;
  readonly log: Log;
}

const MINUTE = 60;
/** For so long after breaking the glass nobody is refused for asking much. */
const URGENT_SECONDS = 3_600;
const KEYS = 10_000;

interface Count {
  readonly of: string;
  readonly limiter: RateLimiterAbstract;
  readonly most: number;
}

interface Asked {
  readonly count: Count;
  readonly key: string;
  readonly points: number;
}

export function makeRates({ limits, redis, keyed, log }: RateParts): Rates {
  const makeLimiter = (of: string, points: number, duration = MINUTE): RateLimiterAbstract => {
    const memory = new RateLimiterMemory({ points, duration });
    if (!redis) return memory;
    return new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `{hub}:rate:${of}`,
      points,
      duration,
      // Whoever has passed their limit is refused without asking Redis again.
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: memory,
      rejectIfRedisNotReady: true,
    });
  };
  const count = (of: string, most: number | null): Count | null =>
    most === null ? null : { of, most, limiter: makeLimiter(of, most) };
  const [actor, agency] = [count("actor", limits.actor), count("agency", limits.agency)];
  const [searches, strangers] = [count("searches", limits.searches), count("strangers", limits.strangers)];
  const glass = makeLimiter("glass", Number.MAX_SAFE_INTEGER, URGENT_SECONDS);
  const left = new LRUCache<string, number>({ max: KEYS, ttl: (MINUTE * 1_000) / 2 });
  const keys = new LRUCache<string, string>({ max: KEYS });

  function keyOf(text: string): string {
    const known = keys.get(text);
    if (known !== undefined) return known;
    const key = keyed(`rate ${text}`).slice(0, 32);
    keys.set(text, key);
    return key;
  }

  /** Null where it is let in, else for how many seconds it is not. */
  async function consume({ count: { of, limiter }, key, points }: Asked): Promise<number | null> {
    try {
      const { remainingPoints } = await limiter.consume(key, points);
      left.set(`${of} ${key}`, remainingPoints);
      return null;
    } catch (refused) {
      // Neither Redis nor memory could count: nobody is kept from a child for that.
      if (!(refused instanceof RateLimiterRes)) return null;
      left.delete(`${of} ${key}`);
      return Math.max(1, Math.ceil(refused.msBeforeNext / 1_000));
    }
  }

  const isFarFromLimit = ({ count: { of, most }, key, points }: Asked): boolean =>
    (left.get(`${of} ${key}`) ?? 0) - points > most / 2;

  async function mustHaveLeft(asked: readonly Asked[], key: string, { urgent }: Taken): Promise<void> {
    const waits = await Promise.all(asked.map(consume));
    const seconds = Math.max(...waits.map((wait) => wait ?? 0));
    if (seconds === 0) return;
    const of = asked.filter((_, index) => waits[index] !== null).map(({ count }) => count.of);
    if (urgent || ((await glass.get(key).catch(() => null))?.consumedPoints ?? 0) > 0) {
      log.warn({ of, actor: key }, "above its rate, and let in: a child is at immediate risk");
      return;
    }
    log.warn({ of, actor: key, seconds }, "refused: above its rate");
    throw tooMany(seconds);
  }

  return {
    take({ actor: { id, agencyId } }, taken) {
      const key = keyOf(`actor ${id}`);
      const asked: Asked[] = [];
      if (actor) asked.push({ count: actor, key, points: taken.cost });
      if (agency && agencyId !== null)
        asked.push({ count: agency, key: keyOf(`agency ${agencyId}`), points: taken.cost });
      if (searches && taken.searches > 0) asked.push({ count: searches, key, points: taken.searches });
      if (asked.length === 0) return undefined;
      if (!asked.every(isFarFromLimit)) return mustHaveLeft(asked, key, taken);
      for (const each of asked) void consume(each);
      return undefined;
    },
    glassBroken({ actor: { id } }) {
      void glass.consume(keyOf(`actor ${id}`), 1).catch(() => {});
    },
    async stranger(address, about = "asking") {
      if (!strangers) return;
      const seconds = await consume({ count: strangers, key: keyOf(`${about} ${networkOf(address)}`), points: 1 });
      if (seconds !== null) throw tooMany(seconds);
    },
  };
}

const tooMany = (seconds: number) =>
  refusedWith(
    { status: 429, headers: { "retry-after": String(seconds) } },
    "TOO_MANY",
    `You have asked for too much in a short time: try again in ${seconds} seconds`,
  );

/** One household's IPv6 addresses are as good as one. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(":") : parsed.toString();
}
