// Pointers to agencies' records by the id that the agency gives them, which the hub keeps sealed and finds by its hash only.

import type { EntityManager } from "typeorm";
import { AgencyRecordRow } from "../../src/store/rows.ts";

/** Every pointer to a record of that id, at whichever agency. */
export const rowsOfRecord = async (db: EntityManager, recordId: string): Promise<AgencyRecordRow[]> =>
  (await db.find(AgencyRecordRow, { order: { id: "ASC" } })).filter((row) => row.recordId === recordId);

/** The first of them. */
export const findRecord = async (db: EntityManager, recordId: string): Promise<AgencyRecordRow | null> =>
  (await rowsOfRecord(db, recordId))[0] ?? null;

/** The same, where it must be known. */
export async function getRecord(db: EntityManager, recordId: string): Promise<AgencyRecordRow> {
  const row = await findRecord(db, recordId);
  if (!row) throw new Error("No such record is known");
  return row;
}

/** The one at that agency. */
export async function recordAt(db: EntityManager, agencyId: string, recordId: string): Promise<AgencyRecordRow> {
  const row = (await rowsOfRecord(db, recordId)).find((each) => each.agencyId === agencyId);
  if (!row) throw new Error("No such record is known");
  return row;
}
