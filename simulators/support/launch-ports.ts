import { once } from "node:events";
import { createServer } from "node:net";

/** A port somebody counts on: who will listen there, and the flag that would give it another. */
export interface WantedPort {
  readonly port: number;
  readonly who: string;
  readonly flag: string;
}

/** A port number from a command line, 0 to 65535; 0 lets the system choose. */
export function asPort(text: string, flag: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new Error(`${flag} needs a port number from 0 to 65535 (0 lets the system choose)`);
}

/** Turns "address in use" into one sentence that says what to do; any other error passes through. */
export function portTaken(error: unknown, { port, who, flag }: WantedPort): unknown {
  if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) return error;
  return new Error(
    `Port ${port} for ${who} is taken: stop what listens there, or choose another with ${flag} (0 lets the system choose)`,
  );
}

/** Asks for each port and gives it back at once, so that a taken one is named before anything is started. */
export async function tryPorts(wanted: readonly WantedPort[]): Promise<void> {
  for (const want of wanted.filter(({ port }) => port !== 0)) {
    const server = createServer().listen(want.port, "127.0.0.1");
    await once(server, "listening").catch((error: unknown) => {
      throw portTaken(error, want);
    });
    server.close();
    await once(server, "close");
  }
}
