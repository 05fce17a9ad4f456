// The two tables that every answer about children reads, as plain rows: building objects of them costs more than reading them.

import type { DataSource } from "typeorm";
import { groupBy } from "../domain/group.ts";
import { inTurns } from "./in-turns.ts";
import { believedToBe } from "./people.ts";
import { AgencyRecordRow } from "./rows.ts";
import { columnOf, openedFrom } from "./sealed-columns.ts";

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

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };

const TURNS = { most: 1_000, atOnce: 2 };

function makePointers(db: DataSource) {
  const postgres = db.options.type === "postgres";
  const name = (text: string): string => db.driver.escape(text);
  const among = (column: string): string => (postgres ? `${name(column)} = ANY($1)` : `${name(column)} IN (?)`);
  const shown = `${name("kind")} = 'CHILD' AND ${name("sealedAt")} IS NULL`;
  const CHILDREN = `SELECT ${name("id")}, ${name("joinedTo")} FROM ${name("person")} WHERE ${among("id")} AND ${shown}`;
  const columns = ["personId", "agencyId", "recordId", "restricted", "gone"].map(name).join(", ");
  const RECORDS = `SELECT ${columns} FROM ${name("agency_record")} WHERE ${among("personId")} ORDER BY ${name("id")}`;
  const recordId = columnOf(db, AgencyRecordRow, "recordId");

  return {
    /** The child that each of these is believed to be now: itself, unless all its records went to another; null where the hub knows no
     *  such child. */
    children: inTurns<string, string | null>(async (ids) => {
      const rows = await db.query<{ id: string; joinedTo: string | null }[]>(CHILDREN, [[...new Set(ids)]]);
      const moved = rows.filter(({ joinedTo }) => joinedTo !== null).map(({ id }) => id);
      const now = moved.length > 0 ? await believedToBe(db, moved) : new Map<string, string>();
      // Whoever was taken for a child may have turned out to be an adult.
      const became = now.size > 0 ? await db.query<{ id: string }[]>(CHILDREN, [[...new Set(now.values())]]) : [];
      const children = new Set(became.map(({ id }) => id));
      const nowOf = (id: string): string | null => {
        const head = now.get(id);
        return head !== undefined && children.has(head) ? head : null;
      };
      const known = new Map(rows.map(({ id, joinedTo }) => [id, joinedTo === null ? id : nowOf(id)]));
      return ids.map((id) => known.get(id) ?? null);
    }, TURNS),
    /** The records that are believed to be each one's. */
    recordsOf: inTurns<string, readonly Pointer[]>(async (ids) => {
      const rows = await db.query<Mutable<Pointer>[]>(RECORDS, [[...new Set(ids)]]);
      for (const row of rows) row.recordId = openedFrom(recordId, row.recordId);
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
