// Keyed hashes by which sealed values are found. What they stand for is in no index.

/** What makes them: `keyed` of the hub. */
export interface Hashing {
  readonly keyed: (text: string) => string;
}

/** Of an agency's record, as its system names it. */
export const recordHash = ({ keyed }: Hashing, agencyId: string, recordId: string): string =>
  keyed(`agency-record|${agencyId}|${recordId}`);

/** Of several. */
export const recordHashes = (hashing: Hashing, agencyId: string, recordIds: Iterable<string>): string[] =>
  Array.from(new Set(recordIds), (recordId) => recordHash(hashing, agencyId, recordId));

/** Of where a delivery goes. */
export const targetHash = ({ keyed }: Hashing, target: string): string => keyed(`delivery-target|${target}`);
