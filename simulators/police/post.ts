// A POST over HTTP, or over TLS with a client certificate, which Node's own `fetch` cannot carry.

import http from "node:http";
import https from "node:https";
import type { Certificate } from "./certificate.ts";

interface Posting {
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
  /** Shown to whoever asks for one; null shows none. */
  certificate: Certificate | null;
}

/** The status and the `Retry-After` (milliseconds, 0 where there is none) that came back; the body is thrown away. */
export function post(url: URL, { headers, body, signal, certificate }: Posting) {
  return new Promise<{ status: number; waitMs: number }>((resolve, reject) => {
    const options = { method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) }, signal };
    const answered = (answer: http.IncomingMessage): void => {
      const waitMs = Number(answer.headers["retry-after"] ?? 0) * 1_000 || 0;
      answer.on("error", reject).on("end", () => resolve({ status: answer.statusCode ?? 0, waitMs }));
      answer.resume();
    };
    const sent =
      url.protocol === "https:"
        ? https.request(url, { ...options, ...certificate, minVersion: "TLSv1.2" }, answered)
        : http.request(url, options, answered);
    sent.on("error", reject).end(body);
  });
}
