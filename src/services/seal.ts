// Keeping a secret in a row: AES-256-GCM under a key that comes from the hub's own, bound to what it belongs to.

import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Hub } from "./hub.ts";

const IV = 12;
const TAG = 16;

const keyOf = ({ keyed }: Pick<Hub, "keyed">, purpose: string): Buffer => Buffer.from(keyed(purpose), "hex");

/** What a secret is for, and the id of the row that holds it: moved to another row it does not open. */
export interface Belonging {
  readonly purpose: string;
  readonly rowId: string;
}

export function seal(hub: Pick<Hub, "keyed">, secret: string, { purpose, rowId }: Belonging): string {
  const iv = randomBytes(IV);
  const cipher = createCipheriv("aes-256-gcm", keyOf(hub, purpose), iv).setAAD(Buffer.from(rowId));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** Throws where it was sealed under another key, for another row, or is not whole. */
export function unseal(hub: Pick<Hub, "keyed">, sealed: string, { purpose, rowId }: Belonging): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(hub, purpose), bytes.subarray(0, IV), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(rowId)).setAuthTag(bytes.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString("utf8");
}
