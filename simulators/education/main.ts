// Runs the education simulator by itself, on loopback only.

import { parseArgs } from "node:util";
import { DEFAULT_TOWN, makeTown } from "../town/town.ts";
import { EDUCATION_TOKEN, makeEducationSimulator } from "./education-simulator.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8702" },
    children: { type: "string", default: String(DEFAULT_TOWN.children) },
    seed: { type: "string", default: String(DEFAULT_TOWN.seed) },
    until: { type: "string", default: DEFAULT_TOWN.until },
    token: { type: "string", default: EDUCATION_TOKEN },
    drift: { type: "boolean", default: false },
  },
});
const town = makeTown({ children: Number(values.children), seed: Number(values.seed), until: values.until });
const app = await makeEducationSimulator(town, { token: values.token, drift: values.drift });
const url = await app.listen({ host: "127.0.0.1", port: Number(values.port) });
console.log(JSON.stringify({ ready: "education", url }));
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void app.close().then(() => process.exit(0)));
