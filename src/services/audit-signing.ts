// The key by which the audit's checkpoints are signed (Ed25519). Whoever has the public half can check one without the hub.

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

export interface Signing {
  readonly publicKey: KeyObject;
  readonly keyId: string;
  readonly sign: (text: string) => string;
  /** Where each checkpoint is also put as a file; null keeps them in the database alone. */
  readonly folder: string | null;
}

/** What a key is called in checkpoints: the beginning of its own hash. */
export const keyIdOf = (key: KeyObject): string =>
  createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(0, 32);

/** `pem`: an Ed25519 private key. */
export function makeSigning(pem: string, folder: string | null): Signing {
  const key = createPrivateKey(pem);
  const publicKey = createPublicKey(key);
  return {
    publicKey,
    keyId: keyIdOf(publicKey),
    sign: (text) => sign(null, Buffer.from(text), key).toString("base64url"),
    folder,
  };
}

export function isSigned(text: string, signature: string, key: KeyObject): boolean {
  try {
    return verify(null, Buffer.from(text), key, Buffer.from(signature, "base64url"));
  } catch {
    return false;
  }
}

export const newSigningKey = (): string =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
