// Runs a measurement by name: npm run bench -- unified

import { access } from "./access.ts";
import { audit } from "./audit.ts";
import { clocks } from "./clocks.ts";
import { countyFile } from "./county-file.ts";
import { countyModel } from "./county-model.ts";
import { identity } from "./identity.ts";
import { linkage } from "./linkage.ts";
import { unified } from "./unified.ts";

/** Each writes its results to bench/results; `county-model` and `county-file` make what others work with. */
const BENCHES: Readonly<Record<string, (say: (line: string) => void) => Promise<void>>> = {
  access,
  audit,
  clocks,
  unified,
  identity,
  linkage,
  "county-model": countyModel,
  "county-file": countyFile,
};

const [, , name = ""] = process.argv;
// The demo issuer and the simulators refuse production; what is measured is started with it.
process.env["NODE_ENV"] = "development";

const bench = BENCHES[name];
if (bench) {
  await bench((line) => process.stderr.write(`${line}\n`));
} else {
  console.error(`npm run bench -- NAME, with one of: ${Object.keys(BENCHES).join(", ")}`);
  process.exitCode = 2;
}
