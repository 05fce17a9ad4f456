// MESH as a client meets it: shake hands, send, look into the inbox, fetch, acknowledge, follow what was sent.

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { header } from "../support/simulator.ts";
import type { makeMeshAuth, MeshOptions } from "./mesh-auth.ts";
import { meshError, MeshRefusal } from "./mesh-errors.ts";
import type { Message, Messages } from "./mesh-messages.ts";

/** Where MESH lives below the host. */
export const MESH_BASE = "/messageexchange";
const JSON_V2 = "application/vnd.mesh.v2+json";
const MOST_RESULTS = 500;

interface MeshParts {
  readonly messages: Messages;
  readonly check: ReturnType<typeof makeMeshAuth>;
  readonly mailboxes: MeshOptions["mailboxes"];
}
interface Path {
  readonly mailbox: string;
  readonly id: string;
  readonly chunk: string;
}
type To = { Params: Path; Querystring: Record<string, string> };

/** Adds MESH's routes. Bodies are bytes whatever they are called; the certificate that the real service wants is left out. */
export function addMeshRoutes(app: FastifyInstance, { messages, check, mailboxes }: MeshParts): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, async (_request: FastifyRequest, body: Buffer) => body);
  app.addHook<To>("onRequest", async (request, reply) => {
    reply.type(JSON_V2);
    const problem = check(header(request, "authorization"), mailboxOf(request));
    return problem ? reply.code(403).send(meshError(problem)) : undefined;
  });
  const base = `${MESH_BASE}/:mailbox`;

  app.post<To>(base, (request, reply) => reply.send({ mailboxId: mailboxOf(request) }));

  app.get<To>(`${base}/inbox`, (request) => {
    const waiting = messages.inbox(mailboxOf(request));
    const { max_results: asked, continue_from: after } = request.query;
    const most = Math.min(Math.max(Number(asked) || MOST_RESULTS, 1), MOST_RESULTS);
    const rest = after ? waiting.filter(({ id }) => id > after) : waiting;
    const page = rest.slice(0, most).map(({ id }) => id);
    const self = `${MESH_BASE}/${mailboxOf(request)}/inbox?max_results=${most}`;
    const next = rest.length > page.length ? { next: `${self}&continue_from=${page.at(-1)}` } : {};
    return { messages: page, links: { self, ...next }, approx_inbox_count: waiting.length };
  });

  /** A message to this mailbox that can still be had. */
  function received(request: FastifyRequest<To>): Message {
    const message = messages.find(request.params.id);
    if (!message) throw new MeshRefusal("UNKNOWN", request.params.id);
    if (message.to !== mailboxOf(request)) throw new MeshRefusal("FORBIDDEN");
    if (["Uploading", "Error"].includes(messages.stateOf(message))) throw new MeshRefusal("GONE", message.id);
    return message;
  }
  function fetchChunk(request: FastifyRequest<To>, reply: FastifyReply): FastifyReply {
    const message = received(request);
    const number = Number(request.params.chunk ?? 1);
    const piece = message.pieces[number - 1];
    if (!piece) throw new MeshRefusal("UNKNOWN", message.id);
    reply.headers(headersOf(message, number)).type("application/octet-stream");
    return reply.code(number < message.chunks ? 206 : 200).send(piece);
  }
  app.get<To>(`${base}/inbox/:id`, fetchChunk);
  app.get<To>(`${base}/inbox/:id/:chunk`, fetchChunk);
  app.put<To>(`${base}/inbox/:id/status/acknowledged`, (request, reply) => {
    received(request).state = "Acknowledged";
    return reply.code(200).send();
  });

  app.post<To>(`${base}/outbox`, (request, reply) => {
    const to = header(request, "mex-to")?.toUpperCase();
    if (!to) throw new MeshRefusal("NO_RECIPIENT");
    if (!Object.hasOwn(mailboxes, to)) throw new MeshRefusal("UNREGISTERED");
    const envelope = {
      from: mailboxOf(request),
      to,
      workflowId: header(request, "mex-workflowid") ?? "",
      fileName: header(request, "mex-filename"),
      localId: header(request, "mex-localid"),
      subject: header(request, "mex-subject"),
      chunks: readRange(request, 1),
    };
    return reply.code(202).send({ message_id: messages.send(envelope, bodyOf(request)).id });
  });
  app.post<To>(`${base}/outbox/:id/:chunk`, (request, reply) => {
    const number = Number(request.params.chunk);
    const message = sent(request, request.params.id);
    if (message.state !== "Uploading") throw new MeshRefusal("LOCKED", message.id);
    if (readRange(request, number) !== message.chunks) throw new MeshRefusal("CHUNKS", message.id);
    messages.put(message, bodyOf(request), number);
    return reply.code(202).send({ message_id: message.id });
  });
  app.get<To>(`${base}/outbox/tracking`, (request) =>
    tracking(sent(request, request.query["messageID"] ?? ""), messages.stateOf),
  );

  /** A message from this mailbox; another's is as good as none. */
  function sent(request: FastifyRequest<To>, id: string): Message {
    const message = messages.find(id);
    if (message?.from !== mailboxOf(request)) throw new MeshRefusal("UNKNOWN", id);
    return message;
  }
}

const mailboxOf = ({ params }: FastifyRequest<To>): string => params.mailbox.toUpperCase();

function bodyOf({ body }: FastifyRequest<To>): Buffer {
  if (!Buffer.isBuffer(body) || body.length === 0) throw new MeshRefusal("NO_BODY");
  return body;
}

/** `Mex-Chunk-Range: 2:3` on the second of three; without it there is one. Answers how many there are. */
function readRange(request: FastifyRequest<To>, number: number): number {
  const text = header(request, "mex-chunk-range") ?? "1:1";
  const [, chunk, chunks] = /^(\d+):(\d+)$/.exec(text) ?? [];
  if (Number(chunk) !== number || number < 1 || number > Number(chunks)) throw new MeshRefusal("CHUNKS");
  return Number(chunks);
}

function headersOf({ id, from, to, workflowId, fileName, localId, subject, chunks }: Message, number: number) {
  const headers = {
    "mex-from": from,
    "mex-to": to,
    "mex-workflowid": workflowId,
    "mex-filename": fileName ?? `${id}.dat`,
    "mex-localid": localId ?? "",
    "mex-subject": subject ?? "",
    "mex-messageid": id,
    "mex-messagetype": "DATA",
    "mex-chunk-range": `${number}:${chunks}`,
  };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));
}

function tracking(message: Message, stateOf: Messages["stateOf"]): object {
  const { id, localId, workflowId, fileName, sentAt, to } = message;
  const status = stateOf(message);
  const failed = {
    status_code: "14",
    status_event: "SEND",
    status_description: "Message not collected by recipient after 5 days",
  };
  return {
    message_id: id,
    local_id: localId,
    workflow_id: workflowId,
    filename: fileName,
    upload_timestamp: sentAt.toISOString(),
    recipient: to,
    status,
    status_success: status !== "Error",
    ...(status === "Error" && failed),
  };
}
