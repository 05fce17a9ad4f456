// Subscriptions over server-sent events: each is a connection of its own, at POST or GET /graphql/stream, after the protocol of
// graphql-sse. Who may listen, what is refused and how errors are worded is as at POST /graphql.

import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type ExecutionArgs, getOperationAST, GraphQLError, type GraphQLSchema } from "graphql";
import { createHandler, type Request } from "graphql-sse";
import { Refusal } from "../domain/refusal.ts";
import type { Caller, Hub } from "../services/hub.ts";
import { answerRefused, makeErrorFormatter, refusedWith } from "./errors.ts";
import { type Following, follow, isRefused, prepare } from "./follow.ts";
import { forReader, type Limited, makeCharge, type Run } from "./limits-plugin.ts";
import { refuseUnreadable } from "./limits-web.ts";
import type { Asked } from "./trusted.ts";
import { callerOf, type GraphWeb, isObject, MOST_BYTES } from "./web.ts";

const PATH = "/graphql/stream";
const EVENTS = "text/event-stream";
/** A browser opens six connections to one host at most. */
const MOST_OF_ONE = 10;
const MOST_IN_ALL = 1_000;
/** Whoever reads nothing for so long is gone. */
const SLOW_MS = 30_000;
/** How long the end of a stream may take to reach its reader. */
const LINGER_MS = 1_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const SOONEST_MS = 100;

const EXPIRED = new Refusal("NOT_SIGNED_IN", "Your sign-in has expired: sign in again");
const CLOSING = new Refusal("INCOMPLETE", "The hub is closing this connection: connect again, and ask anew");

interface Stream extends Following {
  readonly ending: AbortController;
  readonly reply: FastifyReply;
}

export interface StreamWeb extends Omit<GraphWeb, "graph"> {
  readonly schema: GraphQLSchema;
  readonly limited: Limited;
}

/** Serves subscriptions. All of them end when the server closes. */
export function serveStreams(app: FastifyInstance, web: StreamWeb): void {
  const { schema, hub, door, limited } = web;
  const charge = makeCharge(limited);
  const open = new Set<Stream>();
  const format = makeErrorFormatter(hub.log);
  const streams = new WeakMap<FastifyRequest, Stream>();
  const streamOf = ({ raw }: Request<FastifyRequest>): Stream => {
    const stream = streams.get(raw);
    if (!stream) throw new Error("A stream is known by its request");
    return stream;
  };
  const handler = createHandler<FastifyRequest>({
    // No connection is shared by several subscriptions: nobody holds one without a sign-in of their own.
    authenticate: () => null,
    validate: () => [],
    async onSubscribe(request, params) {
      const stream = streamOf(request);
      const prepared = prepare(stream, params, { schema, format });
      if (!isRefused(prepared)) {
        await charge(runOf(stream, prepared));
        return follow(stream, prepared, format);
      }
      const headers = { "content-type": "application/json; charset=utf-8" };
      const shown = { errors: forReader(limited, stream.caller.actor, prepared.errors) };
      return [JSON.stringify(shown), { status: 400, statusText: "Bad Request", headers }];
    },
    onNext: (_context, request) => keepPace(streamOf(request)),
  });

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    let stream: Stream | null = null;
    try {
      mustTakeEvents(request);
      const { caller, expiresAt } = await callerOf(web, request, reply);
      mustBePerson(caller);
      mustHaveRoom(open, caller);
      const asked = (request.method === "GET" ? request.query : request.body) as Asked | null;
      if (typeof asked === "object" && asked !== null) door(caller.actor, asked);
      const again = async () => (await web.signIn(request)).expiresAt;
      stream = begin(hub, reply, { caller, expiresAt, again });
      open.add(stream);
      streams.set(request, stream);
      const { ending } = stream;
      const ended = stream;
      ending.signal.addEventListener("abort", () => open.delete(ended), { once: true });
      // Gone while it was looked at who they are: nobody would hear of it any more.
      if (reply.raw.destroyed) ending.abort();
      const [body, { status }] = await handler({
        method: request.method,
        url: request.method === "GET" ? spelt(asked) : request.url,
        headers: { get: (name) => (name === "accept" ? EVENTS : String(request.headers[name] ?? "")) },
        // A text would be read as JSON once more, behind the door.
        body: () => (isObject(request.body) ? request.body : null),
        raw: request,
        context: undefined,
      });
      if (body === null || typeof body === "string") {
        ending.abort();
        return reply.code(status).send(wholeError(body));
      }
      return reply
        .headers({ "content-type": `${EVENTS}; charset=utf-8`, connection: "close", "x-accel-buffering": "no" })
        .send(Readable.from(body));
    } catch (error) {
      stream?.ending.abort();
      if (!(error instanceof GraphQLError)) throw error;
      return answerRefused(error, reply);
    }
  };
  app.post(PATH, { bodyLimit: MOST_BYTES, onRequest: refuseUnreadable }, answer);
  app.get(PATH, { exposeHeadRoute: false, onRequest: refuseUnreadable }, answer);
  app.addHook("preClose", async () => {
    for (const { ending } of open) ending.abort(CLOSING);
  });
  closeUnused(app);
}

/** A client that opened a connection and sent nothing on it (a spare one, beside its streams) would hold up the end for a minute. */
function closeUnused(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  app.server.on("connection", (socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  app.server.on("request", ({ socket }) => unused.delete(socket));
  app.addHook("preClose", async () => {
    for (const socket of unused) socket.destroy();
  });
}

/** A GET's address, with the document in it that was asked for by its hash. */
const spelt = (asked: Asked | null): string =>
  `${PATH}?${new URLSearchParams(Object.entries(asked ?? {}).filter((pair): pair is [string, string] => typeof pair[1] === "string"))}`;

/** What is about to be followed, as what it costs is worked out. */
function runOf({ caller }: Stream, { document, operationName, variableValues }: ExecutionArgs): Run {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error("A document is prepared with its operation");
  return { caller, document, operation, variables: variableValues ?? {} };
}

/** A stream ends with its connection, its sign-in or the server, whichever comes first. */
function begin(
  hub: Hub,
  reply: FastifyReply,
  { caller, expiresAt, again }: { caller: Caller; expiresAt: Date; again: () => Promise<Date> },
): Stream {
  const ending = new AbortController();
  let expiry: NodeJS.Timeout;
  // Whoever listens shows their sign-in anew when it is over, or may have been ended meanwhile.
  const holdUntil = (at: Date) => {
    const left = Math.max(Math.min(at.getTime() - Date.now(), LONGEST_TIMER_MS), SOONEST_MS);
    expiry = setTimeout(() => {
      const stillHeld = (until: Date) => (ending.signal.aborted ? undefined : holdUntil(until));
      again().then(stillHeld, (error: unknown) => ending.abort(error instanceof Refusal ? EXPIRED : CLOSING));
    }, left);
  };
  holdUntil(expiresAt);
  reply.raw.once("close", () => ending.abort());
  ending.signal.addEventListener(
    "abort",
    () => {
      clearTimeout(expiry);
      setTimeout(() => reply.raw.destroy(), LINGER_MS).unref();
    },
    { once: true },
  );
  return { hub, ending, reply, caller: { ...caller, signal: ending.signal }, ended: ending.signal };
}

function mustTakeEvents({ headers: { accept = EVENTS } }: FastifyRequest): void {
  if (/text\/(event-stream|\*)|\*\/\*/.test(accept)) return;
  throw refusedWith(406, "BAD_REQUEST", `Subscriptions are sent as events: send Accept: ${EVENTS}`);
}

function mustBePerson({ actor }: Caller): void {
  if (actor.kind === "SYSTEM") throw refusedWith(403, "NOT_ALLOWED", "Not open to you: register a webhook instead");
}

function mustHaveRoom(open: ReadonlySet<Stream>, { actor }: Caller): void {
  const own = [...open].filter(({ caller }) => caller.actor.id === actor.id).length;
  if (own >= MOST_OF_ONE)
    throw refusedWith(429, "TOO_MANY", `You follow ${MOST_OF_ONE} subscriptions already: end one first`);
  if (open.size >= MOST_IN_ALL)
    throw refusedWith(503, "TOO_MANY", "This hub has no room for another subscription: try again shortly");
}

/** What graphql-sse says of a request that it cannot read, in our shape. What we said ourselves goes out as it is. */
function wholeError(body: string | null): unknown {
  const said = body === null ? null : (JSON.parse(body) as { errors: readonly { extensions?: unknown }[] });
  if (said?.errors.every(({ extensions }) => extensions !== undefined)) return said;
  const message = "The request cannot be read: send one subscription in `query`, and what it needs in `variables`";
  return { errors: [{ message, extensions: { code: "BAD_REQUEST" } }] };
}

/** Waits for a reader who is slow, so that what they have not read does not heap up here; ends the stream of one who reads nothing. */
async function keepPace({ reply: { raw }, ending }: Stream): Promise<void> {
  if (!raw.writableNeedDrain || ending.signal.aborted) return;
  await new Promise<void>((done) => {
    const end = () => {
      clearTimeout(timer);
      raw.off("drain", end);
      ending.signal.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(() => {
      raw.destroy();
      end();
    }, SLOW_MS);
    raw.once("drain", end);
    ending.signal.addEventListener("abort", end);
  });
}
