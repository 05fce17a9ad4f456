// The unified graph, measured: what one question costs the agencies' systems, and what the hub costs a server.

import { startIssuer } from "../simulators/issuer/issuer.ts";
import { machine } from "./support/figures.ts";
import { writeResults } from "./support/results.ts";
import { openServices } from "./support/services.ts";
import { measureLive } from "./unified/live-part.ts";
import { measureMemory } from "./unified/memory-part.ts";
import { report } from "./unified/report.ts";

/** Measures both parts and writes what came of it. */
export async function unified(say: (line: string) => void): Promise<void> {
  const began = Date.now();
  const opened = await openServices();
  const services = typeof opened === "string" ? null : opened;
  const issuer = await startIssuer({ port: 0 });
  try {
    const sign = { issuer: issuer.url, token: await tokenFrom(issuer.url) };
    const live = await measureLive({ sign, services, say });
    const memory = await measureMemory({ sign, services, say });
    const seconds = Math.round((Date.now() - began) / 1_000);
    const left = typeof opened === "string" ? opened : null;
    const results = { bench: "unified", at: new Date().toISOString(), machine: machine(), seconds, left, live, memory };
    writeResults("unified", results, report(results));
    say(report(results));
  } finally {
    await services?.drop();
    await issuer.close();
  }
}

/** A social worker's token: somebody who may see everything that is asked. */
async function tokenFrom(issuer: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: "password", username: "social-worker", password: "demo" });
  const response = await fetch(`${issuer}/token`, { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}
