// Signs of life, by the database's clock: those of the processes may differ.

import type { DataSource } from "typeorm";
import { insertFirst } from "./insert.ts";
import { HeartbeatRow } from "./rows-clocks.ts";

const isPostgres = (db: DataSource): boolean => db.options.type === "postgres";
const nowOf = (db: DataSource): string =>
  isPostgres(db) ? "CAST(clock_timestamp() AT TIME ZONE 'UTC' AS timestamp(3))" : "UTC_TIMESTAMP(3)";

/** The database's own clock, to the millisecond. */
export async function databaseNow(db: DataSource): Promise<Date> {
  const [row] = (await db.query(`SELECT ${nowOf(db)} AS now`)) as { now: Date }[];
  if (!row) throw new Error("The database did not say what time it is");
  return row.now;
}

/** Writes that all of these are alive now, in one statement. */
export async function writeBeats(db: DataSource, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  // In one order everywhere, so that processes that beat together never wait for each other in a ring.
  const sorted = [...names].toSorted();
  const [table, name, at] = ["heartbeat", "name", "at"].map((each) => db.driver.escape(each));
  const values = sorted.map((_, index) => `(${isPostgres(db) ? `$${index + 1}` : "?"}, ${nowOf(db)})`).join(", ");
  const again = isPostgres(db)
    ? `ON CONFLICT (${name}) DO UPDATE SET ${at} = EXCLUDED.${at}`
    : `ON DUPLICATE KEY UPDATE ${at} = VALUES(${at})`;
  await db.query(`INSERT INTO ${table} (${name}, ${at}) VALUES ${values} ${again}`, sorted);
}

export interface Beats {
  /** The database's clock at this reading. */
  readonly now: Date;
  /** When each was last alive. */
  readonly at: ReadonlyMap<string, Date>;
}

export async function readBeats(db: DataSource): Promise<Beats> {
  const [table, name, at] = ["heartbeat", "name", "at"].map((each) => db.driver.escape(each));
  const rows = (await db.query(
    `SELECT NULL AS name, ${nowOf(db)} AS at UNION ALL SELECT ${name}, ${at} FROM ${table}`,
  )) as Pick<HeartbeatRow, "name" | "at">[];
  const now = rows.find((row) => row.name === null)?.at;
  if (!now) throw new Error("The database did not say what time it is");
  return { now, at: new Map(rows.filter((row) => row.name !== null).map((row) => [row.name, row.at])) };
}

/** True for whoever comes first, so many milliseconds after the last: it beats for them. One whose beat lies ahead of the clock, which
 *  was set back since, counts as long ago. */
export async function claimBeat(db: DataSource, name: string, everyMs: number): Promise<boolean> {
  const { now, at } = await readBeats(db);
  const last = at.get(name);
  if (!last) return insertFirst(db.manager, HeartbeatRow, { name, at: now });
  const since = now.getTime() - last.getTime();
  if (since >= 0 && since < everyMs) return false;
  const { affected } = await db.manager.update(HeartbeatRow, { name, at: last }, { at: now });
  return affected === 1;
}
