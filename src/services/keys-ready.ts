// What must hold of the keys before anything is read or written.

import type { DataSource } from "typeorm";
import { fillHashes } from "../store/fill-hashes.ts";
import type { KeyRing } from "../store/key-ring.ts";
import type { Hashing } from "../store/row-hashes.ts";
import { KeyRotationRow } from "../store/rows-keeping.ts";
import type { Log } from "./hub.ts";

interface Keyed extends Hashing {
  readonly keys: KeyRing;
  readonly log: Log;
}

/** Refuses to start without a key that values may be sealed under, and gives rows of before their hashes. */
export async function readyForKeys(db: DataSource, { keys, keyed, log }: Keyed): Promise<void> {
  const missing = (await keyIdsInUse(db)).filter((id) => !keys.ids.includes(id) && !keys.lost.includes(id));
  if (missing.length > 0)
    throw new Error(
      `HUB_KEYS lacks ${missing.length > 1 ? "the keys" : "the key"} ${missing.join(", ")}, under which values in the database are sealed: put it back, or name it in "lost" if it is gone for good (docs/keys.md)`,
    );
  const filled = await fillHashes(db, { keyed, lost: keys.lost });
  if (filled > 0) log.info({ rows: filled }, "rows of before have been given their hashes");
}

/** Keys that values may be sealed under: that of the last change that was finished, and of those begun since. */
export async function keyIdsInUse({ manager }: DataSource): Promise<string[]> {
  const rows = await manager.find(KeyRotationRow, { order: { startedAt: "DESC", id: "DESC" } });
  const finished = rows.findIndex(({ finishedAt, failed }) => finishedAt !== null && failed === 0);
  return [...new Set(rows.slice(0, finished < 0 ? undefined : finished + 1).map(({ keyId }) => keyId))];
}
