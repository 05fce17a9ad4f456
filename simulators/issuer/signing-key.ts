import { chmod, readFile, writeFile } from "node:fs/promises";
import type { JWKStore } from "oauth2-mock-server";
import { z } from "zod";

// The mock's discovery document promises RS256, so that is what it signs with.
const ALGORITHM = "RS256";
const PrivateJwk = z.looseObject({ kty: z.literal("RSA"), kid: z.string(), alg: z.literal(ALGORITHM), d: z.string() });

/** Puts one signing key into the store: the file's own, so that tokens outlive a restart, or a new one. */
export async function loadSigningKey(keys: JWKStore, keyFile: string | undefined): Promise<void> {
  if (keyFile === undefined) {
    await keys.generate(ALGORITHM);
    return;
  }
  const kept = await readFile(keyFile, "utf8").catch(absent);
  if (kept === null) await keep(keyFile, await keys.generate(ALGORITHM));
  else await addKept(keys, kept, keyFile);
}

/** Only the owner may read it, even where a laxer file of that name was made in the meantime. */
async function keep(keyFile: string, key: unknown): Promise<void> {
  await writeFile(keyFile, `${JSON.stringify(key, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  await chmod(keyFile, 0o600);
}

function absent(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}

async function addKept(keys: JWKStore, text: string, keyFile: string): Promise<void> {
  try {
    await keys.add(PrivateJwk.parse(JSON.parse(text)));
  } catch {
    // Never the cause itself: it may quote the key.
    throw new Error(`${keyFile} does not hold a private ${ALGORITHM} key (JWK with kid); delete it to have one made`);
  }
}
