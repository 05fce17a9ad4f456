// Just enough of both wire protocols to count the statements that pass and to refuse a client as a real server would.

import type { Dialect } from "./ddl.ts";

type Listener = (sql: string) => void;

/** Reads one client's side of a conversation, piece by piece, and tells each statement it sends. */
export function makeReader(dialect: Dialect, tell: Listener): (piece: Buffer) => void {
  const next = dialect === "mysql" ? mysqlFrame : postgresFrames();
  let held: Buffer = Buffer.alloc(0);
  return (piece) => {
    held = Buffer.concat([held, piece]);
    for (let frame = next(held); frame; frame = next(held)) {
      held = held.subarray(frame.length);
      if (frame.sql !== null) tell(frame.sql);
    }
  };
}

interface Frame {
  readonly length: number;
  readonly sql: string | null;
}

const COM_QUERY = 3;
const COM_STMT_PREPARE = 22;

function mysqlFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 5) return null;
  const length = 4 + bytes.readUIntLE(0, 3);
  if (bytes.length < length) return null;
  const command = bytes[3] === 0 && (bytes[4] === COM_QUERY || bytes[4] === COM_STMT_PREPARE);
  return { length, sql: command ? bytes.toString("utf8", 5, length) : null };
}

function postgresFrames(): (bytes: Buffer) => Frame | null {
  let started = false;
  return (bytes) => {
    const head = started ? 1 : 0;
    if (bytes.length < head + 4) return null;
    const length = head + bytes.readInt32BE(head);
    if (bytes.length < length) return null;
    if (!started) {
      // A request for encryption (8 bytes) comes before the real start.
      started = length > 8;
      return { length, sql: null };
    }
    const kind = String.fromCharCode(bytes[0] ?? 0);
    const [name = "", statement = ""] = bytes.toString("utf8", 5, length).split("\0");
    return { length, sql: kind === "Q" ? name : kind === "P" ? statement : null };
  };
}

/** What a server says that will not let the client in: too many connections, or a login it does not accept. */
export function refusal(dialect: Dialect, why: "busy" | "login"): Buffer {
  if (dialect === "postgres") {
    const [code, text] = why === "busy" ? ["53300", "too many clients already"] : ["28P01", "authentication failed"];
    const body = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`);
    const head = Buffer.alloc(5);
    head.write("E");
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  }
  const [code, state, text] =
    why === "busy" ? [1040, "08004", "Too many connections"] : [1045, "28000", "Access denied"];
  const body = Buffer.concat([Buffer.from([0xff, code & 0xff, code >> 8]), Buffer.from(`#${state}${text}`)]);
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  return Buffer.concat([head, body]);
}
