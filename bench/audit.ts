// The audit, measured: how long it takes to verify, and what it costs whoever reads.

import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { type ListAmounts, type Listing, measureList } from "./audit/list-part.ts";
import { report } from "./audit/report.ts";
import { measureVerifying, type VerifyAmounts, type Verifying } from "./audit/verify-part.ts";
import { machine } from "./support/figures.ts";
import { writeResults } from "./support/results.ts";
import { openServices, type Services } from "./support/services.ts";

/** `--entries N`, `--rounds N`. */
export async function audit(say: (line: string) => void): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { entries: { type: "string", default: "1000000" }, rounds: { type: "string", default: "5" } },
  });
  const began = Date.now();
  const [load = 0] = loadavg();
  const rounds = Number(values.rounds);
  const amounts: VerifyAmounts & ListAmounts = { entries: Number(values.entries), rounds, measuredMs: 2_000 };
  const { listing, left } = await measureLists({ amounts, say });
  const verifying: Verifying[] = [];
  const services = await openServices();
  if (typeof services !== "string") {
    const engine = { name: "MariaDB", settings: services.settings };
    verifying.push(await measureVerifying({ engine, amounts, say }).finally(() => services.drop()));
  }
  verifying.push(await measureVerifying({ engine: { name: "embedded engine", settings: {} }, amounts, say }));
  const results = {
    bench: "audit",
    at: new Date().toISOString(),
    machine: machine(),
    seconds: Math.round((Date.now() - began) / 1_000),
    amounts,
    left,
    load,
    verifying,
    listing,
  };
  writeResults("audit", results, report(results));
  say(report(results));
}

interface Measuring {
  readonly amounts: ListAmounts;
  readonly say: (line: string) => void;
}

async function measureLists({ amounts, say }: Measuring): Promise<{ listing: Listing[]; left: string | null }> {
  const opened = [await openServices(), await openServices()];
  const services = opened.filter((one): one is Services => typeof one !== "string");
  const [first, second] = services;
  const listing: Listing[] = [];
  try {
    if (first && second) {
      const engine = { name: "MariaDB", settings: [first.settings, second.settings] } as const;
      listing.push(await measureList({ engine, amounts, say }));
    }
    listing.push(await measureList({ engine: { name: "embedded engine", settings: [{}, {}] }, amounts, say }));
  } finally {
    for (const one of services) await one.drop();
  }
  return { listing, left: opened.find((one) => typeof one === "string") ?? null };
}
