// Keyed hashes for rows of before there were any: without its hash an agency's record would not be found, and come in a second time.

import { type DataSource, type EntityTarget, In, IsNull, MoreThan, Not, type ObjectLiteral } from "typeorm";
import { KeyFault } from "./key-ring.ts";
import { type Hashing, recordHash, targetHash } from "./row-hashes.ts";
import { DeliveryRow } from "./rows-clocks.ts";
import { AgencyRecordRow } from "./rows.ts";

const AT_ONCE = 200;

/** Fills what is missing; where the hash key was changed, everything. `lost`: keys under which what is sealed opens to nobody. Returns
 *  how many rows got one. */
export async function fillHashes(
  db: DataSource,
  { lost = [], ...hashing }: Hashing & { readonly lost?: readonly string[] },
): Promise<number> {
  const records = await fill(db, AgencyRecordRow, {
    lost,
    column: "recordHash",
    hashOf: ({ agencyId, recordId }) => recordHash(hashing, agencyId, recordId),
  });
  const deliveries = await fill(db, DeliveryRow, {
    lost,
    column: "targetHash",
    hashOf: ({ target }) => targetHash(hashing, target),
  });
  return records + deliveries;
}

/** One row tells: all are made under one key. One that is lost tells nothing. */
async function isOfAnotherKey<Row extends Kept>(
  { manager }: DataSource,
  table: EntityTarget<Row>,
  { column, hashOf, lost }: Filling<Row>,
): Promise<boolean> {
  const wanted = { where: { [column]: Not(IsNull()) } as never, order: { id: "DESC" } as never };
  const row = await manager.findOne(table, wanted).catch((error: unknown) => {
    if (error instanceof KeyFault && lost.includes(error.keyId)) return null;
    throw error;
  });
  return row !== null && row[column] !== hashOf(row);
}

type Kept = ObjectLiteral & { readonly id: string };

interface Filling<Row> {
  readonly lost: readonly string[];
  readonly column: string;
  readonly hashOf: (row: Row) => string;
}

async function fill<Row extends Kept>(
  db: DataSource,
  table: EntityTarget<Row>,
  filling: Filling<Row>,
): Promise<number> {
  const { manager, driver } = db;
  const { column, hashOf } = filling;
  const anew = await isOfAnotherKey(db, table, filling);
  const id = driver.escape("id");
  let last = "";
  let filled = 0;
  for (;;) {
    const where = { id: MoreThan(last), ...(!anew && { [column]: IsNull() }) } as never;
    const rows = await manager.find(table, { where, order: { id: "ASC" } as never, take: AT_ONCE });
    const values = Object.fromEntries(
      rows.flatMap((row, at) => [
        [`i${at}`, row.id],
        [`h${at}`, hashOf(row)],
      ]),
    );
    const cases = rows.map((_, at) => `WHEN ${id} = :i${at} THEN :h${at}`).join(" ");
    if (rows.length > 0)
      await manager
        .createQueryBuilder()
        .update(table)
        .set({ [column]: () => `CASE ${cases} END` } as never)
        .where({ id: In(rows.map((row) => row.id)) })
        .setParameters(values)
        .execute();
    filled += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < AT_ONCE) return filled;
  }
}
