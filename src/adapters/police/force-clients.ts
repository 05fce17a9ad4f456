import { timingSafeEqual } from "node:crypto";
import { sha256 } from "./canonical.ts";

/** A force's way in: its client id, the SHA-256 (hex) of its secret, and the one force it may speak for. */
export interface ForceClient {
  readonly clientId: string;
  readonly secretSha256: string;
  readonly forceIdentifier: number;
}

const NOBODY = sha256("");

/** The client these two headers name; null unless both are right. It takes as long for an unknown id as for a wrong secret. */
export function findClient(
  clients: readonly ForceClient[],
  { clientId, secret }: { clientId: string; secret: string },
): ForceClient | null {
  const client = clients.find((each) => each.clientId === clientId);
  const given = Buffer.from(sha256(secret), "hex");
  const wanted = Buffer.from(client?.secretSha256 ?? NOBODY, "hex");
  const matches = given.length === wanted.length && timingSafeEqual(given, wanted);
  return client && matches && secret !== "" ? client : null;
}
