import { createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { configOfProcess } from "./config.ts";
import { findingLine } from "./domain/audit-finding.ts";
import { openHub, type OpenHub } from "./hub.ts";
import { makeCheckpoint, readCheckpoint, writeCheckpoint } from "./services/audit-checkpoints.ts";
import { verifyAudit } from "./services/audit-verify.ts";
import { lastCheckpoint } from "./store/audit-checkpoints.ts";

interface VerifyFlags {
  readonly checkpoint?: readonly string[];
  readonly publicKey?: readonly string[];
  readonly json?: boolean;
}

/** Findings shown; beyond, only how many there are. */
const MOST_SHOWN = 1_000;

async function withHub<Result>(use: (open: OpenHub) => Promise<Result>): Promise<Result> {
  const open = await openHub(configOfProcess());
  try {
    return await use(open);
  } finally {
    await open.close();
  }
}

/** Walks the whole audit and names whatever is not as the hub wrote it. Exits with 1 where anything is. */
export async function verify({ checkpoint = [], publicKey = [], json = false }: VerifyFlags): Promise<void> {
  const elsewhere = checkpoint.map((file) => read(file, "a checkpoint", readCheckpoint));
  const publicKeys = publicKey.map((file): KeyObject => read(file, "a public key in PEM", createPublicKey));
  let began = 0;
  const say = (looked: number, of: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${looked} of ${of} entries`);
  };
  const found = await withHub(({ hub }) => {
    began = performance.now();
    return verifyAudit(hub, { elsewhere, publicKeys, say });
  });
  if (process.stderr.isTTY) process.stderr.write("\n");
  const { entries, chains, checkpoints, lines, findings } = found;
  const seconds = Number(((performance.now() - began) / 1_000).toFixed(1));
  const shown = findings.slice(0, MOST_SHOWN);
  if (json)
    console.log(
      JSON.stringify(
        { entries, chains, checkpoints, lines, seconds, found: findings.length, findings: shown },
        null,
        2,
      ),
    );
  else {
    for (const finding of shown) console.log(findingLine(finding));
    if (findings.length > shown.length) console.log(`and ${findings.length - shown.length} more`);
    console.log(
      `${entries} entries in ${chains} chains, ${checkpoints} checkpoints, ${lines} lines of the ledger (${seconds} s): ` +
        (findings.length === 0 ? "all as the hub wrote them" : `${findings.length} findings (docs/audit.md)`),
    );
  }
  if (findings.length > 0) process.exitCode = 1;
}

/** Signs how long the chains are now, and writes the last checkpoint out, to be kept elsewhere. */
export async function checkpoint({ out }: { out?: string }): Promise<void> {
  const row = await withHub(async ({ hub }) => (await makeCheckpoint(hub)) ?? (await lastCheckpoint(hub.db)));
  if (!row) throw new Error("There is no checkpoint: nothing was written yet");
  if (out === undefined) console.log(JSON.stringify(row, null, 2));
  else {
    await writeCheckpoint(out, row);
    console.log(`Checkpoint ${Number(row.id)} is in ${out}`);
  }
}

/** The public half of the key that checkpoints are signed with. */
export async function publicKey(): Promise<void> {
  const key = await withHub(async ({ hub }) => hub.signing.publicKey);
  console.log(key.export({ type: "spki", format: "pem" }).toString().trim());
}

function read<Read>(file: string, what: string, use: (text: string) => Read): Read {
  try {
    return use(readFileSync(file, "utf8"));
  } catch {
    throw new Error(`${file} cannot be read as ${what}`);
  }
}
