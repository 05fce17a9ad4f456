// Checkpoints of the audit: how long every chain is, signed, and kept where whoever runs the database cannot reach.

import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { insertCheckpoint, lastCheckpointAt, nextCheckpoint, signedText } from "../store/audit-checkpoints.ts";
import type { AuditCheckpointRow } from "../store/rows-audit.ts";
import type { Hub } from "./hub.ts";

/** Signs how long the chains are now; null where nothing was written since the last time, or another process was first. */
export async function makeCheckpoint({ db, now, signing }: Hub): Promise<AuditCheckpointRow | null> {
  const next = await nextCheckpoint(db, { at: now(), keyId: signing.keyId });
  if (!next) return null;
  const row = { ...next, signature: signing.sign(signedText(next)) };
  if (!(await insertCheckpoint(db, row))) return null;
  if (signing.folder !== null) await writeCheckpoint(join(signing.folder, `checkpoint-${row.id}.json`), row);
  return row;
}

const EVERY_MS = 60_000;

/** The same, where the last is a minute old. */
export async function makeCheckpointWhenDue(hub: Hub): Promise<AuditCheckpointRow | null> {
  const last = await lastCheckpointAt(hub.db);
  const age = last ? Math.abs(hub.now().getTime() - last.getTime()) : Number.POSITIVE_INFINITY;
  return age >= EVERY_MS ? makeCheckpoint(hub) : null;
}

/** As a file, whole or not at all. */
export async function writeCheckpoint(file: string, row: AuditCheckpointRow): Promise<void> {
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(`${file}.part`, `${JSON.stringify(row, null, 2)}\n`);
  await rename(`${file}.part`, file);
}

/** What `writeCheckpoint` wrote. Throws where it is no checkpoint. */
export function readCheckpoint(text: string): AuditCheckpointRow {
  const { id, at, heads, previous, keyId, signature } = JSON.parse(text) as Record<string, unknown>;
  const texts = [id, at, heads, previous, keyId, signature];
  if (!texts.every((each) => typeof each === "string") || Number.isNaN(Date.parse(String(at))))
    throw new Error("it is no checkpoint");
  return { id, at: new Date(String(at)), heads, previous, keyId, signature } as AuditCheckpointRow;
}
