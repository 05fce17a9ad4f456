// Keeping a secret in a row that no column seals by itself: under the hub's keys, bound to what it belongs to.

import { createDecipheriv } from "node:crypto";
import { keyIdOf } from "../store/key-ring.ts";
import type { Hub } from "./hub.ts";

/** What a secret is for, and the id of the row that holds it: moved to another row it does not open. */
export interface Belonging {
  readonly purpose: string;
  readonly rowId: string;
}

export const seal = ({ keys }: Pick<Hub, "keys">, secret: string, belonging: Belonging): string =>
  keys.seal(secret, belonging);

/** Throws where it was sealed under another key, for another row, or is not whole. */
export const unseal = (hub: Pick<Hub, "keyed" | "keys">, sealed: string, belonging: Belonging): string =>
  keyIdOf(sealed) === null ? unsealOld(hub, sealed, belonging) : hub.keys.open(sealed, belonging);

const IV = 12;
const TAG = 16;

/** As secrets were sealed before there was a ring: under a key that comes from HUB_HASH_KEY. The keys job leaves none of them. */
function unsealOld({ keyed }: Pick<Hub, "keyed">, sealed: string, { purpose, rowId }: Belonging): string {
  const bytes = Buffer.from(sealed, "base64url");
  const key = Buffer.from(keyed(purpose), "hex");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(rowId)).setAuthTag(bytes.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString("utf8");
}
