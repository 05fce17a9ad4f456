// What an adapter itself keeps of an agency's leads to nobody sealed either. It is told once the sealing is safe, since on the embedded
// engine it has no session of its own; a row of the sealed file, written with the sealing, stands for it until it is done.

import { asAgencyFault } from "../adapters/agency-fault.ts";
import { groupBy } from "../domain/group.ts";
import { SealedFileRow } from "../store/rows-identity.ts";
import type { AgencyRecordRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { fileOf, openFile } from "./sealed-files.ts";

/** What such a row is, among those of the sealed file. */
export const TO_FORGET = "TO_FORGET";

/** What is kept of it, encrypted. */
interface ToForget {
  readonly agencyId: string;
  readonly recordIds: readonly string[];
}

interface Forgetting {
  readonly rows: readonly AgencyRecordRow[];
  /** Whose file it is in. */
  readonly personId: string;
  readonly byActorId: string;
}

/** What agencies' adapters must still let go of: a row for each, for the transaction that seals these records. */
export function toForget(hub: Hub, { rows, personId, byActorId }: Forgetting): SealedFileRow[] {
  return [...groupBy(rows, ({ agencyId }) => agencyId)].flatMap(([agencyId, records]) => {
    const system = hub.systems.get(agencyId);
    // One that is not connected here just now may keep something.
    if (system && !system.forget) return [];
    const content: ToForget = { agencyId, recordIds: records.map(({ recordId }) => recordId) };
    return [fileOf(hub, { personId, byActorId, what: TO_FORGET, content })];
  });
}

/** Has adapters let go of everything that is still to be. What fails stays, and is tried again by the sweep; the sieve lets nothing of it
 *  through meanwhile. Returns how many rows it found. */
export async function forgetDue(hub: Hub): Promise<number> {
  const { manager } = hub.db;
  const due = await manager.find(SealedFileRow, { where: { what: TO_FORGET }, order: { id: "ASC" } });
  for (const row of due) {
    let agencyId: string | null = null;
    try {
      const found = JSON.parse(openFile(hub, row)) as ToForget;
      ({ agencyId } = found);
      const system = hub.systems.get(agencyId);
      if (!system) continue;
      await system.forget?.(found.recordIds);
      await manager.delete(SealedFileRow, row.id);
    } catch (error) {
      // The log must not tell that somebody is sealed.
      hub.log.warn(
        { agencyId, fault: asAgencyFault(agencyId ?? "hub", error).code },
        "what is kept of an agency could not be cleared; it is tried again",
      );
    }
  }
  return due.length;
}
