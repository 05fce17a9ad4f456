// What need-to-know costs: the list query with every rule, the audit and sealed record ids, beside the same hub with everything permitted,
// and beside Apollo Server as it comes.

import { startIssuer } from "../simulators/issuer/issuer.ts";
import { type AccessResults, report } from "./access/report.ts";
import { machine } from "./support/figures.ts";
import { startProgram } from "./support/programs.ts";
import { writeResults } from "./support/results.ts";
import { openServices, type Services } from "./support/services.ts";
import type { HubReady, HubWishes } from "./unified/hub.ts";
import { compareBodies } from "./unified/memory-part.ts";
import { LOAD_CORE, measure, type Measured, type Row, SERVERS_CORE, type Shape, SHAPES } from "./unified/measuring.ts";
import { memoryChildren } from "./unified/memory-town.ts";
import { LIST, ONE } from "./unified/queries.ts";
import { READER } from "./unified/reader.ts";

/** Measures on the embedded engine and, where they answer, on MariaDB and Redis; writes what came of it. */
export async function access(say: (line: string) => void): Promise<void> {
  const began = Date.now();
  const issuer = await startIssuer({ port: 0 });
  const opened = [await openServices(), await openServices()];
  const services = opened.filter((one): one is Services => typeof one !== "string");
  const servers: Measured[] = [];
  const load = await startProgram<object>({
    at: new URL("./support/load", import.meta.url),
    wishes: {},
    core: LOAD_CORE,
  });
  try {
    const start = (at: "./unified/hub" | "./access/permitted", settings: Readonly<Record<string, string>>) =>
      startProgram<HubReady>({
        at: new URL(at, import.meta.url),
        wishes: {
          settings: { OIDC_ISSUER: issuer.url, ...settings },
          memory: true,
          children: memoryChildren(),
          team: READER,
          trusted: [ONE, LIST],
        } satisfies HubWishes,
        core: SERVERS_CORE,
      });
    const peer = new URL("./unified/peer", import.meta.url);
    const apollo = await startProgram<HubReady>({ at: peer, wishes: { peer: "Apollo Server" }, core: SERVERS_CORE });
    servers.push({ server: "Apollo Server", program: apollo });
    const [full, permitted] = services;
    if (full && permitted) {
      const name = "MariaDB and Redis";
      servers.push({ server: `permitted, ${name}`, program: await start("./access/permitted", permitted.settings) });
      servers.push({ server: `need to know, ${name}`, program: await start("./unified/hub", full.settings) });
    }
    servers.push({ server: "permitted, embedded", program: await start("./access/permitted", {}) });
    servers.push({ server: "need to know, embedded", program: await start("./unified/hub", {}) });
    const sign = { token: await tokenFrom(issuer.url) };
    await compareBodies(servers, sign.token);
    const rows: Row[] = [];
    for (const shape of Object.keys(SHAPES) as Shape[])
      rows.push(...(await measure(shape, { servers, load, sign, say })));
    const left = opened.find((one) => typeof one === "string") ?? null;
    const seconds = Math.round((Date.now() - began) / 1_000);
    const results: AccessResults = {
      bench: "access",
      at: new Date().toISOString(),
      machine: machine(),
      seconds,
      left,
      rows,
    };
    writeResults("access", results, report(results));
    say(report(results));
  } finally {
    await Promise.all([load, ...servers.map(({ program }) => program)].map((program) => program.stop()));
    await Promise.all(services.map((one) => one.drop()));
    await issuer.close();
  }
}

async function tokenFrom(issuer: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: "password", username: "social-worker", password: "demo" });
  const response = await fetch(`${issuer}/token`, { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}
