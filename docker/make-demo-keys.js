// Makes the key pair with which the hub signs in at the health simulator, once. For docker-compose.yml only.
// Usage: node make-demo-keys.js FOLDER

import { generateKeyPairSync } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder = "."] = process.argv.slice(2);
const [keyFile, jwksFile] = [join(folder, "health.pem"), join(folder, "jwks.json")];
if (!existsSync(keyFile)) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "hub-demo", alg: "RS512", use: "sig" };
  writeFileSync(jwksFile, JSON.stringify({ keys: [jwk] }));
}
