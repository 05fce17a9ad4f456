// The documented envelope, the same for every list.

import type { FastifyRequest } from "fastify";
import type { Mis } from "./mis.ts";
import { pageOf, type Query } from "./query.ts";

/** A list and how each thing in it is shown. */
interface Listed<Item> {
  items: readonly Item[];
  show: (item: Item) => unknown;
  /** The same record updated a moment ago, where records drift. */
  touch?: ((item: Item) => unknown) | undefined;
}

/** What the routes stand on. */
export interface Stand {
  /** Another after the town is made anew. */
  mis: Mis;
  drift: boolean;
  now: () => Date;
}

export const queryOf = (request: FastifyRequest): Query => request.query as Query;

/** One page, by id, with where the next is. `synthetic` marks it as invented. */
export function answer<Item extends { id: string }>(request: FastifyRequest, { items, show, touch }: Listed<Item>) {
  const url = new URL(request.url, `http://${request.headers.host ?? "localhost"}`);
  const ordered = items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const page = pageOf(ordered, { query: queryOf(request), url });
  const again = touch && page.passed ? [touch(page.passed)] : [];
  return { data: [...page.items.map(show), ...again], meta: { synthetic: true, pagination: page.pagination } };
}
