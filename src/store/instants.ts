import type { EntityManager, EntityTarget, ObjectLiteral } from "typeorm";

/** Instants read at once. */
const PAGE = 5_000;

export interface Ahead<Row extends ObjectLiteral> {
  readonly table: EntityTarget<Row>;
  /** A column of instants. */
  readonly column: keyof Row & string;
  /** Columns with the value they must have, first in the same index. */
  readonly where: Readonly<Partial<Record<keyof Row & string, string>>>;
  readonly from: Date;
  readonly upTo: Date;
}

/** The different instants after `from` and up to `upTo` in a column, in order, page by page; no row is loaded. */
export async function* instantsAhead<Row extends ObjectLiteral>(
  db: EntityManager,
  { table, column, where, from, upTo }: Ahead<Row>,
): AsyncGenerator<Date[]> {
  for (let after = from; ;) {
    const query = db
      .createQueryBuilder(table, "row")
      .select(`row.${column}`, "at")
      .distinct(true)
      .where(`row.${column} > :after AND row.${column} <= :upTo`, { after, upTo })
      .orderBy(`row.${column}`)
      .limit(PAGE);
    for (const [name, value] of Object.entries(where)) query.andWhere(`row.${name} = :${name}`, { [name]: value });
    const page = (await query.getRawMany<{ at: Date }>()).map(({ at }) => at);
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last;
  }
}
