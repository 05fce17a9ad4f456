// Reading from the schools' API for one call of the port: its token, its envelope, its pages, and how long all of it may take.

import { setMaxListeners } from "node:events";
import type { z } from "zod";
import { AgencyFault, asAgencyFault } from "../agency-fault.ts";
import type { Call } from "../agency-system.ts";
import { StatusBody, type Http, type HttpAnswer } from "../http.ts";
import type { Listed } from "./outcome.ts";
import { makeTurns } from "./turns.ts";
import { Envelope, NotHere, Single } from "./wonde-body.ts";

export const PAGE_SIZE = 200;
/** Pages of one list before the list is taken to have no end: 10 000 pupils, ten times the largest school. */
const MOST_PAGES = 50;

interface Ask {
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
  /** How long everything read for this call may take together, in milliseconds; null: as long as the caller waits. */
  readonly withinMs: number | null;
}

/** Everything it throws is an `AgencyFault`. */
export function makeReader({ http, token, call, withinMs }: ReaderParts) {
  const inTurn = makeTurns();
  const { system } = http.lane;
  const headers = { authorization: `Bearer ${token}`, "x-correlation-id": call.correlationId };
  const limit = withinMs === null ? null : AbortSignal.timeout(withinMs);
  const signal = limit ? AbortSignal.any([call.signal, limit]) : call.signal;
  if (limit) setMaxListeners(0, signal);

  /** Left because time was up is not answered in time; left because the caller went away is withdrawn. */
  async function get({ path, doing }: Ask): Promise<HttpAnswer> {
    try {
      return await inTurn(path, () => http.request({ path, doing, headers }, signal));
    } catch (error) {
      if (!limit?.aborted || call.signal.aborted) throw error;
      throw new AgencyFault(system, "TIMEOUT", { doing: `${doing}: no answer in time` });
    }
  }

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

  /** A whole list, as far as it could be read. Never throws. */
  async function list(ask: Ask): Promise<Listed<unknown>> {
    const read: unknown[] = [];
    try {
      for await (const items of pages(ask)) read.push(...items);
    } catch (error) {
      return { items: read, fault: asAgencyFault(system, error) };
    }
    return { items: read, fault: null };
  }

  /** The things of a list that are as agreed; one that is not leaves MALFORMED, and the others. */
  function parseAll<Schema extends z.ZodType>(schema: Schema, listed: Listed<unknown>, doing: string) {
    const items: z.infer<Schema>[] = [];
    let { fault } = listed;
    for (const item of listed.items)
      try {
        items.push(parse(schema, item, doing));
      } catch (error) {
        fault ??= asAgencyFault(system, error);
      }
    return { items, fault };
  }

  return {
    system,
    parse,
    parseAll,
    page,
    pages,
    list,
    /** One thing by its id, or null where the API itself says that there is none. A gateway's or a wrong address's "not
     *  found" is thrown. */
    async one<Schema extends z.ZodType>(ask: Ask, schema: Schema): Promise<z.infer<Schema> | null> {
      try {
        const { body } = await get(ask);
        return parse(schema, parse(Single, body, ask.doing).data, ask.doing);
      } catch (error) {
        if (saysNone(error)) return null;
        throw error;
      }
    },
  };
}

export type Reader = ReturnType<typeof makeReader>;

const saysNone = (error: unknown): boolean =>
  error instanceof AgencyFault &&
  error.cause instanceof StatusBody &&
  error.cause.status === 404 &&
  NotHere.safeParse(error.cause.body).success;

/** An address below a school; `query` is left out where empty. */
export function schoolPath(school: string, rest: string, query: Record<string, string> = {}): string {
  const asked = new URLSearchParams(query).toString();
  return `v1.0/schools/${encodeURIComponent(school)}${rest}${asked && `?${asked}`}`;
}
