// A closed loop of requests over kept-alive connections. Plain sockets, because a client that parses costs as much as a fast
// server. Every answer's status and length is checked: an error page served quickly is no figure.

import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { serveStarter } from "./programs.ts";

export interface Run {
  readonly port: number;
  readonly token: string;
  readonly body: string;
  readonly connections: number;
  readonly ms: number;
}

export interface Ran {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers that were not 200 or not as long as the first one. */
  readonly wrong: number;
}

const HEAD_END = Buffer.from("\r\n\r\n");

/** Where the first answer in this piece ends, and whether it is 200; null while it is incomplete. */
function answerIn(piece: Buffer): { end: number; ok: boolean; length: number } | null {
  const headEnd = piece.indexOf(HEAD_END);
  if (headEnd === -1) return null;
  const head = piece.toString("latin1", 0, headEnd);
  const ok = head.startsWith("HTTP/1.1 200");
  const [, stated] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
  const from = headEnd + 4;
  if (stated !== undefined) {
    const end = from + Number(stated);
    return piece.length < end ? null : { end, ok, length: Number(stated) };
  }
  return chunked(piece, from, ok);
}

function chunked(piece: Buffer, from: number, ok: boolean) {
  let length = 0;
  for (let at = from; ;) {
    const lineEnd = piece.indexOf("\r\n", at);
    if (lineEnd === -1) return null;
    const size = Number.parseInt(piece.toString("latin1", at, lineEnd), 16);
    at = lineEnd + 2 + size + 2;
    if (piece.length < at) return null;
    if (size === 0) return { end: at, ok, length };
    length += size;
  }
}

interface Counting {
  readonly request: Buffer;
  readonly port: number;
  readonly until: number;
  readonly onAnswer: (ms: number, ok: boolean, length: number) => void;
}

/** One connection, one request at a time, until the time is over. */
function loop({ request, port, until, onAnswer }: Counting): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let held: Buffer = Buffer.alloc(0);
    let sentAt = 0;
    const send = (): void => {
      sentAt = performance.now();
      socket.write(request);
    };
    socket.once("connect", send);
    socket.once("error", reject);
    socket.once("close", () => resolve());
    socket.on("data", (piece: Buffer) => {
      held = held.length === 0 ? piece : Buffer.concat([held, piece]);
      const answer = answerIn(held);
      if (!answer) return;
      held = Buffer.from(held.subarray(answer.end));
      const now = performance.now();
      onAnswer(now - sentAt, answer.ok, answer.length);
      if (now < until) send();
      else socket.end();
    });
  });
}

async function run({ port, token, body, connections, ms }: Run): Promise<Ran> {
  const head = [
    "POST /graphql HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    "Content-Type: application/json",
    "Accept: application/json",
    `Authorization: Bearer ${token}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  const request = Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
  const until = performance.now() + ms;
  const times: number[] = [];
  let wrong = 0;
  let usual: number | null = null;
  const onAnswer: Counting["onAnswer"] = (taken, ok, length) => {
    usual ??= length;
    if (!ok || length !== usual) wrong += 1;
    if (performance.now() < until) times.push(taken);
  };
  await Promise.all(Array.from({ length: connections }, () => loop({ request, port, until, onAnswer })));
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { perSecond: times.length / (ms / 1_000), p50: at(0.5), p99: at(0.99), wrong };
}

serveStarter({}, { answer: run });
