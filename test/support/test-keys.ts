// Keys for tests: each id stands for the same key wherever it is named.

import { createHash } from "node:crypto";
import { type KeyRing, type KeySet, makeKeyRing } from "../../src/store/key-ring.ts";

/** A set of these keys; the last is current. */
export function keySet(...ids: readonly string[]): KeySet {
  const named = ids.length > 0 ? ids : ["test"];
  const keyOf = (id: string) => createHash("sha256").update(`key ${id}`).digest("base64");
  return { current: named.at(-1)!, keys: Object.fromEntries(named.map((id) => [id, keyOf(id)])) };
}

/** As the setting HUB_KEYS. */
export const keysSetting = (...ids: readonly string[]): string => JSON.stringify(keySet(...ids));

export const testKeys = (...ids: readonly string[]): KeyRing => makeKeyRing(keySet(...ids));
