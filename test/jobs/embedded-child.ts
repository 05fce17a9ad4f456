// embedded-child.ts dates | write FOLDER | stall FOLDER

import { makeQueues } from "../../src/jobs/queues.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { Things, openThings } from "./embedded-rows.ts";

const [task, folder = null] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);
const embedded = await openEmbedded({ folder });

if (task === "dates") {
  const source = await openThings(embedded);
  const things = source.getRepository(Things);
  const at = new Date("2026-07-01T03:30:00.125Z");
  await things.save({ name: "summer night", on: "2026-07-01", at, localAt: at, days: ["2026-03-29", "2026-10-25"] });
  const [raw] = await source.query(`SELECT "at"::text, "localAt"::text FROM thing`);
  const found = await things.findOneByOrFail({ on: "2026-07-01", at, localAt: at });
  say(JSON.stringify({ offset: at.getTimezoneOffset(), found, raw }));
  await source.destroy();
  await embedded.close();
}

if (task === "write") {
  const source = await openThings(embedded);
  for (let n = 1; ; n += 1) {
    await source.transaction(async (tx) => {
      await tx.insert(Things, { name: `kept ${n}` });
      await tx.insert(Things, { name: `kept too ${n}` });
    });
    say(String(n));
  }
}

if (task === "stall") {
  const queues = makeQueues({ embedded: embedded.pool }, { prefix: "test" });
  const never = new Promise<void>(() => {});
  queues.work("routing", ({ id }) => (say(id), never), { concurrency: 1 });
  await queues.wake("routing", { id: "collect-interrupted", data: {} });
}
