// Subscriptions over server-sent events: each is a connection of its own, at POST or GET /graphql/stream, after the protocol of
// graphql-sse. Who may listen, what is refused and how errors are worded is as at POST /graphql.

import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError, type GraphQLSchema } from "graphql";
import { createHandler, type Request } from "graphql-sse";
import { Refusal } from "../domain/refusal.ts";
import type { Caller, Hub } from "../services/hub.ts";
import { makeErrorFormatter } from "./errors.ts";
import { type Following, follow, isRefused, prepare } from "./follow.ts";
import { callerOf, type GraphWeb, MOST_BYTES } from "./web.ts";

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

const EXPIRED = new Refusal("NOT_SIGNED_IN", "Your sign-in has expired: sign in again");
const CLOSING = new Refusal("INCOMPLETE", "The hub is closing this connection: connect again, and ask anew");

interface Stream extends Following {
  readonly ending: AbortController;
  readonly reply: FastifyReply;
}

export interface StreamWeb extends Pick<GraphWeb, "hub" | "signIn"> {
  readonly schema: GraphQLSchema;
}

/** Serves subscriptions. All of them end when the server closes. */
export function serveStreams(app: FastifyInstance, { schema, hub, signIn }: StreamWeb): void {
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
    onSubscribe(request, params) {
      const prepared = prepare(streamOf(request), params, { schema, format });
      if (!isRefused(prepared)) return follow(streamOf(request), prepared, format);
      const headers = { "content-type": "application/json; charset=utf-8" };
      return [JSON.stringify(prepared), { status: 400, statusText: "Bad Request", headers }];
    },
    onNext: (_context, request) => keepPace(streamOf(request)),
  });

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    let stream: Stream | null = null;
    try {
      mustTakeEvents(request);
      const { caller, expiresAt } = await callerOf({ hub, signIn }, request, reply);
      mustHaveRoom(open, caller);
      stream = begin(hub, reply, { caller, expiresAt });
      open.add(stream);
      streams.set(request, stream);
      const { ending } = stream;
      const ended = stream;
      ending.signal.addEventListener("abort", () => open.delete(ended), { once: true });
      const [body, { status }] = await handler({
        method: request.method,
        url: request.url,
        headers: { get: (name) => (name === "accept" ? EVENTS : String(request.headers[name] ?? "")) },
        body: () => (request.body ?? null) as Record<string, unknown> | null,
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
      const { code, http } = error.extensions as { code: string; http: { status: number } };
      return reply.code(http.status).send({ errors: [{ message: error.message, extensions: { code } }] });
    }
  };
  app.post(PATH, { bodyLimit: MOST_BYTES }, answer);
  app.get(PATH, { exposeHeadRoute: false }, answer);
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

/** A stream ends with its connection, its sign-in or the server, whichever comes first. */
function begin(
  hub: Hub,
  reply: FastifyReply,
  { caller, expiresAt }: { readonly caller: Caller; readonly expiresAt: Date },
): Stream {
  const ending = new AbortController();
  const left = Math.min(expiresAt.getTime() - Date.now(), LONGEST_TIMER_MS);
  const expiry = setTimeout(() => ending.abort(EXPIRED), left);
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

const refusedWith = (status: number, code: string, message: string) =>
  new GraphQLError(message, { extensions: { code, http: { status } } });

function mustTakeEvents({ headers: { accept = EVENTS } }: FastifyRequest): void {
  if (/text\/(event-stream|\*)|\*\/\*/.test(accept)) return;
  throw refusedWith(406, "BAD_REQUEST", `Subscriptions are sent as events: send Accept: ${EVENTS}`);
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
