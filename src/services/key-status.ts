// How the keys stand: how far a change of key has come, and what each key still seals.

import { mayReadKeys } from "../domain/sharing-operations.ts";
import type { KeyRotation } from "../schema/key-rotation.ts";
import { countByKey, placesOf } from "../store/resealing.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { keepSealed, latestRotation } from "./key-rotation.ts";

/** How far it has come. Counts and ids of keys only. */
export async function readKeyRotation(hub: Hub, caller: Caller): Promise<KeyRotation> {
  const act = { what: "keys.read", subjects: [], ruling: mayReadKeys(caller.actor) };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
  return rotationOf(hub);
}

async function rotationOf(hub: Hub): Promise<KeyRotation> {
  const { current, ids } = hub.keys;
  const row = await latestRotation(hub);
  const { startedAt, finishedAt, done, total, failed } =
    row?.keyId === current ? row : { startedAt: null, finishedAt: null, done: 0, total: 0, failed: 0 };
  const olderKeys = ids.filter((id) => id !== current);
  return { keyId: current, olderKeys, startedAt, finishedAt, done, total, failed };
}

/** Values of one key, or of none. */
export interface KeyCount {
  /** Null for values in clear, or sealed as they were before there was a ring. */
  readonly keyId: string | null;
  readonly values: number;
  readonly standing: "CURRENT" | "OLDER" | "MISSING" | "UNSEALED";
}

export interface KeyStatus {
  readonly rotation: KeyRotation;
  readonly counts: readonly KeyCount[];
  /** Older keys on the ring that seal nothing any more. */
  readonly mayBeRemoved: readonly string[];
}

/** Counts every sealed value: it reads every table with sealed columns. */
export async function keyStatus(hub: Hub): Promise<KeyStatus> {
  const sums = new Map<string, number>(hub.keys.ids.map((id) => [id, 0]));
  for (const place of placesOf(hub.db))
    for (const [keyId, values] of await countByKey(hub.db, place)) sums.set(keyId, (sums.get(keyId) ?? 0) + values);
  const standing = (keyId: string): KeyCount["standing"] => {
    if (keyId === "") return "UNSEALED";
    if (keyId === hub.keys.current) return "CURRENT";
    return hub.keys.ids.includes(keyId) ? "OLDER" : "MISSING";
  };
  const counts = [...sums].map(([keyId, values]) => ({ keyId: keyId || null, values, standing: standing(keyId) }));
  const rotation = await rotationOf(hub);
  const empty = counts.flatMap((each) => (each.standing === "OLDER" && each.values === 0 ? [each.keyId ?? ""] : []));
  return { rotation, counts, mayBeRemoved: rotation.finishedAt ? empty : [] };
}

const WAIT_MS = 1_000;

/** Seals everything under the current key now, or looks on while another process does. */
export async function sealEverything(hub: Hub, say: (rotation: KeyRotation) => void): Promise<KeyRotation> {
  for (;;) {
    const looked = await keepSealed(hub);
    const rotation = await rotationOf(hub);
    say(rotation);
    if (rotation.finishedAt) return rotation;
    if (looked === 0) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}
