// HTTP for the adapters: one place where status codes become the port's faults and where limits on what we accept live.

import { type AddressRules, guardedFetch } from "./address-guard.ts";
import { AgencyFault } from "./agency-fault.ts";
import type { FaultCode } from "../domain/absence.ts";
import type { Lane } from "./lane.ts";

const MOST_BYTES = 10 * 1024 * 1024;

type Attempt = Pick<HttpRequest, "headers" | "body">;

export interface HttpRequest {
  /** A path below the base address, or a `next` link the system gave: it must stay on the same origin. */
  readonly path: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: string | URLSearchParams;
  /** What must differ on every attempt, such as a request id or a signed assertion. Its headers are added to `headers`. */
  readonly perAttempt?: () => Attempt | Promise<Attempt>;
  /** What is being done, for the fault's message. Never personal data. */
  readonly doing: string;
  /** True for a POST that only reads (`_search`). GET is always repeatable. */
  readonly repeatable?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; null where there was none. */
  readonly body: unknown;
}

const BY_STATUS: Record<number, FaultCode> = {
  400: "BAD_REQUEST",
  401: "AUTH",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  408: "TIMEOUT",
  409: "CONFLICT",
  410: "NOT_FOUND",
  412: "CONFLICT",
  422: "BAD_REQUEST",
  429: "THROTTLED",
  504: "TIMEOUT",
};

/** The fault a status code stands for. A redirect is no answer: following one could lead anywhere. */
export function faultOfStatus(status: number): FaultCode {
  if (status < 400) return "MALFORMED";
  return BY_STATUS[status] ?? (status >= 500 ? "UNAVAILABLE" : "BAD_REQUEST");
}

export interface HttpOptions {
  /** Stands in for `fetch` where a system wants more than that can do, such as a client certificate. */
  readonly fetch?: (address: URL, init: RequestInit) => Promise<Response>;
}

/** Where this system may lie. */
export const rulesOf = ({ settings: { allowPrivate = true } }: Lane): AddressRules => ({ allowPrivate });

/** One system's HTTP client: `fetch` in a lane. Throws `AgencyFault` for anything but a 2xx answer with a JSON body. */
export function makeHttp(lane: Lane, base: URL, { fetch = guardedFetch(rulesOf(lane)) }: HttpOptions = {}) {
  const below = base.href.endsWith("/") ? base : new URL(`${base.href}/`);

  function address(path: string): URL {
    const url = URL.canParse(path.replace(/^\//, ""), below) ? new URL(path.replace(/^\//, ""), below) : null;
    // `fetch` would refuse a name in the address itself, in words that repeat the whole of it.
    if (url?.origin !== base.origin || url.username !== "" || url.password !== "")
      throw new AgencyFault(lane.system, "MALFORMED", { doing: "following a link that leads to another host" });
    return url;
  }

  async function once(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const own = await request.perAttempt?.();
    const { path, doing, method = "GET" } = request;
    const headers = { ...request.headers, ...own?.headers };
    const body = own?.body ?? request.body;
    let response: Response;
    try {
      response = await fetch(address(path), { method, headers, signal, redirect: "manual", ...(body && { body }) });
    } catch (cause) {
      if (cause instanceof AgencyFault || signal.aborted) throw cause;
      throw new AgencyFault(lane.system, "UNAVAILABLE", { doing: `${doing}: no connection`, cause });
    }
    const parsed = await readBody(response, doing, signal);
    if (response.ok) return { status: response.status, headers: response.headers, body: parsed };
    throw new AgencyFault(lane.system, faultOfStatus(response.status), {
      doing: `${doing}: status ${response.status}`,
      retryAfterMs: retryAfterMs(response.headers.get("retry-after")),
      cause: new StatusBody(response.status, parsed),
    });
  }

  async function readBody(response: Response, doing: string, signal: AbortSignal): Promise<unknown> {
    let text: string | null;
    try {
      text = await textOf(response);
    } catch (cause) {
      if (signal.aborted) throw cause;
      throw new AgencyFault(lane.system, "UNAVAILABLE", { doing: `${doing}: the connection broke`, cause });
    }
    if (text === "" || (text === null && !response.ok)) return null;
    if (text === null) throw new AgencyFault(lane.system, "MALFORMED", { doing: `${doing}: the answer is too large` });
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // The parser's own message would quote the text, and the text is about a person.
      if (!response.ok) return null;
      throw new AgencyFault(lane.system, "MALFORMED", { doing: `${doing}: the answer is not JSON` });
    }
  }

  return {
    lane,
    /** Sends one request through the lane. */
    request: (request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> => {
      const repeatable = request.repeatable ?? (request.method ?? "GET") === "GET";
      return (repeatable ? lane.read : lane.send)((inner) => once(request, inner), signal);
    },
  };
}

export type Http = ReturnType<typeof makeHttp>;

/** The body of an answer that was not 2xx, for an adapter that must look at its code. Never shown or logged. */
export class StatusBody extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {
    super(`status ${status}`);
  }
}

/** The body as text; null where it is larger than we take, unpacked, whatever its headers say. */
async function textOf({ body }: Response): Promise<string | null> {
  if (!body) return "";
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early ends the answer, too.
  for await (const part of body) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) return null;
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

/** Seconds, or the date at which to come back. */
function retryAfterMs(header: string | null): number | undefined {
  if (!header) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
