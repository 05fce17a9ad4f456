import type { IncidentEntry, IncidentInbox, StoredIncident } from "../../src/adapters/police/incident-inbox.ts";

const PAGE = 50;

/** The inbox in memory, with everything it was given open to tests. */
export function memoryInbox(): IncidentInbox & { readonly entries: readonly IncidentEntry[] } {
  const entries: IncidentEntry[] = [];
  const change = (force: number, submissionId: string, keysOf: (keys: readonly string[]) => readonly string[]) => {
    const at = entries.findIndex((each) => each.forceIdentifier === force && each.submissionId === submissionId);
    const entry = entries[at];
    if (entry) entries[at] = { ...entry, keys: keysOf(entry.keys) };
  };
  const ofForce = (force: number) => entries.filter(({ forceIdentifier }) => forceIdentifier === force);
  const stored = ({ id, submissionId, document, receivedAt }: IncidentEntry): StoredIncident => ({
    id,
    submissionId,
    document: structuredClone(document),
    receivedAt,
  });

  return {
    entries,
    async receive(entry) {
      const before = ofForce(entry.forceIdentifier).find(({ submissionId }) => submissionId === entry.submissionId);
      if (!before) entries.push(entry);
      const { id, receivedAt } = before ?? entry;
      if (!before) return { outcome: "STORED", id, receivedAt };
      return { outcome: before.bodyHash === entry.bodyHash ? "SAME" : "DIFFERENT", id, receivedAt };
    },
    async read(force, submissionIds) {
      const asked = ofForce(force).filter(({ submissionId }) => submissionIds.includes(submissionId));
      const logs = new Set(asked.map(({ logNumber }) => logNumber));
      return ofForce(force)
        .filter(({ logNumber }) => logs.has(logNumber))
        .map(stored);
    },
    async search(force, keys) {
      return ofForce(force)
        .filter((entry) => entry.keys.some((key) => keys.includes(key)))
        .map(({ submissionId }) => submissionId);
    },
    async rekey(force, submissionId, { add = [], drop = [] }) {
      change(force, submissionId, (keys) => [...new Set([...keys, ...add])].filter((key) => !drop.includes(key)));
    },
    async heldAmong(keys) {
      return new Set(keys.filter((key) => entries.some((entry) => entry.keys.includes(key))));
    },
    async since(force, cursor) {
      const start = Number(cursor ?? 0);
      const all = ofForce(force);
      const page = all.slice(start, start + PAGE);
      return { incidents: page.map(stored), cursor: String(start + page.length), more: start + PAGE < all.length };
    },
    async lastReceivedAt(force) {
      return ofForce(force).at(-1)?.receivedAt ?? null;
    },
  };
}
