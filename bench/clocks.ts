// Clocks, measured: what it costs to owe something that is never forgotten, and how late it is when much is owed or much goes wrong.

import { type Amounts, measureEngine } from "./clocks/engine-part.ts";
import { measureLoss } from "./clocks/loss-part.ts";
import { report } from "./clocks/report.ts";
import { machine } from "./support/figures.ts";
import { type OwnRedis, startRedis } from "./support/redis.ts";
import { writeResults } from "./support/results.ts";
import { openServices } from "./support/services.ts";

const AMOUNTS: Amounts = {
  rounds: 5,
  created: 1_000,
  createdAtOnce: 2_000,
  outstanding: 100_000,
  days: 100,
  spread: 500,
  spreadMs: 10_000,
  together: 5_000,
  alarms: 10_000,
};

export type Say = (line: string) => void;
type Settings = Readonly<Record<string, string>>;

/** Measures every part on every engine that answers, and writes what came of it. */
export async function clocks(say: Say, amounts: Amounts = AMOUNTS): Promise<void> {
  const began = Date.now();
  const own = await startRedis();
  const redis = typeof own === "string" ? null : own;
  try {
    const onServices = await withServices(redis, (settings) =>
      measureEngine({ engine: { name: "MariaDB and Redis", settings }, amounts, say }),
    );
    const embedded = await measureEngine({ engine: { name: "embedded engine", settings: {} }, amounts, say });
    const loss = redis
      ? await withServices(redis, (settings) => measureLoss({ settings, own: redis, amounts, say }))
      : `What is lost was not measured: ${own as string}`;
    const results = {
      bench: "clocks",
      at: new Date().toISOString(),
      machine: machine(),
      seconds: Math.round((Date.now() - began) / 1_000),
      amounts,
      left: [onServices, loss].filter((part) => typeof part === "string"),
      engines: [onServices, embedded].filter((part) => typeof part !== "string"),
      loss: typeof loss === "string" ? null : loss,
    };
    writeResults("clocks", results, report(results));
    say(report(results));
  } finally {
    await redis?.stop();
  }
}

/** Runs a part on databases of its own, or returns why there are none. Where a Redis of its own could be started it is that one, with
 *  the settings that the hub asks for, else a database of the one that answers. */
async function withServices<Result>(
  own: OwnRedis | null,
  part: (settings: Settings) => Promise<Result>,
): Promise<Result | string> {
  const opened = await openServices();
  if (typeof opened === "string") return opened;
  try {
    await own?.redis.flushall();
    return await part({ ...opened.settings, ...(own && { REDIS_URL: own.url }) });
  } finally {
    await opened.drop();
  }
}
