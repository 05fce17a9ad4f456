// Known weaknesses in what the hub runs on: fails where one is high or critical. Where the registry cannot say, it says so and goes on:
// a build must not depend on somebody else's service.

import { spawnSync } from "node:child_process";

const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], { encoding: "utf8", shell: false });
const report = readReport(stdout ?? "");
const counts = report?.metadata?.vulnerabilities;
if (!counts) {
  const why = report?.error?.code ?? report?.statusCode ?? "no answer";
  process.stdout.write(`Not audited: the package registry does not audit, or is not reached (${why})\n`);
} else {
  const bad = Object.values(report.vulnerabilities).filter(({ severity }) => /^(high|critical)$/.test(severity));
  for (const { name, severity, range, fixAvailable } of bad)
    process.stdout.write(`${severity}: ${name} ${range}${fixAvailable ? ", can be mended with npm audit fix" : ""}\n`);
  process.stdout.write(`${counts.total} known weaknesses, ${bad.length} of them high or critical\n`);
  process.exitCode = bad.length > 0 ? 1 : 0;
}

function readReport(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
