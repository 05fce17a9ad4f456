import { createHmac } from "node:crypto";
import { LRUCache } from "lru-cache";

/** Who may use MESH here. */
export interface MeshOptions {
  /** The key that all mailboxes of an environment share. */
  readonly sharedKey: string;
  /** Password by mailbox. */
  readonly mailboxes: Readonly<Record<string, string>>;
}

/** The mailbox CP-IS reads. */
export const CPIS_MAILBOX = "X99CPIS1";

/** A local authority and CP-IS, both invented. */
export const MESH: MeshOptions = {
  sharedKey: "TestKey",
  mailboxes: { X99LA001: "sim-mesh-password", [CPIS_MAILBOX]: "sim-cpis-password" },
};

const HEADER = /^NHSMESH\s+([^:\s]+):([^:\s]+):(\d+):(\d{12}):([0-9a-f]{64})$/i;
/** How far a client's clock may be off; it also covers one that keeps British Summer Time. */
const LEEWAY_MS = 7_200_000;

/** Checks `NHSMESH mailbox:nonce:count:yyyyMMddHHmm:hmac`; answers what is wrong with it, or null. A nonce is good once. */
export function makeMeshAuth({ sharedKey, mailboxes }: MeshOptions, now: () => Date) {
  const used = new LRUCache<string, true>({ max: 10_000, ttl: 2 * LEEWAY_MS });

  return function check(authorization: string | null, mailbox: string): string | null {
    const [, named = "", nonce = "", count = "", timestamp = "", given = ""] = HEADER.exec(authorization ?? "") ?? [];
    if (named === "") return "Error reading from Authorization header";
    if (named.toUpperCase() !== mailbox) return "Mailbox id does not match token";
    const password = mailboxes[mailbox];
    const signed = `${named}:${nonce}:${count}:${password}:${timestamp}`;
    const right = createHmac("sha256", sharedKey).update(signed, "ascii").digest("hex");
    const off = Math.abs(instantOf(timestamp) - now().getTime());
    if (password === undefined || given.toLowerCase() !== right || !(off <= LEEWAY_MS))
      return "Invalid Authentication Token";
    if (used.has(`${nonce}:${count}`)) return "Error Duplicated Authentication Token";
    used.set(`${nonce}:${count}`, true);
    return null;
  };
}

/** `yyyyMMddHHmm`, taken as UTC. */
const instantOf = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/, "$1-$2-$3T$4:$5:00Z"));
