// How every list here is asked for: includes, pages, cursors and dates, and the answers given to what is asked wrongly.

import { Buffer } from "node:buffer";

export type Query = Record<string, string | undefined>;

/** An answer that is not 2xx, in the protocol's own shape. */
export class WondeError extends Error {
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
  ) {
    super(`status ${status}`);
  }
}

/** 422 with a message for each field, as Laravel gives them. */
const invalid = (field: string, message: string): WondeError =>
  new WondeError(422, { message: "The given data was invalid.", errors: { [field]: [message] } });

/** The includes asked for. One that this resource lacks is 400 `invalid_include` (the name is verified, the rest of the
 *  body is not). */
export function includesOf(query: Query, known: readonly string[]): Set<string> {
  const asked = (query["include"] ?? "").split(",").filter(Boolean);
  const wrong = asked.find((name) => !known.includes(name));
  if (wrong === undefined) return new Set(asked);
  const error_description = `The requested include '${wrong}' is not available`;
  throw new WondeError(400, { error: "invalid_include", error_description });
}

const LONDON = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/London",
  dateStyle: "short",
  timeStyle: "medium",
});

/** An instant as these systems write it: local time, no zone. */
export const localTime = (at: string | Date): string => LONDON.format(new Date(at)).replace(",", "");

/** What a `date` looks like once PHP has serialised it. */
export const phpDate = (local: string) => ({
  date: `${local.length === 10 ? `${local} 00:00:00` : local}.000000`,
  timezone_type: 3,
  timezone: "Europe/London",
});

/** `updated_after`, read as local time like the timestamps it is compared with; null where it was not given. */
export function updatedAfter(query: Query): string | null {
  const text = query["updated_after"];
  if (text === undefined) return null;
  if (!/^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/.test(text))
    throw invalid("updated_after", "The updated after does not match the format Y-m-d H:i:s.");
  return text;
}

/** A day given as a filter; null where it was not given. */
export function dayFilter(query: Query, field: string): string | null {
  const text = query[field];
  if (text === undefined) return null;
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw invalid(field, `The ${field} does not match the format Y-m-d.`);
  return text;
}

const MOST_STUDENTS = 100;

/** Our own filter `student=A1,A2`, at most 100: a reconstruction, Wonde documents none. Null where it was not given. */
export function studentFilter(query: Query): Set<string> | null {
  if (query["student"] === undefined) return null;
  const ids = query["student"].split(",").filter(Boolean);
  if (ids.length > MOST_STUDENTS)
    throw invalid("student", `The student may not have more than ${MOST_STUDENTS} items.`);
  return new Set(ids);
}

const MOST_PER_PAGE = 200;
const USUAL_PER_PAGE = 50;

function perPage(query: Query): number {
  const size = Number(query["per_page"] ?? USUAL_PER_PAGE);
  if (!Number.isInteger(size) || size < 1 || size > MOST_PER_PAGE)
    throw invalid("per_page", `The per page must be between 1 and ${MOST_PER_PAGE}.`);
  return size;
}

interface Page<Item> {
  items: readonly Item[];
  /** What the page before this one began with: the record that drifts, where drift is on. */
  passed: Item | null;
  pagination: Record<string, unknown>;
}

interface Asked {
  query: Query;
  /** The address asked for, so that `next` leads back to it. */
  url: URL;
}

/** One page of a list whose order does not change. With `cursor=true` the place is the last id given, not a number. */
export function pageOf<Item extends { id: string }>(all: readonly Item[], { query, url }: Asked): Page<Item> {
  const size = perPage(query);
  const byCursor = query["cursor"] !== undefined;
  const number = byCursor ? 1 : pageNumber(query);
  const from = byCursor ? placeOf(all, query["cursor"] ?? "") : (number - 1) * size;
  const items = all.slice(from, from + size);
  const more = from + size < all.length;
  const link = (value: string): string => {
    const next = new URL(url);
    next.searchParams.set(byCursor ? "cursor" : "page", value);
    return next.href;
  };
  const last = items.at(-1);
  const next = byCursor ? last && Buffer.from(last.id).toString("base64url") : String(number + 1);
  const pagination = {
    next: more && next !== undefined ? link(next) : null,
    previous: byCursor || number === 1 ? null : link(String(number - 1)),
    more,
    per_page: size,
    ...(!byCursor && { current_page: number }),
  };
  return { items, passed: from > 0 ? (all[Math.max(0, from - size)] ?? null) : null, pagination };
}

function pageNumber(query: Query): number {
  const number = Number(query["page"] ?? 1);
  if (!Number.isInteger(number) || number < 1) throw invalid("page", "The page must be at least 1.");
  return number;
}

function placeOf(all: readonly { id: string }[], cursor: string): number {
  if (cursor === "true") return 0;
  const after = Buffer.from(cursor, "base64url").toString();
  const at = all.findIndex(({ id }) => id > after);
  return at === -1 ? all.length : at;
}
