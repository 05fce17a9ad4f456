// The unified graph, measured: what one question costs the agencies' systems, and what the hub costs a server.

import { startIssuer } from "../simulators/issuer/issuer.ts";
import { machine } from "./support/figures.ts";
import { writeResults } from "./support/results.ts";
import { openServices, type Services } from "./support/services.ts";
import { measureLive } from "./unified/live-part.ts";
import { measureMemory } from "./unified/memory-part.ts";
import { report } from "./unified/report.ts";

/** Measures both parts and writes what came of it. */
export async function unified(say: (line: string) => void): Promise<void> {
  const began = Date.now();
  const issuer = await startIssuer({ port: 0 });
  try {
    const sign = { issuer: issuer.url, token: await tokenFrom(issuer.url) };
    const [live] = await withServices((services) => measureLive({ sign, services, say }));
    const [memory, left] = await withServices((services) => measureMemory({ sign, services, say }));
    const seconds = Math.round((Date.now() - began) / 1_000);
    const results = { bench: "unified", at: new Date().toISOString(), machine: machine(), seconds, left, live, memory };
    writeResults("unified", results, report(results));
    say(report(results));
  } finally {
    await issuer.close();
  }
}

/** Runs a part on databases of its own, and says why if there were none. */
async function withServices<Result>(part: (services: Services | null) => Promise<Result>) {
  const opened = await openServices();
  if (typeof opened === "string") return [await part(null), opened] as const;
  try {
    return [await part(opened), null] as const;
  } finally {
    await opened.drop();
  }
}

/** A social worker's token: somebody who may see everything that is asked. */
async function tokenFrom(issuer: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: "password", username: "social-worker", password: "demo" });
  const response = await fetch(`${issuer}/token`, { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}
