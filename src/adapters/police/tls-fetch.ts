// GET with a client certificate. Node's own `fetch` cannot carry one without a package beside it.

import { Agent, request, type RequestOptions } from "node:https";
import { Readable } from "node:stream";
import { type AddressRules, guardedLookup, mustConnect } from "../address-guard.ts";

/** All three are PEM texts; `ca` is what the force's own certificate must come from, and nothing else is trusted. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** A `fetch` that only gets, over TLS 1.2 or later. Redirects are not followed. `close` lets go of idle connections. */
export function makeTlsFetch(certificate: ClientCertificate, rules: AddressRules) {
  const lookup = guardedLookup(rules);
  const agent = new Agent({ ...certificate, keepAlive: true, minVersion: "TLSv1.2" });
  return {
    get: (address: URL, { headers, signal }: RequestInit): Promise<Response> =>
      new Promise((resolve, reject) => {
        mustConnect(address.hostname, rules);
        const options: RequestOptions = { agent, lookup, headers: Object.fromEntries(new Headers(headers)) };
        const sent = request(address, signal ? { ...options, signal } : options, (answer) => {
          const status = answer.statusCode ?? 0;
          try {
            const body = WITHOUT_BODY.has(status) ? null : (Readable.toWeb(answer) as ReadableStream);
            resolve(new Response(body, { status, headers: pairsOf(answer.rawHeaders) }));
          } catch (cause) {
            // A status or a header that no answer can have.
            answer.destroy();
            reject(cause);
          }
        });
        sent.on("error", reject);
        sent.end();
      }),
    close: (): void => agent.destroy(),
  };
}

const pairsOf = (raw: readonly string[]): [string, string][] =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] satisfies [string, string]] : []));
