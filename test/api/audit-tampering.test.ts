// Whatever somebody with the database's own rights does to the audit is found, and named; and nothing else is.

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { record } from "../../src/services/audit.ts";
import { makeCheckpoint } from "../../src/services/audit-checkpoints.ts";
import { newSigningKey } from "../../src/services/audit-signing.ts";
import { SharingDecision } from "../../src/schema/sharing-decision.ts";
import { sealOpenEntries } from "../../src/services/audit-keeping.ts";
import { AuditCheckpointRow, AuditRow } from "../../src/store/rows-audit.ts";
import { auditHub, type AuditWorld, CALLER, lineOf, newId, openAuditWorld, RULING } from "../support/audit-world.ts";
import { ENGINES } from "../support/engines.ts";

/** Entries of the chain: the first forty read, the last five written with lines of the ledger. */
const READS = 40;
const LINES = 5;
const ALL = READS + LINES;

describe.each(ENGINES)("on $name, the audit", (engine) => {
  let world: AuditWorld;
  let chain: string;
  let entries: readonly AuditRow[];
  let kept: AuditCheckpointRow;
  let bringBack: () => Promise<void>;
  let drop = async () => {};

  beforeAll(async () => {
    const own = await engine.settings();
    drop = own.drop;
    world = await openAuditWorld(own.settings["DATABASE_URL"]);
    await world.reads(READS / 2);
    await world.reads(READS / 2);
    await world.lines(LINES);
    // The chain's opening is signed by itself; here with all that follows.
    while (await makeCheckpoint(world.hub));
    entries = await world.hub.db.manager.find(AuditRow, { order: { seq: "ASC" } });
    chain = entries[0]!.chain!;
    [kept] = (await world.hub.db.manager.find(AuditCheckpointRow, { order: { id: "DESC" } })) as [AuditCheckpointRow];
    bringBack = await world.keep();
  });
  afterEach(() => bringBack());
  afterAll(async () => {
    await world?.close();
    await drop();
  });

  const at = (seq: number) => entries[seq - 1]!;
  const sql: AuditWorld["sql"] = (statement, values) => world.sql(statement, values);
  const remove = (seq: number) => sql('DELETE FROM "audit_entry" WHERE "id" = ?', [at(seq).id]);

  it("is as the hub wrote it", async () => {
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: ALL }, (_, n) => n + 1));
    expect(await world.verify({ elsewhere: [kept] })).toMatchObject({
      entries: ALL,
      chains: 1,
      lines: LINES,
      findings: [],
    });
  });

  describe("where an entry is removed", () => {
    it.each([1, 7, READS])("from place %i", async (seq) => {
      await remove(seq);
      expect(await world.named()).toEqual([`REMOVED ${seq} ${seq}`]);
    });

    it("with its neighbours", async () => {
      for (const seq of [12, 13, 14, 20]) await remove(seq);
      expect(await world.named()).toEqual(["REMOVED 12 14", "REMOVED 20 20"]);
    });

    it("with all after it", async () => {
      await sql('DELETE FROM "audit_entry" WHERE "seq" > ?', [READS]);
      await sql('DELETE FROM "sharing_decision"');
      expect(await world.named()).toEqual([`REMOVED ${READS + 1} ${ALL}`]);
    });

    it("with all after it and the checkpoint that held it, by the one kept elsewhere", async () => {
      await sql('DELETE FROM "audit_entry" WHERE "seq" > ?', [READS]);
      await sql('DELETE FROM "sharing_decision"');
      await sql('DELETE FROM "audit_checkpoint"');
      expect(await world.named()).toEqual([]);
      expect(await world.named({ elsewhere: [kept] })).toEqual([
        `CHECKPOINT ${kept.id}`,
        `REMOVED ${READS + 1} ${ALL}`,
      ]);
    });

    it("with its whole chain", async () => {
      await sql('DELETE FROM "audit_entry"');
      await sql('DELETE FROM "audit_chain"');
      await sql('DELETE FROM "sharing_decision"');
      expect(await world.named()).toEqual([`REMOVED 1 ${ALL}`]);
    });

    it("and its line of the ledger with it", async () => {
      await remove(ALL);
      expect(await world.named()).toEqual([expect.stringMatching(/^DECISION_INSERTED /), `REMOVED ${ALL} ${ALL}`]);
    });
  });

  describe("where an entry is changed", () => {
    it.each<readonly [keyof AuditRow, unknown]>([
      ["at", new Date("2026-01-01T00:00:00Z")],
      ["actorId", "somebody else"],
      ["role", null],
      ["agencyId", "health"],
      ["what", "child.find"],
      ["subjectId", newId()],
      ["rule", "broke-glass"],
      ["allowed", false],
      ["purpose", "not-stated"],
      ["power", "CONSENT"],
      ["parts", "EVENTS"],
      ["sources", "police"],
      ["accessId", newId()],
      ["digest", "0".repeat(64)],
      ["requestId", newId()],
      ["hash", "0".repeat(64)],
      ["id", newId()],
    ])("in its %s", async (column, value) => {
      await sql(`UPDATE "audit_entry" SET "${column}" = ? WHERE "id" = ?`, [value, at(9).id]);
      expect(await world.named()).toEqual(["CHANGED 9 9"]);
    });

    it.each([1, 10, READS])("at place %i, and its hash to nothing the hub knows", async (seq) => {
      await sql('UPDATE "audit_entry" SET "rule" = ?, "hash" = ? WHERE "id" = ?', ["x", "ab".repeat(32), at(seq).id]);
      expect(await world.named()).toEqual([`CHANGED ${seq} ${seq}`]);
    });

    it("in one half of its hash", async () => {
      await sql('UPDATE "audit_entry" SET "hash" = ? WHERE "id" = ?', [
        `${at(9).hash!.slice(0, 32)}${"0".repeat(32)}`,
        at(9).id,
      ]);
      expect(await world.named()).toEqual(["CHANGED 9 9"]);
    });

    it("and its neighbour too", async () => {
      await sql('UPDATE "audit_entry" SET "rule" = ? WHERE "seq" IN (9, 10)', ["x"]);
      expect(await world.named()).toEqual(["CHANGED 10 10", "CHANGED 9 9"]);
    });

    it("by putting in another in its place", async () => {
      await remove(9);
      await copyOf(8, { id: newId(), seq: 9 });
      expect(await world.named()).toEqual(["CHANGED 9 9"]);
    });
  });

  describe("where entries change places", () => {
    const swap = async (one: AuditRow, other: AuditRow, columns: readonly (keyof AuditRow)[]) => {
      // The unique index on chain and place: out of the way first.
      const set = columns.map((column) => `"${column}" = ?`).join(", ");
      const put = (to: AuditRow, from: AuditRow) =>
        sql(`UPDATE "audit_entry" SET ${set} WHERE "id" = ?`, [...columns.map((column) => from[column]), to.id]);
      await sql('UPDATE "audit_entry" SET "seq" = ? WHERE "id" = ?', [-5, one.id]);
      await put(other, one);
      await put(one, other);
    };

    it.each([
      [5, 6],
      [5, 30],
      [1, READS],
    ])("%i and %i", async (one, other) => {
      await swap(at(one), at(other), ["seq"]);
      expect(await world.named()).toEqual([`REORDERED ${one} ${one}`, `REORDERED ${other} ${other}`].toSorted());
    });

    it("with their hashes left where they were", async () => {
      await swap(at(5), at(30), ["seq", "hash"]);
      expect(await world.named()).toEqual(["REORDERED 30 30", "REORDERED 5 5"]);
    });

    it("in what they say alone", async () => {
      await swap(at(5), at(30), ["seq", "subjectId"]);
      await sql('UPDATE "audit_entry" SET "seq" = ? WHERE "id" = ?', [-6, at(5).id]);
      await sql('UPDATE "audit_entry" SET "seq" = 30 WHERE "id" = ?', [at(30).id]);
      await sql('UPDATE "audit_entry" SET "seq" = 5 WHERE "id" = ?', [at(5).id]);
      expect(await world.named()).toEqual(["CHANGED 30 30", "CHANGED 5 5"]);
    });

    it.each([["seq", 900] as const, ["chain", null] as const, ["chain", newId()] as const])(
      "or one leaves its own: %s is %s",
      async (column, value) => {
        await sql(`UPDATE "audit_entry" SET "${column}" = ? WHERE "id" = ?`, [value, at(9).id]);
        expect(await world.named()).toEqual([`REORDERED ${column === "seq" ? "900 900" : "9 9"}`]);
      },
    );

    it("or its place is taken from it", async () => {
      await sql('UPDATE "audit_entry" SET "seq" = NULL WHERE "id" = ?', [at(9).id]);
      expect(await world.named()).toEqual([`REORDERED ${at(9).id}`]);
    });
  });

  const copyOf = (seq: number, given: Partial<AuditRow>) =>
    world.hub.db.manager.insert(AuditRow, { ...at(seq), ...given });

  describe("where an entry is put in", () => {
    it.each<readonly [string, Partial<AuditRow>, string]>([
      ["as the last of its chain", { seq: ALL + 1 }, `INSERTED ${ALL + 1} ${ALL + 1}`],
      ["far behind it", { seq: 5_000 }, "INSERTED 5000 5000"],
      ["in a chain of its own", { chain: newId(), seq: 1 }, "INSERTED 1 1"],
      ["in no chain, without a hash", { chain: null, seq: null, hash: null }, "INSERTED id"],
      ["in no chain, as if it waited", { chain: null, seq: null, hash: "0".repeat(64) }, "CHANGED id"],
    ])("%s", async (_, given, named) => {
      const id = newId();
      await copyOf(9, { id, ...given });
      expect(await world.named()).toEqual([named.replace("id", id)]);
    });

    it("and a chain for it", async () => {
      const forged = newId();
      await sql('INSERT INTO "audit_chain" ("id", "openedAt", "hash") VALUES (?, ?, ?)', [
        forged,
        new Date(),
        "0".repeat(64),
      ]);
      await copyOf(9, { id: newId(), chain: forged, seq: 1 });
      expect(await world.named()).toEqual([`INSERTED ${forged}`, "INSERTED 1 1"]);
    });

    it("to be chained by the hub itself, it is not", async () => {
      const id = newId();
      await copyOf(9, { id, chain: null, seq: null, hash: null });
      expect(await sealOpenEntries(world.hub)).toBe(0);
      expect(await world.named()).toEqual([`INSERTED ${id}`]);
    });
  });

  describe("where a chain's own row", () => {
    it("is changed", async () => {
      await sql('UPDATE "audit_chain" SET "openedAt" = ?', [new Date("2026-01-01T00:00:00Z")]);
      expect(await world.named()).toEqual([`CHANGED ${chain}`]);
    });

    it("is removed", async () => {
      await sql('DELETE FROM "audit_chain"');
      expect(await world.named()).toEqual(["REMOVED "]);
    });
  });

  describe("where a checkpoint", () => {
    it.each<readonly [string, unknown]>([
      ["heads", "[]"],
      ["at", new Date("2026-01-01T00:00:00Z")],
      ["previous", "0".repeat(64)],
      ["keyId", "0".repeat(32)],
      ["signature", "x"],
    ])("is changed in its %s", async (column, value) => {
      await sql(`UPDATE "audit_checkpoint" SET "${column}" = ? WHERE "id" = ?`, [value, kept.id]);
      expect(await world.named()).toEqual([`CHECKPOINT ${kept.id}`]);
    });
  });

  describe("where a line of the ledger", () => {
    const first = async () =>
      ((await sql('SELECT "id" FROM "sharing_decision" ORDER BY "id"')) as { id: string }[])[0]!.id;

    it.each<readonly [string, unknown]>([
      ["decided", "WITHHELD"],
      ["toAgencyId", "police"],
      ["moreDetrimental", true],
      ["reviewOn", null],
      ["byActorId", "somebody else"],
    ])("is changed in its %s", async (column, value) => {
      const id = await first();
      await sql(`UPDATE "sharing_decision" SET "${column}" = ? WHERE "id" = ?`, [value, id]);
      expect(await world.named()).toEqual([`DECISION_CHANGED ${id}`]);
    });

    it("is removed", async () => {
      await sql('DELETE FROM "sharing_decision" WHERE "id" = ?', [await first()]);
      expect(await world.named()).toEqual([`DECISION_REMOVED ${READS + 1} ${READS + 1}`]);
    });

    it("is put in", async () => {
      const line = lineOf("forged");
      await world.hub.db.manager.insert(SharingDecision, line);
      expect(await world.named()).toEqual([`DECISION_INSERTED ${line.id}`]);
    });
  });

  it("knows a line of the ledger that was erased with its child, does not believe a key that is nobody's, and misses an older checkpoint", async () => {
    const { manager } = world.hub.db;
    const [line] = (await manager.find(SharingDecision, { take: 1 })) as [SharingDecision];
    await manager.delete(SharingDecision, { id: line.id });
    expect(await world.named()).toEqual([expect.stringMatching(/^DECISION_REMOVED /)]);
    await record(world.hub, CALLER, { what: "child.erased", subjects: [line.childId], ruling: RULING });
    expect(await world.named()).toEqual([]);
    await world.reads(1);
    const forged = await makeCheckpoint(auditHub(world.hub.db, newSigningKey()));
    expect(await world.named()).toEqual([`CHECKPOINT ${forged!.id}`]);
    await sql('DELETE FROM "audit_checkpoint" WHERE "id" = ?', [forged!.id]);
    await makeCheckpoint(world.hub);
    expect(await world.named()).toEqual([]);
    await sql('UPDATE "audit_checkpoint" SET "at" = ? WHERE "id" = ?', [new Date("2026-01-01T00:00:00Z"), kept.id]);
    expect(await world.named()).toEqual([`CHECKPOINT ${kept.id}`]);
    await sql('DELETE FROM "audit_checkpoint" WHERE "id" = ?', [kept.id]);
    expect(await world.named()).toEqual([`CHECKPOINT ${kept.id}`]);
  });
});
