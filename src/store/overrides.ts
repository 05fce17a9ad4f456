// What people decided about pairs of records.

import { type EntityManager, In } from "typeorm";
import { IdentityOverrideRow } from "./rows-identity.ts";

/** Names a pair as overrides do: the lesser id first. */
export const keyOfPair = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** The latest decision about each pair between any of these and any of those records, by `keyOfPair`. */
export async function overridesBetween(
  db: EntityManager,
  these: readonly string[],
  those: readonly string[],
): Promise<ReadonlyMap<string, IdentityOverrideRow>> {
  const [a, b] = [In([...these]), In([...those])];
  const rows = await db.find(IdentityOverrideRow, {
    where: [
      { recordA: a, recordB: b },
      { recordA: b, recordB: a },
    ],
    order: { id: "ASC" },
  });
  return new Map(rows.map((row) => [`${row.recordA} ${row.recordB}`, row]));
}
