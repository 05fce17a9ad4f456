// Runs the health simulator on loopback: `--port --children --seed --until --jwks FILE --jwks-url URL --client-id ID`.

import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { JSONWebKeySet } from "jose";
import { DEFAULT_TOWN, makeTown } from "../town/town.ts";
import { makeHealthSimulator } from "./health-simulator.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8701" },
    children: { type: "string", default: String(DEFAULT_TOWN.children) },
    seed: { type: "string", default: String(DEFAULT_TOWN.seed) },
    until: { type: "string", default: DEFAULT_TOWN.until },
    jwks: { type: "string" },
    "jwks-url": { type: "string" },
    "client-id": { type: "string" },
    "pds-per-second": { type: "string", default: "5" },
  },
});

/** Read when a token is asked for: the hub may write its key after the simulator has started. */
async function keys(): Promise<JSONWebKeySet> {
  const { jwks, "jwks-url": url } = values;
  if (jwks !== undefined) return JSON.parse(await readFile(jwks, "utf8")) as JSONWebKeySet;
  const response = await fetch(url ?? "");
  return (await response.json()) as JSONWebKeySet;
}

const town = makeTown({ children: Number(values.children), seed: Number(values.seed), until: values.until });
const perSecond = Number(values["pds-per-second"]);
const app = await makeHealthSimulator(town, {
  ...((values.jwks ?? values["jwks-url"]) !== undefined && { jwks: keys }),
  ...(values["client-id"] !== undefined && { clientId: values["client-id"] }),
  pdsPerSecond: perSecond > 0 ? perSecond : null,
});
const url = await app.listen({ port: Number(values.port), host: "127.0.0.1" });
console.log(JSON.stringify({ ready: "health", url }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void app.close());
