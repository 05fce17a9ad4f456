// The unified graph, measured: what one question costs the agencies' systems, and what the hub costs a server.

import { writeFileSync } from "node:fs";
import { startIssuer } from "../simulators/issuer/issuer.ts";
import { machine } from "./support/figures.ts";
import { openServices } from "./support/services.ts";
import { measureMemory } from "./unified/memory-part.ts";

async function tokenFrom(issuer: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: "password", username: "social-worker", password: "demo" });
  const response = await fetch(`${issuer}/token`, { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}

export async function unified(say: (line: string) => void): Promise<void> {
  const issuer = await startIssuer({ port: 0 });
  const services = await openServices();
  if (typeof services === "string") say(services);
  try {
    const sign = { issuer: issuer.url, token: await tokenFrom(issuer.url) };
    const memory = await measureMemory({ sign, services: typeof services === "string" ? null : services, say });
    console.log(JSON.stringify(memory.rows.map(r=>({s:r.server,k:r.shape,r:r.ratio.toFixed(3),m:Math.round(r.perSecond.median),min:Math.round(r.perSecond.min),max:Math.round(r.perSecond.max),p50:r.p50.median.toFixed(2),p99:r.p99.median.toFixed(1)})),null,0).replaceAll("},","},\n"));
    void writeFileSync; void machine;
  } finally {
    if (typeof services !== "string") await services.drop();
    await issuer.close();
  }
}
