// Pages of rows in the order of an instant, read on from where the last page ended: a row that comes in between moves nothing.

import type { ObjectLiteral, SelectQueryBuilder } from "typeorm";
import { Refusal } from "../domain/refusal.ts";
import { MOST, type PageArgs } from "../schema/connection.ts";
import type { RowConnection } from "../schema/row-connection.ts";

const cursorOf = (at: Date, id: string): string => Buffer.from(`${at.getTime()} ${id}`).toString("base64url");

function readCursor(cursor: string): { readonly at: Date; readonly id: string } {
  const [, ms, id] = /^(\d{1,16}) ([\da-f-]{36})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (!ms || !id) throw new Refusal("BAD_INPUT", "after: that is not a cursor that this list gave out");
  return { at: new Date(Number(ms)), id };
}

export interface InOrder<Row> {
  /** The instant that the list goes by. */
  readonly by: keyof Row & string;
  readonly newestFirst?: boolean;
}

/** One page of what `query` finds. Its rows have an `id`. Refuses a page that cannot be. */
export async function pageOfRows<Row extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<Row>,
  { by, newestFirst = false }: InOrder<Row>,
  { first, after = null }: PageArgs,
): Promise<RowConnection<Row>> {
  if (first < 1 || first > MOST) throw new Refusal("BAD_INPUT", `first: ask for 1 to ${MOST} at a time`);
  const column = `${query.alias}.${by}`;
  const [direction, beyond] = newestFirst ? (["DESC", "<"] as const) : (["ASC", ">"] as const);
  if (after !== null) {
    const { at, id } = readCursor(after);
    query.andWhere(`(${column} ${beyond} :at OR (${column} = :at AND ${query.alias}.id ${beyond} :id))`, { at, id });
  }
  const rows = await query
    .orderBy(column, direction)
    .addOrderBy(`${query.alias}.id`, direction)
    .limit(first + 1)
    .getMany();
  const edges = rows.slice(0, first).map((node) => ({ cursor: cursorOf(node[by] as Date, node.id), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
