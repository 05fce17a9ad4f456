// redis-child.ts stall|finish URL PREFIX: takes one job and never ends it, or works one off, closes, and ends by itself.

import { makeQueues } from "../../src/jobs/queues.ts";

const [task, redisUrl = "", prefix = ""] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const queues = makeQueues({ redisUrl }, { prefix });
const done = new Promise<void>((resolve) => {
  const never = new Promise<void>(() => {});
  queues.work("routing", ({ id }) => (say(id), resolve(), task === "stall" ? never : Promise.resolve()), {
    concurrency: 1,
  });
});
await queues.wake("routing", { id: "collect-interrupted", data: {} });
await done;
if (task === "finish") await queues.close();
