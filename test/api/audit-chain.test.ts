// The chain holds whatever happens to whoever writes it: no gap, no fork, nothing lost that was answered for.

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { record } from "../../src/services/audit.ts";
import { makeCheckpoint } from "../../src/services/audit-checkpoints.ts";
import { closeAudit, keepAudit, sealOpenEntries } from "../../src/services/audit-keeping.ts";
import { newSigningKey } from "../../src/services/audit-signing.ts";
import { makeDataSource } from "../../src/store/data-source.ts";
import { insertMany } from "../../src/store/insert.ts";
import { AuditChainRow, AuditCheckpointRow, AuditRow } from "../../src/store/rows-audit.ts";
import { killChildren, startChild } from "../jobs/child.ts";
import { auditHub, type AuditWorld, CALLER, newId, openAuditWorld, RULING } from "../support/audit-world.ts";
import { ENGINES } from "../support/engines.ts";
import { testKeys } from "../support/test-keys.ts";

describe.each(ENGINES)("on $name, the chain", (engine) => {
  const pem = newSigningKey();
  let world: AuditWorld;
  let url: string | undefined;
  let drop = async () => {};

  beforeAll(async () => {
    const own = await engine.settings();
    drop = own.drop;
    url = own.settings["DATABASE_URL"];
    world = await openAuditWorld(url, pem);
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(async () => {
    await killChildren();
    await world?.close();
    await drop();
  });

  const manager = () => world.hub.db.manager;
  const act = (subjectId = newId()) => ({ what: "child.read", subjects: [subjectId], ruling: RULING });

  it("takes in what was written before there were chains, until the first checkpoint", async () => {
    const old = Array.from({ length: 250 }, () => ({ ...rowOf(newId()), what: "child.found" }));
    await insertMany(manager(), AuditRow, old);
    expect(await makeCheckpoint(world.hub)).toBeNull();
    await keepAudit(world.hub);
    expect(await manager().countBy(AuditRow, { what: "child.found" })).toBe(250);
    expect(await world.verify()).toMatchObject({ entries: 250, checkpoints: 1, findings: [] });
    await insertMany(manager(), AuditRow, [rowOf(newId())]);
    expect(await sealOpenEntries(world.hub)).toBe(0);
    expect(await world.named()).toEqual([expect.stringMatching(/^INSERTED /)]);
    await manager().delete(AuditRow, { what: "forged" });
  });

  const rowOf = (id: string): AuditRow => {
    const who = { actorId: "x", role: null, agencyId: null, purpose: "x", power: null, requestId: newId() };
    const read = { parts: null, sources: null, accessId: null, digest: null, chain: null, seq: null, hash: null };
    return { id, at: new Date(), what: "forged", subjectId: null, rule: "x", allowed: true, ...who, ...read };
  };

  it("is one for each of two processes that write at once, whoever chains what transactions wrote", async () => {
    const db = url === undefined ? world.hub.db : await makeDataSource({ url }, testKeys()).initialize();
    const hubs = [world.hub, auditHub(db, pem)];
    const before = await manager().count(AuditRow);
    await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        const hub = hubs[n % 2]!;
        if (n % 3 > 0) return record(hub, CALLER, act());
        await hub.db.transaction((tx) => record(hub, CALLER, { ...act(), db: tx }));
        await sealOpenEntries(hub);
      }),
    );
    await Promise.all(hubs.map((hub) => sealOpenEntries(hub)));
    if (db !== world.hub.db) {
      await closeAudit(hubs[1]!);
      await db.destroy();
    }
    expect(await world.verify()).toMatchObject({ entries: before + 60, findings: [] });
    expect(await manager().count(AuditChainRow)).toBe(url === undefined ? 1 : 2);
  });

  it("has neither an entry nor a gap of a transaction that was rolled back", async () => {
    const { entries } = await world.verify();
    const rolledBack = world.hub.db.transaction(async (tx) => {
      await record(world.hub, CALLER, { ...act(), db: tx });
      throw new Error("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    await sealOpenEntries(world.hub);
    await world.reads(1);
    expect(await world.verify()).toMatchObject({ entries: entries + 1, findings: [] });
  });

  it("goes on without a gap or a fork where a statement went in and nobody heard so, and where one did not", async () => {
    const { entries } = await world.verify();
    const query = manager().query.bind(manager());
    const lost = new Error("Connection lost");
    const insert = vi.spyOn(manager(), "query");
    insert.mockImplementationOnce(async (...statement) => {
      await query(...statement);
      throw lost;
    });
    // It is there; whoever asked was refused, and may ask again.
    await expect(world.reads(2)).rejects.toThrow(lost);
    insert.mockRejectedValueOnce(lost);
    await expect(world.reads(1)).rejects.toThrow(lost);
    await world.reads(1);
    expect(await world.verify()).toMatchObject({ entries: entries + 3, findings: [] });
  });

  it("answers everybody else of a batch where one of them cannot be written", async () => {
    const { entries } = await world.verify();
    const long = { ...CALLER, requestId: "x".repeat(99) };
    const [fine, wrong, alsoFine] = await Promise.allSettled([
      world.reads(1),
      record(world.hub, long, act()),
      world.reads(1),
    ]);
    expect([fine.status, wrong.status, alsoFine.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await world.verify()).toMatchObject({ entries: entries + 2, findings: [] });
  });

  // What a folder keeps of a process that is killed is the embedded engine's own, and tested there.
  it.skipIf(engine.name === "embedded")(
    "loses nothing that was said to be there when its process is killed, and another goes on",
    async () => {
      const before = (await world.verify()).entries;
      const child = startChild("../support/audit-child", [url ?? "", Buffer.from(pem).toString("base64url")]);
      let said = 0;
      while (said < 40) said = Number(await child.line());
      await child.kill();
      await world.reads(1);
      await sealOpenEntries(world.hub);
      const { entries, findings } = await world.verify();
      expect(findings).toEqual([]);
      expect(entries).toBeGreaterThan(before + said);
    },
    60_000,
  );

  it("is signed once where several would sign it, as long as anything was written", async () => {
    while (await makeCheckpoint(world.hub));
    await world.reads(1);
    const before = await manager().count(AuditCheckpointRow);
    const made = await Promise.all([1, 2, 3].map(() => makeCheckpoint(world.hub)));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await makeCheckpoint(world.hub)).toBeNull();
    expect(await manager().count(AuditCheckpointRow)).toBe(before + 1);
  });
});
