import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Obligation } from "../src/schema/obligation.ts";
import { Referral } from "../src/schema/referral.ts";
import { StatutoryStep } from "../src/schema/statutory-step.ts";
import { drift, migrate } from "../src/store/data-source.ts";
import { insertFirst, insertMany } from "../src/store/insert.ts";
import { AgencyRecordRow, CollectCursorRow, LockRow, PoliceIncidentRow, RouteRequestRow } from "../src/store/rows.ts";
import { ENGINES } from "./support/engines.ts";
import { type OpenStore, openStore } from "./support/open-store.ts";

const run = promisify(execFile);
const CHILD = fileURLToPath(new URL("support/store-child.ts", import.meta.url));
const AT = new Date("2026-03-02T09:00:00.000Z");

async function inZone(zone: string, task: "write" | "read", place: string): Promise<Record<string, unknown>> {
  const { stdout } = await run(process.execPath, ["--import", "@oxc-node/core/register", CHILD, task, place], {
    env: { ...process.env, TZ: zone },
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

const record = (id: string, recordId: string) => ({
  id,
  recordId,
  // Any text stands for a hash.
  recordHash: recordId,
  agencyId: "health",
  personId: "somebody",
  restricted: false,
  gone: false,
  register: null,
  profile: null,
  profileHash: null,
  firstSeenAt: AT,
  seenAt: AT,
});

describe.each(ENGINES)("on $name", (engine) => {
  let open: OpenStore;
  let given: Awaited<ReturnType<typeof engine.settings>>;
  beforeAll(async () => {
    given = await engine.settings();
    open = await openStore(given.settings["DATABASE_URL"]);
  });
  afterAll(async () => {
    await open?.close();
    await given?.drop();
  });

  it("brings an empty database up to the classes", async () => {
    expect(await open.db.showMigrations()).toBe(true);
    expect(await drift(open.db)).not.toEqual([]);
    await migrate(open.db);
    expect(await open.db.showMigrations()).toBe(false);
    expect(await drift(open.db)).toEqual([]);
  });

  it("finds nothing to do the second time", async () => {
    expect(await migrate(open.db)).toEqual([]);
    expect(await open.db.manager.count(LockRow)).toBe(257);
  });

  // The embedded engine belongs to one program: its folder is locked.
  it.skipIf(engine.name === "embedded")("migrates once when two programs start at once", async () => {
    const own = await engine.settings();
    const programs = await Promise.all([1, 2, 3].map(() => openStore(own.settings["DATABASE_URL"])));
    const done = await Promise.all(programs.map(({ db }) => migrate(db)));
    expect(done.flat()).toHaveLength(open.db.migrations.length);
    await Promise.all(programs.map(({ close }) => close()));
    await own.drop();
  });

  it("goes down to nothing and up again", async () => {
    for (const _ of open.db.migrations) await open.db.undoLastMigration({ transaction: "each" });
    const runner = open.db.createQueryRunner();
    const left = await Promise.all(open.db.entityMetadatas.map(({ tableName }) => runner.hasTable(tableName)));
    await runner.release();
    expect(left.filter(Boolean)).toEqual([]);
    await migrate(open.db);
    expect(await drift(open.db)).toEqual([]);
  });

  it("gives a referral of before its step, and its clock an owner and a next act", async () => {
    const { db } = open;
    for (const _ of ["need to know", "identity", "clocks"]) await db.undoLastMigration({ transaction: "each" });
    const name = (text: string) => db.driver.escape(text);
    const insert = (table: string, row: Readonly<Record<string, string | number | boolean>>) => {
      const values = Object.values(row).map((value) => (typeof value === "string" ? `'${value}'` : String(value)));
      return db.query(`INSERT INTO ${name(table)} (${Object.keys(row).map(name).join()}) VALUES (${values.join()})`);
    };
    const at = "2026-03-02 10:00:00";
    const from = { fromAgencyId: "school", fromActorId: "somebody", status: "ROUTED", concern: "x", level: "level-4" };
    await insert("referral", { id: "r", key: "k", childId: "c", ...from, immediateDanger: false, submittedAt: at });
    const clock = { id: "o", subjectId: "r", rule: "referral-decision", state: "OPEN", explanation: "x" };
    await insert("obligation", { ...clock, startedAt: at, dueOn: "2026-03-03", dueAt: "2026-03-04 00:00:00" });
    await migrate(db);
    const dueAt = new Date("2026-03-04T00:00:00Z");
    const owner = { agencyId: "social-care", teamId: "mash", ownerRole: "MANAGER" };
    const next = { nextAct: "LATE", nextNumber: 1, nextAt: dueAt };
    const kept = await db.manager.findOneByOrFail(Obligation, { id: "o" });
    expect(kept).toMatchObject({ childId: "c", courseId: "r", ...owner, ...next, schedule: null, metAt: null });
    const step = await db.manager.findOneByOrFail(StatutoryStep, { id: "r" });
    expect(step).toMatchObject({ kind: "REFERRAL_RECEIVED", childId: "c", courseId: "r", agencyId: "school" });
    expect(await drift(db)).toEqual([]);
    await Promise.all([Obligation, StatutoryStep, Referral].map((table) => db.manager.clear(table)));
  });

  it("inserts first for one of twenty at once", async () => {
    const row = { referralId: "twenty", requestedAt: AT, doneAt: null };
    const all = await Promise.all(Array.from({ length: 20 }, () => insertFirst(open.db.manager, RouteRequestRow, row)));
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await open.db.manager.countBy(RouteRequestRow, { referralId: "twenty" })).toBe(1);
  });

  it("inserts first for one of twenty transactions", async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        open.db.transaction((tx) => insertFirst(tx, AgencyRecordRow, record(`try-${at}`, "one"))),
      ),
    );
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await open.db.manager.countBy(AgencyRecordRow, { recordHash: "one" })).toBe(1);
  });

  it("tells any other failure from a duplicate", async () => {
    const broken = { referralId: "x".repeat(200), requestedAt: AT, doneAt: null };
    await expect(insertFirst(open.db.manager, RouteRequestRow, broken)).rejects.toThrow(/too long/i);
  });

  it("inserts many in chunks, in a transaction whole", async () => {
    const rows = Array.from({ length: 250 }, (_, at) => record(`many-${at}`, `many-${at}`));
    const twice = open.db.transaction((tx) => insertMany(tx, AgencyRecordRow, [...rows, ...rows.slice(0, 1)]));
    await expect(twice).rejects.toThrow(/duplicate/i);
    await insertMany(open.db.manager, AgencyRecordRow, rows);
    expect(await open.db.manager.count(AgencyRecordRow)).toBe(251);
  });

  it("tells record ids apart that differ in case", async () => {
    await insertMany(open.db.manager, AgencyRecordRow, [record("upper", "p-Ab1"), record("lower", "p-aB1")]);
    const found = await open.db.manager.findBy(AgencyRecordRow, { agencyId: "health", recordHash: "p-aB1" });
    expect(found.map(({ id }) => id)).toEqual(["lower"]);
  });

  it("keeps 300 KB in the large columns", async () => {
    const long = "Zoë 🧸 ".repeat(30_001);
    expect(Buffer.byteLength(long)).toBeGreaterThan(300_000);
    await open.db.manager.insert(CollectCursorRow, { agencyId: "health", cursor: long, at: AT });
    const hash = "0".repeat(64);
    await open.db.manager.insert(PoliceIncidentRow, {
      id: "long",
      forceIdentifier: 990,
      sequence: 1,
      submissionId: "s",
      logNumber: "l",
      bodyHash: hash,
      document: long,
      receivedAt: AT,
    });
    expect((await open.db.manager.findOneByOrFail(CollectCursorRow, { agencyId: "health" })).cursor).toBe(long);
    expect((await open.db.manager.findOneByOrFail(PoliceIncidentRow, { id: "long" })).document).toBe(long);
  });

  it("gives instants and days back in any time zone", async () => {
    const own = await engine.settings();
    const folder = await mkdtemp(join(tmpdir(), "engine-"));
    const place = own.settings["DATABASE_URL"] ?? folder;
    const right = { same: true, rows: 6, late: 3 };
    expect(await inZone("America/New_York", "write", place)).toEqual({ zone: "America/New_York", ...right });
    expect(await inZone("Europe/London", "read", place)).toEqual({ zone: "Europe/London", ...right });
    await Promise.all([own.drop(), rm(folder, { recursive: true })]);
  }, 120_000);
});
