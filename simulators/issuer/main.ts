import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { asPort, portTaken } from "../support/launch-ports.ts";
import { NotInProduction, startIssuer } from "./issuer.ts";
import { readSystems } from "./systems.ts";

const HELP = `Demo sign-in for the hub: node simulators/issuer/main.ts [--port 4001] [--key-file FILE] [--systems-file FILE]`;

/** Runs the issuer until it is told to stop. Exit 2: asked for something it never does. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4001" },
      "key-file": { type: "string" },
      "systems-file": { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return console.log(HELP);
  const file = values["systems-file"];
  const systems = file === undefined ? [] : readSystems(readFileSync(file, "utf8"));
  const port = asPort(values.port, "--port");
  const issuer = await startIssuer({ port, keyFile: values["key-file"], systems }).catch((error: unknown) => {
    throw portTaken(error, { port, who: "the issuer", flag: "--port" });
  });
  console.log(JSON.stringify({ ready: "issuer", url: issuer.url }));
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void issuer.close());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : "The issuer could not start");
  process.exitCode = error instanceof NotInProduction ? 2 : 1;
});
