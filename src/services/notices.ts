import type { EntityManager } from "typeorm";
import type { Actor } from "../domain/actor.ts";
import { record } from "./audit.ts";
import type { Hub } from "./hub.ts";

/** A police force's own system, when it sends. It showed its credentials at the door. */
const forceSystem = (forceIdentifier: number): Actor => ({
  kind: "SYSTEM",
  id: `force:${forceIdentifier}`,
  name: `Force ${forceIdentifier}`,
  role: null,
  agencyId: "police",
});

/** Puts a notice that a force sent on record, in the transaction that keeps it. */
export function noticeReceived(
  hub: Hub,
  db: EntityManager,
  { id, forceIdentifier }: { readonly id: string; readonly forceIdentifier: number },
): Promise<void> {
  const caller = {
    actor: forceSystem(forceIdentifier),
    purpose: "public-protection-notice",
    requestId: hub.newId(),
    signal: AbortSignal.timeout(10_000),
  };
  const ruling = { allowed: true, rule: "force-credentials", because: "the force showed its client id and secret" };
  return record(hub, caller, { what: "notice.received", subjects: [id], ruling, db });
}
