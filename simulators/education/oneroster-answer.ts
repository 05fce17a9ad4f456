// One page of a collection: filtered, sorted, cut and projected as asked, with its total and the way to the other pages.

import type { FastifyReply, FastifyRequest } from "fastify";
import { queryOf } from "./answer.ts";
import { OneRosterError } from "./oneroster-error.ts";
import { compare, filterOf, valuesAt, type Resource } from "./oneroster-filter.ts";

const USUAL_LIMIT = 100;

function numberOf(text: string | undefined, { name, least, usual }: { name: string; least: number; usual: number }) {
  const value = Number(text ?? usual);
  if (Number.isInteger(value) && value >= least) return value;
  throw new OneRosterError(422, `${name} must be a whole number of at least ${least}`);
}

/** Only the fields asked for. */
export function projection(text: string | undefined, fields: readonly string[]): (item: Resource) => object {
  if (text === undefined) return (item) => item;
  const wanted = text.split(",").map((name) => name.trim());
  const wrong = wanted.find((name) => !fields.includes(name));
  if (wrong !== undefined)
    throw new OneRosterError(400, `Selection field '${wrong}' is not supported`, "invalid_selection_field");
  return (item) => Object.fromEntries(Object.entries(item).filter(([name]) => wanted.includes(name)));
}

function sorted(items: Resource[], field: string, descending: boolean): Resource[] {
  const first = (item: Resource): string => valuesAt(item, field)[0] ?? "";
  return items.sort((a, b) => (descending ? compare(first(b), first(a)) : compare(first(a), first(b))));
}

/** `rel` and where it leads, for those pages there are. */
function links(request: FastifyRequest, { offset, limit, total }: { offset: number; limit: number; total: number }) {
  const last = total === 0 ? 0 : Math.floor((total - 1) / limit) * limit;
  const places = { first: 0, prev: offset - limit, next: offset + limit, last };
  const shown = Object.entries(places).filter(
    ([rel, at]) => (rel !== "prev" || offset > 0) && (rel !== "next" || at < total),
  );
  return shown.map(([rel, at]) => {
    const url = new URL(request.url, `http://${request.headers.host ?? "localhost"}`);
    url.searchParams.set("limit", String(limit));
    url.searchParams.set("offset", String(Math.max(0, at)));
    return `<${url.href}>; rel="${rel}"`;
  });
}

/** A collection and the fields that each thing in it may have. */
interface Listed {
  name: string;
  fields: readonly string[];
  items: readonly Resource[];
}

/** The page asked for, wrapped by the collection's name. */
export function page(request: FastifyRequest, reply: FastifyReply, { name, fields, items }: Listed): object {
  const query = queryOf(request);
  const limit = numberOf(query["limit"], { name: "limit", least: 1, usual: USUAL_LIMIT });
  const offset = numberOf(query["offset"], { name: "offset", least: 0, usual: 0 });
  const { sort = "sourcedId", orderBy = "asc" } = query;
  if (!fields.includes(sort.split(".")[0] ?? ""))
    throw new OneRosterError(400, `Sort field '${sort}' is not supported`, "invalid_selection_field");
  if (orderBy !== "asc" && orderBy !== "desc") throw new OneRosterError(422, "orderBy is asc or desc");
  const show = projection(query["fields"], fields);
  const found = sorted(items.filter(filterOf(query["filter"], fields)), sort, orderBy === "desc");
  reply.header("x-total-count", String(found.length));
  reply.header("link", links(request, { offset, limit, total: found.length }).join(", "));
  return { [name]: found.slice(offset, offset + limit).map(show) };
}
