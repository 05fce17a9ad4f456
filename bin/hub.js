#!/usr/bin/env node
// The command line. `npm ci` compiles it; without that there is nothing to run.
import { existsSync } from "node:fs";

const program = new URL("../dist/src/cli.js", import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  console.error("The hub is not compiled yet: run `npm ci` (or `npm run build`) first.");
  process.exitCode = 1;
}
