// A TCP relay in front of the database, so that this process can take the replica away or spoil the line to it.

import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import type { Dialect } from "./ddl.ts";
import { makeReader, refusal } from "./wire.ts";

/** What is wrong with the line; null when nothing is. */
export type LineFault =
  /** Every answer is held back so long; a minute is a hang. */
  | { readonly mode: "latency"; readonly ms: number }
  /** Connections are reset as soon as they are made. */
  | { readonly mode: "drop" }
  | { readonly mode: "refuse"; readonly why: "busy" | "login" };

interface RelayOptions {
  readonly dialect: Dialect;
  /** Where to listen on 127.0.0.1; 0 lets the system choose. */
  readonly listenOn: number;
  readonly upstream: { readonly host: string; readonly port: number };
  /** Told of each statement that passes. */
  readonly onStatement: (sql: string) => void;
}

export interface Relay {
  readonly port: number;
  /** Changes what is wrong, and cuts every open connection: bytes held back or swallowed cannot be made good. */
  setFault(fault: LineFault | null): void;
  close(): Promise<void>;
}

/** Starts the relay; resolves once it listens. */
export async function startRelay({ dialect, listenOn, upstream, onStatement }: RelayOptions): Promise<Relay> {
  let fault: LineFault | null = null;
  const open = new Set<Socket>();

  function join(client: Socket): void {
    const server = connect({ host: upstream.host, port: upstream.port, noDelay: true });
    const read = makeReader(dialect, onStatement);
    const waiting = new Set<NodeJS.Timeout>();
    client.on("data", (piece: Buffer) => {
      read(piece);
      server.write(piece);
    });
    server.on("data", (piece: Buffer) => {
      if (fault?.mode !== "latency") return void client.write(piece);
      const timer = setTimeout(() => {
        waiting.delete(timer);
        client.write(piece);
      }, fault.ms);
      waiting.add(timer);
    });
    const part = (): void => {
      for (const timer of waiting) clearTimeout(timer);
      client.destroy();
      server.destroy();
    };
    for (const side of [client, server]) side.on("error", part).on("close", part);
  }

  const listener = createServer({ noDelay: true }, (client) => {
    open.add(client);
    client.on("close", () => open.delete(client)).on("error", () => client.destroy());
    if (fault?.mode === "drop") client.resetAndDestroy();
    else if (fault?.mode === "refuse") refuse(client, dialect, fault.why);
    else join(client);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject).listen(listenOn, "127.0.0.1", resolve);
  });
  return {
    port: (listener.address() as AddressInfo).port,
    setFault(next) {
      fault = next;
      for (const client of open) client.destroy();
    },
    close() {
      for (const client of open) client.destroy();
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
}

/** MySQL's server speaks first; PostgreSQL's waits to be greeted. */
function refuse(client: Socket, dialect: Dialect, why: "busy" | "login"): void {
  if (dialect === "mysql") client.end(refusal(dialect, why));
  else client.once("data", () => client.end(refusal(dialect, why)));
}
