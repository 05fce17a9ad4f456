// The hub's inbox for police notices: the one place where it keeps an agency's own content, because nothing can be pulled
// from a force. This is what the adapter needs of it; the store keeps it in SQL.

/** A notice to be kept. Everything a search or an amendment needs stands beside the document. */
export interface IncidentEntry {
  /** The hub's identifier for it, used if it is new. */
  readonly id: string;
  readonly forceIdentifier: number;
  readonly submissionId: string;
  readonly logNumber: string;
  /** SHA-256 of the canonical JSON, hex: the same for the same content in any order of members. */
  readonly bodyHash: string;
  readonly document: unknown;
  /** Texts by which its people are found (`searchKeysOf`). Personal data: an inbox keeps a keyed hash of each, not the text, and the
   *  document encrypted. */
  readonly keys: readonly string[];
  readonly receivedAt: Date;
}

export interface StoredIncident {
  readonly id: string;
  readonly submissionId: string;
  readonly document: unknown;
  readonly receivedAt: Date;
}

/** What became of a notice. `id` and `receivedAt` are those of the first receipt. */
export interface Receipt {
  readonly outcome: "STORED" | "SAME" | "DIFFERENT";
  readonly id: string;
  readonly receivedAt: Date;
}

/** What a notice is found by from now on and was not before, and the other way about. */
export interface KeyChange {
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
}

interface InboxPage {
  readonly incidents: readonly StoredIncident[];
  readonly cursor: string;
  readonly more: boolean;
}

/** More than this a search does not give. */
export const MOST_FOUND = 200;

/** Every method but `receive` and `heldAmong` is about one force's notices only. Rejections mean that the store itself failed. */
export interface IncidentInbox {
  /** Keeps a notice once for each force and submission id. It resolves when the notice is safe on disk, not before. */
  receive(entry: IncidentEntry): Promise<Receipt>;
  /** These submissions, and all others the force sent under the same log numbers: amendments are new submissions. */
  read(forceIdentifier: number, submissionIds: readonly string[]): Promise<readonly StoredIncident[]>;
  /** The submissions with any of these keys (`searchKeysFor`), newest first, cut at `MOST_FOUND`. */
  search(forceIdentifier: number, keys: readonly string[]): Promise<readonly string[]>;
  /** Adds keys to a notice and takes others from it; again, it changes nothing. Without such a notice it does nothing. */
  rekey(forceIdentifier: number, submissionId: string, change: KeyChange): Promise<void>;
  /** Those of these keys that any notice has. */
  heldAmong(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** A page in the order of receipt; null starts from the beginning. A cursor must never pass a receipt that is still to
   *  become visible, as an identity column does when two transactions commit in the other order. */
  since(forceIdentifier: number, cursor: string | null): Promise<InboxPage>;
  lastReceivedAt(forceIdentifier: number): Promise<Date | null>;
}
