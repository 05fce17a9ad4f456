// Runs the police simulator by itself, on loopback only.

import { parseArgs } from "node:util";
import { DEFAULT_TOWN, makeTown } from "../town/town.ts";
import { readCertificate } from "./certificate.ts";
import { DEMO_FORCE, makePoliceSimulator, POLICE_CLIENT } from "./police-simulator.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8703" },
    children: { type: "string", default: String(DEFAULT_TOWN.children) },
    seed: { type: "string", default: String(DEFAULT_TOWN.seed) },
    until: { type: "string", default: DEFAULT_TOWN.until },
    force: { type: "string", default: String(DEMO_FORCE) },
    "push-to": { type: "string" },
    "client-id": { type: "string", default: POLICE_CLIENT.clientId },
    secret: { type: "string", default: POLICE_CLIENT.secret },
    "replay-every": { type: "string", default: "10" },
    "tls-cert": { type: "string" },
    "tls-key": { type: "string" },
    "tls-ca": { type: "string" },
    "batch-folder": { type: "string" },
  },
});
const { "push-to": pushTo, "client-id": clientId, secret } = values;
const credentials = { clientId, secret };
const town = makeTown({ children: Number(values.children), seed: Number(values.seed), until: values.until });
const app = await makePoliceSimulator(town, {
  force: Number(values.force),
  credentials,
  pushTo: pushTo ? { url: new URL(pushTo), ...credentials } : null,
  replayEvery: Number(values["replay-every"]),
  tls: readCertificate({ cert: values["tls-cert"], key: values["tls-key"], ca: values["tls-ca"] }),
  batchFolder: values["batch-folder"] ?? null,
});
const url = await app.listen({ host: "127.0.0.1", port: Number(values.port) });
console.log(JSON.stringify({ ready: "police", url }));
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void app.close().then(() => process.exit(0)));
