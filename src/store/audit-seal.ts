// Chaining what transactions wrote: once they are over, whichever process comes first links it on to its own chain.

import { type DataSource, type EntityManager, IsNull, MoreThan } from "typeorm";
import { instantOf } from "../domain/uuid.ts";
import { type AuditStore, chainOf } from "./audit-chain.ts";
import type { Links } from "./audit-link.ts";
import { AuditCheckpointRow, AuditRow } from "./rows-audit.ts";

/** Rows chained in one transaction. */
const AT_ONCE = 200;
/** Before the first checkpoint there may be very many, of before there were chains. */
const MOST = 20_000;

/** Chains what waits, and returns how much it was. What the hub did not write is left as it stands: `hub audit verify` names it. */
export async function chainWaiting(store: AuditStore): Promise<number> {
  const { db } = store;
  let chained = 0;
  for (let after = ""; chained < MOST;) {
    const waiting = await db.manager.find(AuditRow, {
      select: { id: true },
      where: { chain: IsNull(), id: MoreThan(after) },
      order: { id: "ASC" },
      take: AT_ONCE,
    });
    const last = waiting.at(-1)?.id;
    if (last === undefined) break;
    chained += await chainUpTo(store, after, last);
    if (waiting.length < AT_ONCE) break;
    after = last;
  }
  return chained;
}

/** When the oldest entry that waits was written, as its id says; null where none does. */
export async function oldestWaiting({ manager }: DataSource): Promise<Date | null> {
  const wanted = { select: { id: true }, where: { chain: IsNull() }, order: { id: "ASC" }, take: 1 } as const;
  const [first] = await manager.find(AuditRow, wanted);
  return first ? instantOf(first.id) : null;
}

/** The same row is never linked by two: whoever holds it is passed over. */
async function chainUpTo(store: AuditStore, after: string, last: string): Promise<number> {
  const chain = chainOf(store);
  // What was written before there were chains vouches for nothing; it is taken as it stands, until the first checkpoint.
  const takesOld = !(await store.db.manager.existsBy(AuditCheckpointRow, {}));
  return chain.with((link) =>
    store.db.transaction("READ COMMITTED", async (tx) => {
      const claimed = await tx
        .createQueryBuilder(AuditRow, "a")
        .where("a.chain IS NULL AND a.id > :after AND a.id <= :last", { after, last })
        .orderBy("a.id")
        .setLock("pessimistic_write")
        .setOnLocked("skip_locked")
        .getMany();
      const rows = claimed.filter((row) => (row.hash === null ? takesOld : isOurs(chain.links, row)));
      if (rows.length === 0) return 0;
      link(rows);
      await setPlaces(tx, rows);
      return rows.length;
    }),
  );
}

const isOurs = (links: Links, row: AuditRow): boolean => row.hash === links.waiting(row);

async function setPlaces(tx: EntityManager, rows: readonly AuditRow[]): Promise<void> {
  const { driver, options } = tx.connection;
  const [entry, id, chain, seq, hash] = ["audit_entry", "id", "chain", "seq", "hash"].map((name) =>
    driver.escape(name),
  );
  const ids = rows.map((row) => row.id);
  const into = rows[0]?.chain;
  if (options.type === "postgres") {
    await tx.query(
      `UPDATE ${entry} SET ${chain} = $1, ${seq} = v.seq, ${hash} = v.hash FROM unnest($2::text[], $3::integer[], $4::text[]) AS v(id, seq, hash) WHERE ${entry}.${id} = v.id AND ${entry}.${chain} IS NULL`,
      [into, ids, rows.map((row) => row.seq), rows.map((row) => row.hash)],
    );
    return;
  }
  const cases = rows.map(() => "WHEN ? THEN ?").join(" ");
  await tx.query(
    `UPDATE ${entry} SET ${seq} = CASE ${id} ${cases} END, ${hash} = CASE ${id} ${cases} END, ${chain} = ? WHERE ${id} IN (?) AND ${chain} IS NULL`,
    [...rows.flatMap((row) => [row.id, row.seq]), ...rows.flatMap((row) => [row.id, row.hash]), into, ids],
  );
}
