// Starts the council's replica on loopback: the database on --port, its control plane ten above.

import { parseArgs } from "node:util";
import { DEFAULT_TOWN, makeTown } from "../town/town.ts";
import { makeSocialCareSimulator } from "./social-care-simulator.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8704" },
    "control-port": { type: "string" },
    "database-url": { type: "string" },
    children: { type: "string", default: String(DEFAULT_TOWN.children) },
    seed: { type: "string", default: String(DEFAULT_TOWN.seed) },
    until: { type: "string", default: DEFAULT_TOWN.until },
  },
});
const port = Number(values.port);
const controlPort = Number(values["control-port"] ?? (port === 0 ? 0 : port + 10));
const town = makeTown({ children: Number(values.children), seed: Number(values.seed), until: values.until });

const simulator = await makeSocialCareSimulator(town, {
  port,
  ...(values["database-url"] && { databaseUrl: values["database-url"] }),
});
const url = await simulator.control.listen({ host: "127.0.0.1", port: controlPort });
console.log(JSON.stringify({ ready: "social-care", url, databaseUrl: simulator.databaseUrl }));

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void simulator.close().then(() => process.exit(0)));
