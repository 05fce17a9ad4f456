// audit-child.ts URL KEY: writes to the audit, singly and in transactions, until it is killed. Says how many entries are there.

import "reflect-metadata";
import { openAuditWorld } from "./audit-world.ts";

const [url = "", key = ""] = process.argv.slice(2);
const world = await openAuditWorld(url, Buffer.from(key, "base64url").toString());
for (let written = 0; ;) {
  await Promise.all([world.reads(3), world.reads(1)]);
  await world.lines(1);
  process.stdout.write(`${(written += 5)}\n`);
}
