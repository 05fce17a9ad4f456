// What health holds about the town, and how often each record has changed since.

import type { AgencyRecord, RecordedTie, Town } from "../town/types.ts";

/** Where the care record differs from PDS, by record id. None of it unless asked for. */
export interface Differences {
  /** Known to PDS and not to the care record. */
  readonly onlyInPds?: readonly string[];
  /** The care record has not heard of the new NHS number and still has the superseded one. */
  readonly oldNumber?: readonly string[];
  /** Restricted at PDS and not marked so in the care record. */
  readonly unmarked?: readonly string[];
}

/** One person's record and its version. */
export interface Held {
  record: AgencyRecord;
  versionId: number;
  lastUpdated: string;
}

/** Indexes over health's part of the town. */
export function makeWorld(town: Town, { onlyInPds = [], oldNumber = [], unmarked = [] }: Differences) {
  const held = new Map<string, Held>();
  const byNumber = new Map<string, Held>();
  const ties = new Map<string, RecordedTie[]>();
  for (const record of town.records) {
    if (record.agency !== "health") continue;
    const one: Held = { record, versionId: 1, lastUpdated: record.updatedAt };
    held.set(record.localId, one);
    for (const number of [record.supersededNhsNumber, record.nhsNumber]) if (number) byNumber.set(number, one);
  }
  for (const tie of town.recordedTies) {
    if (tie.agency !== "health") continue;
    const known = ties.get(tie.localId);
    if (known) known.push(tie);
    else ties.set(tie.localId, [tie]);
  }

  return {
    town,
    held,
    /** By present or superseded number. */
    byNumber,
    tiesOf: (localId: string): readonly RecordedTie[] => ties.get(localId) ?? [],
    inCareRecord: (localId: string): boolean => !onlyInPds.includes(localId),
    hasOldNumber: (localId: string): boolean => oldNumber.includes(localId),
    markedRestricted: ({ restricted, localId }: AgencyRecord): boolean => restricted && !unmarked.includes(localId),
  };
}

/** Health's part of the town, shared by both servers so that a change shows at both. */
export type World = ReturnType<typeof makeWorld>;
