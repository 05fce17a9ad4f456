// store-child.ts write|read URL-or-folder: a program of its own, since a time zone belongs to a process.

import "reflect-metadata";
import { plainDate } from "../../src/domain/plain-date.ts";
import { Obligation } from "../../src/schema/obligation.ts";
import { migrate } from "../../src/store/data-source.ts";
import { openStore } from "./open-store.ts";

/** Around the hours that clocks skip and repeat in England and in New York, and a summer day's end. */
const MOMENTS: readonly (readonly [string, string])[] = [
  ["2026-03-08T07:30:00.123Z", "2026-03-08"],
  ["2026-03-29T01:15:00.001Z", "2026-03-29"],
  ["2026-06-30T23:00:00.000Z", "2026-06-30"],
  ["2026-10-25T00:30:00.999Z", "2026-10-25"],
  ["2026-11-01T05:45:00.500Z", "2028-02-29"],
  ["2026-12-31T23:59:59.999Z", "2026-12-31"],
];

const [task, place = ""] = process.argv.slice(2);
const isUrl = place.includes("://");
const { db, close } = await openStore(isUrl ? place : undefined, isUrl ? null : place);
if (task === "write") {
  await migrate(db);
  await db.manager.insert(
    Obligation,
    MOMENTS.map(([at, on], number) => ({
      id: `moment-${number}`,
      subjectId: "s",
      rule: String(number),
      owes: "x",
      agencyId: "a",
      ownerRole: "MANAGER" as const,
      urgent: false,
      nextNumber: 0,
      version: 0,
      state: "OPEN" as const,
      explanation: "x",
      startedAt: new Date(at),
      dueAt: new Date(at),
      dueOn: plainDate(on),
    })),
  );
}
const rows = await db.manager.find(Obligation, { order: { id: "ASC" } });
const late = await db.manager
  .createQueryBuilder(Obligation, "o")
  .where("o.dueAt <= :now", { now: new Date("2026-06-30T23:00:00Z") })
  .getCount();
process.stdout.write(
  `${JSON.stringify({
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    same: rows.every(
      ({ startedAt, dueOn }, at) => startedAt.toISOString() === MOMENTS[at]?.[0] && dueOn === MOMENTS[at][1],
    ),
    rows: rows.length,
    late,
  })}\n`,
);
await close();
