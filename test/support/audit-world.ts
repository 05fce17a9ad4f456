// The audit alone, on a database of its own: as much of a hub as writes it and verifies it. Every id here is made up.

import { createHmac } from "node:crypto";
import type { EntityTarget, ObjectLiteral } from "typeorm";
import { yes } from "../../src/domain/sharing.ts";
import { SharingDecision } from "../../src/schema/sharing-decision.ts";
import { record } from "../../src/services/audit.ts";
import { digestOf } from "../../src/services/audit-decisions.ts";
import { closeAudit, sealOpenEntries } from "../../src/services/audit-keeping.ts";
import { makeSigning, newSigningKey } from "../../src/services/audit-signing.ts";
import { verifyAudit } from "../../src/services/audit-verify.ts";
import type { Caller, Hub } from "../../src/services/hub.ts";
import { migrate } from "../../src/store/data-source.ts";
import { makeIds } from "../../src/store/ids.ts";
import { insertMany } from "../../src/store/insert.ts";
import { AuditChainRow, AuditCheckpointRow, AuditRow } from "../../src/store/rows-audit.ts";
import { openStore } from "./open-store.ts";

const HASH_KEY = "audit-test-key";
const TABLES: readonly EntityTarget<ObjectLiteral>[] = [AuditRow, AuditChainRow, AuditCheckpointRow, SharingDecision];

export const RULING = yes("in-the-team", "you are in the team around this child");

export const newId = makeIds();

export const CALLER: Caller = {
  actor: { id: "demo|teacher", kind: "PRACTITIONER", role: "TEACHER", agencyId: "education" } as Caller["actor"],
  purpose: "children-act-1989-s17",
  requestId: "00000000-0000-7000-8000-000000000001",
  signal: new AbortController().signal,
};

/** A hub as far as the audit knows one. */
export function auditHub(db: Hub["db"], pem = newSigningKey()): Hub {
  const hub: Pick<Hub, "db" | "keyed" | "now" | "newId" | "signing" | "log"> = {
    db,
    keyed: (text) => createHmac("sha256", HASH_KEY).update(text).digest("hex"),
    now: () => new Date(),
    newId,
    signing: makeSigning(pem, null),
    log: { info() {}, warn() {}, error() {} },
  };
  return hub as Hub;
}

/** A line of the ledger about nobody. */
export const lineOf = (what: string): SharingDecision =>
  Object.assign(new SharingDecision(), {
    id: newId(),
    key: newId(),
    childId: newId(),
    decided: "SHARED",
    kinds: "CONTACT,CONCERN",
    what,
    toAgencyId: "education",
    toWhom: "the school",
    fromAgencyId: "social-care",
    power: "CHILDREN_ACT_1989_S17",
    purpose: "children-act-1989-s17",
    necessity: "to keep a child safe",
    because: "they asked",
    moreDetrimental: false,
    consent: "NOT_NEEDED",
    byActorId: "demo|social-worker",
    role: "SOCIAL_WORKER",
    at: new Date(),
    reviewOn: "2027-01-04",
    correctsId: null,
    subjectId: null,
  });

export interface AuditWorld {
  readonly hub: Hub;
  /** Writes that this many children were read, in one statement. */
  reads(count: number): Promise<void>;
  /** Writes lines of the ledger, each in a transaction of its own with its entry, and chains them. */
  lines(count: number): Promise<void>;
  verify(wishes?: Parameters<typeof verifyAudit>[1]): ReturnType<typeof verifyAudit>;
  /** What is found, short: `CHANGED 5`. */
  named(wishes?: Parameters<typeof verifyAudit>[1]): Promise<string[]>;
  sql(statement: string, values?: readonly unknown[]): Promise<unknown>;
  /** Keeps all as it stands; returns what brings it back. */
  keep(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Without an address it is embedded, in memory. `pem`: the key that signs, where several processes share it. */
export async function openAuditWorld(url: string | undefined, pem?: string): Promise<AuditWorld> {
  const store = await openStore(url);
  const { db } = store;
  await migrate(db);
  const hub = auditHub(db, pem);
  const { manager } = db;
  const verify: AuditWorld["verify"] = (wishes) => verifyAudit(hub, wishes);
  return {
    hub,
    verify,
    reads: (count) =>
      record(hub, CALLER, { what: "child.read", subjects: Array.from({ length: count }, newId), ruling: RULING }),
    async lines(count) {
      for (let n = 0; n < count; n += 1)
        await db.transaction(async (tx) => {
          const line = lineOf(`line ${n}`);
          await tx.insert(SharingDecision, line);
          const act = { what: "sharing.decided", subjects: [line.childId], ruling: RULING };
          await record(hub, CALLER, { ...act, digest: digestOf(hub, line), db: tx });
        });
      await sealOpenEntries(hub);
    },
    async named(wishes) {
      const { findings } = await verify(wishes);
      return findings.map(({ kind, places, id }) => [kind, ...(places ?? [id])].join(" ")).toSorted();
    },
    sql: (statement, values = []) => {
      let at = 0;
      const isPostgres = db.options.type === "postgres";
      const own = isPostgres ? statement.replaceAll("?", () => `$${(at += 1)}`) : statement.replaceAll('"', "`");
      return manager.query(own, [...values]);
    },
    async keep() {
      const kept = await Promise.all(TABLES.map((table) => manager.find(table)));
      return async () => {
        for (const [at, table] of TABLES.entries()) {
          await manager.createQueryBuilder().delete().from(table).execute();
          await insertMany(manager, table, kept[at] ?? []);
        }
      };
    },
    async close() {
      await closeAudit(hub);
      await store.close();
    },
  };
}
