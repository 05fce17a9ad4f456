// The two tables that every answer about children reads, as plain rows: building objects of them costs more than reading them.

import type { DataSource } from "typeorm";
import { groupBy } from "../domain/group.ts";
import { inTurns } from "./in-turns.ts";

/** A pointer to one agency's record of a child, as far as asking needs it. */
export interface Pointer {
  readonly personId: string;
  readonly agencyId: string;
  readonly recordId: string;
  /** 1 and 0 on MySQL, as `gone` is. */
  readonly restricted: boolean | 0 | 1;
  /** The agency no longer holds it. */
  readonly gone: boolean | 0 | 1;
}

const TURNS = { most: 1_000, atOnce: 2 };

function makePointers(db: DataSource) {
  const postgres = db.options.type === "postgres";
  const name = (text: string): string => db.driver.escape(text);
  const among = (column: string): string => (postgres ? `${name(column)} = ANY($1)` : `${name(column)} IN (?)`);
  const CHILDREN = `SELECT ${name("id")} FROM ${name("person")} WHERE ${among("id")} AND ${name("kind")} = 'CHILD'`;
  const columns = ["personId", "agencyId", "recordId", "restricted", "gone"].map(name).join(", ");
  const RECORDS = `SELECT ${columns} FROM ${name("agency_record")} WHERE ${among("personId")}`;

  return {
    /** Which of these are children the hub knows. */
    areChildren: inTurns<string, boolean>(async (ids) => {
      const rows = await db.query<{ id: string }[]>(CHILDREN, [[...new Set(ids)]]);
      const known = new Set(rows.map(({ id }) => id));
      return ids.map((id) => known.has(id));
    }, TURNS),
    /** The records that are believed to be each one's. */
    recordsOf: inTurns<string, readonly Pointer[]>(async (ids) => {
      const rows = await db.query<Pointer[]>(RECORDS, [[...new Set(ids)]]);
      const byPerson = groupBy(rows, ({ personId }) => personId);
      return ids.map((id) => byPerson.get(id) ?? []);
    }, TURNS),
  };
}

const made = new WeakMap<DataSource, ReturnType<typeof makePointers>>();

/** The readers of one database; requests under way at once share their statements. */
export function pointersOf(db: DataSource) {
  let pointers = made.get(db);
  if (!pointers) made.set(db, (pointers = makePointers(db)));
  return pointers;
}
