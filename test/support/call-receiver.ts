// An agency's own system that is called: the receiver that docs/telling.md shows, behind a real socket.

import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Receive = (headers: Record<string, unknown>, body: string) => Record<string, any> | null;
type MakeReceiver = (secret: string, parts?: { seen?: Set<string>; now?: () => number }) => Receive;

/** The example of the guide, as it stands there. */
export async function sampleReceiver(folder: string): Promise<MakeReceiver> {
  const guide = readFileSync(new URL("../../docs/telling.md", import.meta.url), "utf8");
  const [, code = ""] = /```js\n(.*?)```/s.exec(guide) ?? [];
  const file = join(folder, "receiver.mjs");
  writeFileSync(file, code);
  return ((await import(pathToFileURL(file).href)) as { makeReceiver: MakeReceiver }).makeReceiver;
}

/** Takes calls and answers as it is told. */
export async function startReceiver() {
  const received: Received[] = [];
  let answer: { status: number; headers?: Record<string, string>; body?: string } = { status: 204 };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.on("error", () => {});
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/hub`,
    received,
    answerWith: (next: typeof answer) => void (answer = next),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
