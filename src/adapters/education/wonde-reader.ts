// Reading from the schools' API for one call of the port: its token, its envelope, its pages.

import { bulkhead } from "cockatiel";
import type { z } from "zod";
import { AgencyFault } from "../agency-fault.ts";
import type { Call } from "../agency-system.ts";
import type { Http } from "../http.ts";
import { Envelope, Single } from "./wonde-body.ts";

export const PAGE_SIZE = 200;
/** Pages of one list before the list is taken to have no end: 10 000 pupils, ten times the largest school. */
const MOST_PAGES = 50;
/** Requests of one call under way at once; the lane's thirty a second are for every call together. */
const AT_ONCE = 8;

export interface Ask {
  /** Below the base address, with its query, or a `next` link. */
  readonly path: string;
  /** What is being done, for a fault's message. */
  readonly doing: string;
}

export interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
  /** The system's own clock, where its answer says. */
  readonly servedAt: Date | null;
}

interface ReaderParts {
  readonly http: Http;
  readonly token: string;
  readonly call: Call;
}

/** Everything it throws is an `AgencyFault`. */
export function makeReader({ http, token, call }: ReaderParts) {
  const turns = bulkhead(AT_ONCE, Number.POSITIVE_INFINITY);
  const { system } = http.lane;
  const headers = { authorization: `Bearer ${token}`, "x-correlation-id": call.correlationId };
  const get = ({ path, doing }: Ask) => turns.execute(() => http.request({ path, doing, headers }, call.signal));

  /** The body as agreed, else MALFORMED with the place, never with what stood there. */
  function parse<Schema extends z.ZodType>(schema: Schema, body: unknown, doing: string): z.infer<Schema> {
    const read = schema.safeParse(body);
    if (read.success) return read.data;
    const at = read.error.issues[0]?.path.join(".") ?? "";
    throw new AgencyFault(system, "MALFORMED", { doing: `${doing}: not as agreed at ${at}` });
  }

  async function page(ask: Ask): Promise<Page> {
    const { body, headers: answered } = await get(ask);
    const { data, meta } = parse(Envelope, body, ask.doing);
    const at = new Date(answered.get("date") ?? Number.NaN);
    return { items: data, next: meta.pagination.next ?? null, servedAt: Number.isNaN(at.getTime()) ? null : at };
  }

  /** The pages of a list, one after the other, for as long as they are taken. */
  async function* pages(ask: Ask): AsyncGenerator<readonly unknown[]> {
    let path: string | null = ask.path;
    for (let count = 0; path !== null; count += 1) {
      if (count === MOST_PAGES)
        throw new AgencyFault(system, "MALFORMED", { doing: `${ask.doing}: a list without end` });
      const { items, next }: Page = await page({ ...ask, path });
      yield items;
      path = next;
    }
  }

  async function all<Schema extends z.ZodType>(ask: Ask, schema: Schema): Promise<z.infer<Schema>[]> {
    const read: z.infer<Schema>[] = [];
    for await (const items of pages(ask)) for (const item of items) read.push(parse(schema, item, ask.doing));
    return read;
  }

  return {
    system,
    parse,
    page,
    pages,
    all,
    /** One thing by its id, or null where there is none. */
    async one<Schema extends z.ZodType>(ask: Ask, schema: Schema): Promise<z.infer<Schema> | null> {
      try {
        const { body } = await get(ask);
        return parse(schema, parse(Single, body, ask.doing).data, ask.doing);
      } catch (error) {
        if (error instanceof AgencyFault && error.code === "NOT_FOUND") return null;
        throw error;
      }
    },
  };
}

export type Reader = ReturnType<typeof makeReader>;

/** An address below a school; `query` is left out where empty. */
export function schoolPath(school: string, rest: string, query: Record<string, string> = {}): string {
  const asked = new URLSearchParams(query).toString();
  return `v1.0/schools/${encodeURIComponent(school)}${rest}${asked && `?${asked}`}`;
}
