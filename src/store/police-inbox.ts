// The police inbox in SQL. It keeps what the adapter's `IncidentInbox` asks for; its shape is written out here because the
// store knows no adapter. Documents are encrypted, keys hashed; how is for the hub to say.

import { type DataSource, type EntityManager, In, MoreThan } from "typeorm";
import { insertMany, insertNew } from "./insert.ts";
import { LockRow, PoliceIncidentKeyRow, PoliceIncidentRow } from "./rows.ts";

interface Entry {
  readonly id: string;
  readonly forceIdentifier: number;
  readonly submissionId: string;
  readonly logNumber: string;
  readonly bodyHash: string;
  readonly document: unknown;
  readonly keys: readonly string[];
  readonly receivedAt: Date;
}

interface Stored {
  readonly id: string;
  readonly submissionId: string;
  readonly document: unknown;
  readonly receivedAt: Date;
}

const PAGE = 100;
const MOST_FOUND = 200;

interface KeyChange {
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
}

/** Written before documents were encrypted. */
const isInClear = (document: string): boolean => document.startsWith("{");

export interface InboxParts {
  /** Encrypts a document, bound to the row that holds it. */
  readonly encrypt: (text: string, rowId: string) => string;
  /** Throws where it was not encrypted under this key for this row. */
  readonly decrypt: (sealed: string, rowId: string) => string;
  /** Hashes the texts by which people are found; no plain name is in any index. */
  readonly keyed: (text: string) => string;
  /** Runs in the transaction that keeps a notice, for the record of it. */
  readonly received: (tx: EntityManager, entry: Entry) => Promise<void>;
}

/** The inbox over this database. */
export function makePoliceInbox(db: DataSource, { encrypt, decrypt, keyed, received }: InboxParts) {
  const stored = ({ id, submissionId, document, receivedAt }: PoliceIncidentRow): Stored => ({
    id,
    submissionId,
    document: opened(id, document),
    receivedAt,
  });
  /** Null where it does not open: to the adapter a document that no longer reads, which costs its own notice and no other. */
  function opened(id: string, document: string): unknown {
    try {
      return JSON.parse(isInClear(document) ? document : decrypt(document, id)) as unknown;
    } catch {
      return null;
    }
  }

  return {
    receive: (entry: Entry) =>
      db.transaction(async (tx) => {
        // One at a time, so that the order of receipt is the order in which receipts become visible.
        await tx.findOne(LockRow, { where: { name: "police-inbox" }, lock: { mode: "pessimistic_write" } });
        const { id, forceIdentifier, submissionId, logNumber, bodyHash, receivedAt } = entry;
        const first = await tx.findOneBy(PoliceIncidentRow, { forceIdentifier, submissionId });
        if (first) {
          const outcome = first.bodyHash === bodyHash ? ("SAME" as const) : ("DIFFERENT" as const);
          return { outcome, id: first.id, receivedAt: first.receivedAt };
        }
        const sequence = ((await tx.maximum(PoliceIncidentRow, "sequence", { forceIdentifier })) ?? 0) + 1;
        const document = encrypt(JSON.stringify(entry.document), id);
        await tx.insert(PoliceIncidentRow, {
          id,
          forceIdentifier,
          sequence,
          submissionId,
          logNumber,
          bodyHash,
          document,
          receivedAt,
        });
        const hashes = [...new Set(entry.keys.map(keyed))];
        await insertMany(
          tx,
          PoliceIncidentKeyRow,
          hashes.map((hash) => ({ incidentId: id, hash })),
        );
        await received(tx, entry);
        return { outcome: "STORED" as const, id, receivedAt };
      }),

    async read(forceIdentifier: number, submissionIds: readonly string[]): Promise<readonly Stored[]> {
      const table = db.manager;
      const named = await table.find(PoliceIncidentRow, {
        where: { forceIdentifier, submissionId: In([...submissionIds]) },
        select: { id: true, logNumber: true },
      });
      const logNumbers = [...new Set(named.map(({ logNumber }) => logNumber))];
      const rows = await table.find(PoliceIncidentRow, {
        where: { forceIdentifier, logNumber: In(logNumbers) },
        order: { sequence: "ASC" },
      });
      return rows.map(stored);
    },

    async search(forceIdentifier: number, keys: readonly string[]): Promise<readonly string[]> {
      const hits = await db.manager.findBy(PoliceIncidentKeyRow, { hash: In(keys.map(keyed)) });
      const rows = await db.manager.find(PoliceIncidentRow, {
        where: { forceIdentifier, id: In(hits.map(({ incidentId }) => incidentId)) },
        order: { sequence: "DESC" },
        take: MOST_FOUND,
      });
      return rows.map(({ submissionId }) => submissionId);
    },

    async rekey(forceIdentifier: number, submissionId: string, { add = [], drop = [] }: KeyChange): Promise<void> {
      const row = await db.manager.findOneBy(PoliceIncidentRow, { forceIdentifier, submissionId });
      if (!row) return;
      const { id: incidentId, document } = row;
      // Whoever is let go of in a notice of before must not stand there in clear.
      if (isInClear(document))
        await db.manager.update(PoliceIncidentRow, incidentId, { document: encrypt(document, incidentId) });
      const added = add.map(keyed).sort();
      await insertNew(
        db.manager,
        PoliceIncidentKeyRow,
        added.map((hash) => ({ incidentId, hash })),
      );
      if (drop.length > 0) await db.manager.delete(PoliceIncidentKeyRow, { incidentId, hash: In(drop.map(keyed)) });
    },

    async heldAmong(keys: readonly string[]): Promise<ReadonlySet<string>> {
      const byHash = new Map(keys.map((key) => [keyed(key), key]));
      const held = await db.manager.findBy(PoliceIncidentKeyRow, { hash: In([...byHash.keys()]) });
      return new Set(held.flatMap(({ hash }) => byHash.get(hash) ?? []));
    },

    async since(forceIdentifier: number, cursor: string | null) {
      const from = cursor === null ? 0 : Number(cursor);
      const rows = await db.manager.find(PoliceIncidentRow, {
        where: { forceIdentifier, sequence: MoreThan(from) },
        order: { sequence: "ASC" },
        take: PAGE + 1,
      });
      const page = rows.slice(0, PAGE);
      return {
        incidents: page.map(stored),
        cursor: String(page.at(-1)?.sequence ?? from),
        more: rows.length > PAGE,
      };
    },

    async lastReceivedAt(forceIdentifier: number): Promise<Date | null> {
      const last = await db.manager.findOne(PoliceIncidentRow, {
        where: { forceIdentifier },
        order: { sequence: "DESC" },
        select: { id: true, receivedAt: true },
      });
      return last?.receivedAt ?? null;
    },
  };
}
