// An HTTP server that does what a test tells it, and the hub's HTTP client pointed at it.

import { EventEmitter, once, setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { AgencyFault } from "../../src/adapters/agency-fault.ts";
import { type HttpRequest, makeHttp } from "../../src/adapters/http.ts";
import { LANES, type LaneSettings, makeLane } from "../../src/adapters/lane.ts";

export type Answers = (request: IncomingMessage, response: ServerResponse) => void;

/** A lane whose breaker does not open from one test to the next. */
export const PATIENT: LaneSettings = { ...LANES.police, breakAfter: 1_000 };
/** A caller who never goes away. */
export const ever = new AbortController().signal;
setMaxListeners(0, ever);

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Starts the server on a port of its own. */
export async function startToldServer() {
  const told = { requests: [] as Seen[], answers: [] as Answers[] };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      told.requests.push({ method, url, headers, body });
      const answer = told.answers.length > 1 ? told.answers.shift() : told.answers[0];
      answer?.(request, response);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    /** What was asked since the last `will`. */
    requests: () => told.requests,
    /** Answers from now on, one after the other; the last stays. */
    will(...answers: Answers[]) {
      told.requests = [];
      told.answers = answers;
    },
    ask(request: Partial<HttpRequest> = {}, settings: Partial<LaneSettings> = {}, signal = ever) {
      const http = makeHttp(makeLane("test", { ...PATIENT, ...settings }), new URL(`${origin}/base`));
      return http.request({ path: "people/1", doing: "reading people", ...request }, signal);
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
export type ToldServer = Awaited<ReturnType<typeof startToldServer>>;

export const says =
  (status: number, body: string | Buffer = "{}", headers: Record<string, string> = {}): Answers =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);
export const breaks: Answers = (request) => void request.socket.destroy();
export const hangs: Answers = () => {};

/** Something that happens in the server, for a test to wait for. */
export function moment() {
  const events = new EventEmitter();
  return { comes: once(events, "now"), now: () => void events.emit("now") };
}

/** The fault with which a call ends. */
export async function faultOf(call: Promise<unknown>): Promise<AgencyFault> {
  const fault = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof AgencyFault)) throw new Error(`No fault but ${inspect(fault)}`);
  return fault;
}
