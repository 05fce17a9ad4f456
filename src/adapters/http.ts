// HTTP for the adapters: one place where status codes become the port's faults and where limits on what we accept live.

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

/** The fault a status code stands for. */
export const faultOfStatus = (status: number): FaultCode =>
  BY_STATUS[status] ?? (status >= 500 ? "UNAVAILABLE" : "BAD_REQUEST");

/** One system's HTTP client: `fetch` in a lane. Throws `AgencyFault` for anything but a 2xx answer with a JSON body. */
export function makeHttp(lane: Lane, base: URL) {
  const below = base.href.endsWith("/") ? base : new URL(`${base.href}/`);

  function address(path: string): URL {
    const url = new URL(path.replace(/^\//, ""), below);
    if (url.origin !== base.origin)
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
      response = await fetch(address(path), { method, headers, signal, redirect: "error", ...(body && { body }) });
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
    if (Number(response.headers.get("content-length") ?? 0) > MOST_BYTES)
      throw new AgencyFault(lane.system, "MALFORMED", { doing: `${doing}: the answer is too large` });
    let text: string;
    try {
      text = await response.text();
    } catch (cause) {
      if (signal.aborted) throw cause;
      throw new AgencyFault(lane.system, "UNAVAILABLE", { doing: `${doing}: the connection broke`, cause });
    }
    if (text === "") return null;
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

function retryAfterMs(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
}
