import { In, type EntityManager, type FindOptionsWhere } from "typeorm";
import type { PersonTable } from "./ssd-tables.ts";
import { asText, type RowOf, type Table } from "./table.ts";

/** Rows already asked for while one question is answered, so that two parts which need a table share one statement. */
export type Asked = Map<string, Promise<readonly Record<string, string | null>[]>>;

/** What a reading may use: its transaction, the table of people as this replica names its columns, and what was asked. */
export interface Reading {
  readonly db: EntityManager;
  readonly person: PersonTable;
  readonly asked: Asked;
}

/** The rows in which any of these properties is one of its ids: one statement however many are asked about. */
export async function rowsIn<Property extends string>(
  { db, asked }: Reading,
  from: Table<Property>,
  where: { readonly [P in Property]?: readonly string[] },
): Promise<readonly RowOf<Property>[]> {
  const either = Object.entries<readonly string[]>(where as Record<string, readonly string[]>);
  const some = either.filter(([, ids]) => ids.length > 0);
  if (some.length === 0) return [];
  const key = JSON.stringify([from.schema.options.name, some]);
  const conditions = some.map(([property, ids]) => ({ [property]: In([...ids]) }) as FindOptionsWhere<RowOf<Property>>);
  const rows = asked.get(key) ?? db.find(from.schema, { where: conditions }).then((found) => found.map(asText));
  asked.set(key, rows);
  return (await rows) as readonly RowOf<Property>[];
}
