import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataSource, QueryFailedError, type Repository } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type JobData, type Queues, makeQueues } from "../../src/jobs/queues.ts";
import { type Embedded, openEmbedded } from "../../src/store/embedded.ts";
import { killChildren, startChild } from "./child.ts";
import { type Thing, Things, openThings } from "./embedded-rows.ts";

const name = () => randomUUID();

describe("the embedded database under TypeORM", () => {
  let embedded: Embedded;
  let source: DataSource;
  let things: Repository<Thing>;

  beforeAll(async () => {
    embedded = await openEmbedded({ folder: null, waitMs: 300 });
    source = await openThings(embedded);
    things = source.getRepository(Things);
  });

  afterAll(async () => {
    await source.destroy();
    await embedded.close();
  });

  it("gives back every kind of value unchanged", async () => {
    const given = {
      name: name(),
      on: "2026-02-22",
      at: new Date("2026-02-22T10:00:00.123Z"),
      localAt: new Date("2026-07-22T10:00:00.123Z"),
      big: "9007199254740993",
      exact: "12345678901234.5678",
      bytes: Buffer.from([0, 1, 254, 255]),
      days: ["2026-03-29", "2026-10-25"],
    };
    const { id } = await things.save(given);
    expect(await things.findOneByOrFail({ id })).toEqual({ id, ...given });
  });

  it("takes undefined as null", async () => {
    const { rows } = await embedded.pool.query(`SELECT $1::text AS "is", $2::int AS two`, [undefined, 2]);
    expect(rows).toEqual([{ is: null, two: 2 }]);
  });

  it("counts the rows a statement changed", async () => {
    await things.insert([{ name: "counted 1" }, { name: "counted 2" }]);
    const { affected } = await things.delete({ name: "counted 1" });
    expect(affected).toBe(1);
  });

  it("finds its tables unchanged when it looks again", async () => {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries).toEqual([]);
  });

  it("names a broken unique index as pg does, without the values", async () => {
    const row = { name: "Amelia Hartley" };
    await things.insert(row);
    const failed = await things.insert(row).catch((error: unknown) => error as QueryFailedError);
    expect(failed).toBeInstanceOf(QueryFailedError);
    const { driverError } = failed as QueryFailedError;
    expect(driverError).toMatchObject({ code: "23505", table: "thing" });
    expect(JSON.stringify({ ...driverError }) + driverError.message).not.toContain("Hartley");
  });

  it("goes on after a statement fails inside a transaction", async () => {
    const kept = name();
    const failing = source.transaction(async (tx) => {
      await tx.insert(Things, { name: kept });
      await tx.query("SELECT nonsense FROM nowhere");
    });
    await expect(failing).rejects.toThrow("nowhere");
    expect(await things.countBy({ name: kept })).toBe(0);
  });

  it("undoes only the inner of two nested transactions", async () => {
    const [outer, inner] = [name(), name()];
    await source.transaction(async (tx) => {
      await tx.insert(Things, { name: outer });
      const nested = tx.transaction(async (deeper) => {
        await deeper.insert(Things, { name: inner });
        throw new Error("inner only");
      });
      await nested.catch(() => {});
    });
    expect([await things.countBy({ name: outer }), await things.countBy({ name: inner })]).toEqual([1, 0]);
  });

  it("runs statements of one transaction sent at once", async () => {
    const names = Array.from({ length: 10 }, name);
    await source.transaction((tx) => Promise.all(names.map((each) => tx.insert(Things, { name: each }))));
    expect(await source.query("SELECT count(*) FROM thing WHERE name = ANY($1)", [names])).toEqual([{ count: "10" }]);
  });

  it("keeps other callers out of an open transaction", async () => {
    const [inside, outside] = [name(), name()];
    const undone = source.transaction(async (tx) => {
      await tx.insert(Things, { name: inside });
      void things.insert({ name: outside });
      throw new Error("undone");
    });
    await undone.catch(() => {});
    expect([await things.countBy({ name: inside }), await things.countBy({ name: outside })]).toEqual([0, 1]);
  });

  it("rolls back what a released client left open", async () => {
    const left = name();
    const client = await embedded.pool.connect();
    await client.query("BEGIN");
    await client.query("INSERT INTO thing (name) VALUES ($1)", [left]);
    await client.release();
    expect(await things.countBy({ name: left })).toBe(0);
    await expect(client.query("SELECT 1")).rejects.toThrow("released");
  });

  it("refuses a caller who waits for a transaction that waits for him", async () => {
    const waiting = source.transaction(() => things.insert({ name: name() }));
    await expect(waiting).rejects.toMatchObject({ driverError: { code: "55P03" } });
    expect(await things.countBy({ name: name() })).toBe(0);
  });

  it("tells listeners of a notification, once it is committed", async () => {
    const client = await embedded.pool.connect();
    await client.query("-- first a remark\nLISTEN news");
    const heard: string[] = [];
    const told = new Promise<void>((resolve) => {
      client.on("notification", ({ payload }: { payload: string }) => {
        heard.push(payload);
        if (payload === "kept") resolve();
      });
    });
    await source.transaction((tx) => tx.query("NOTIFY news, 'undone'; SELECT 1/0")).catch(() => {});
    await source.transaction((tx) => tx.query("NOTIFY news, 'kept'"));
    await told;
    await client.release();
    expect(heard).toEqual(["kept"]);
  });
});

describe("rows and jobs in one embedded database", () => {
  it("keeps exactly the committed rows beside 500 jobs", async () => {
    const embedded = await openEmbedded({ folder: null });
    const source = await openThings(embedded);
    const queues: Queues = makeQueues({ embedded: embedded.pool }, { prefix: "test" });
    let left = 500;
    const worked = new Promise<void>((resolve) => {
      const one = async ({ data }: { data: JobData }) => {
        await source.transaction((tx) => tx.insert(Things, { name: `job ${data.agencyId}` }));
        left -= 1;
        if (left === 0) resolve();
      };
      queues.work("routing", one, { concurrency: 20 });
    });
    const waking = Array.from({ length: 500 }, (_, n) =>
      queues.wake("routing", { id: `due-${n}`, data: { agencyId: `n-${n}` } }),
    );
    const writing = Array.from({ length: 200 }, (_, n) =>
      source.transaction(async (tx) => {
        await tx.insert(Things, { name: `row ${n}` });
        if (n % 2 === 1) throw new Error("undone");
      }),
    );
    await Promise.all([...waking, Promise.allSettled(writing), worked]);
    const count = async (like: string): Promise<unknown> =>
      (await source.query("SELECT count(*)::int FROM thing WHERE name LIKE $1", [like]))[0].count;
    expect([await count("job %"), await count("row %")]).toEqual([500, 100]);
    await queues.close();
    await source.destroy();
    await embedded.close();
  });
});

describe("the embedded database in another time zone", () => {
  it("shifts neither days nor instants", async () => {
    const child = startChild("embedded-child", ["dates"], { TZ: "America/New_York" });
    const { offset, found, raw } = JSON.parse(await child.line());
    expect(offset).toBe(240);
    expect(found).toMatchObject({ on: "2026-07-01", days: ["2026-03-29", "2026-10-25"] });
    expect([found.at, found.localAt]).toEqual(["2026-07-01T03:30:00.125Z", "2026-07-01T03:30:00.125Z"]);
    expect(raw).toEqual({ at: "2026-07-01 03:30:00.125+00", localAt: "2026-07-01 03:30:00.125" });
  });
});

describe("the folder of an embedded database", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hub-embedded-"));
    await (await openEmbedded({ folder })).close();
  });

  afterAll(async () => {
    await killChildren();
    await rm(folder, { recursive: true, force: true });
  });

  it("is left unlocked and with nothing half made", async () => {
    expect(await readdir(folder)).toEqual(["data"]);
  });

  it("is refused to a second process, and loses nothing to a kill", async () => {
    const child = startChild("embedded-child", ["write", folder]);
    await child.line();
    const refused = await openEmbedded({ folder }).catch((error: Error) => error.message);
    expect(refused).toContain(`${folder} is in use by process ${child.pid}`);

    let acknowledged = 0;
    while (acknowledged < 50) acknowledged = Number(await child.line());
    await child.kill();
    const embedded = await openEmbedded({ folder });
    const { rows } = await embedded.pool.query<{ name: string }>("SELECT name FROM thing");
    await embedded.close();
    const names = new Set(rows.map((row) => row.name));
    const lost = Array.from({ length: acknowledged }, (_, n) => n + 1).filter(
      (n) => !names.has(`kept ${n}`) || !names.has(`kept too ${n}`),
    );
    expect(lost).toEqual([]);
    expect(names.size % 2).toBe(0);
  });

  it("is refused to a second caller in the same process", async () => {
    const embedded = await openEmbedded({ folder });
    await expect(openEmbedded({ folder })).rejects.toThrow(`in use by process ${process.pid}`);
    await embedded.close();
  });

  it("is taken over when its process number now means another", async () => {
    await writeFile(join(folder, "lock"), `${process.ppid}\n1\n`);
    const embedded = await openEmbedded({ folder });
    await expect(embedded.pool.query("SELECT 1")).resolves.toMatchObject({ rowCount: 1 });
    await embedded.close();
    await expect(embedded.pool.query("SELECT 1")).rejects.toThrow("closed");
  });

  it("is taken over when nobody signed the lock", async () => {
    await writeFile(join(folder, "lock"), "");
    const embedded = await openEmbedded({ folder });
    await embedded.close();
    expect(await readdir(folder)).toEqual(["data"]);
  });

  it("runs the job of a killed process again", async () => {
    const child = startChild("embedded-child", ["stall", folder]);
    expect(await child.line()).toBe("collect-interrupted");
    await child.kill();
    const embedded = await openEmbedded({ folder });
    const queues = makeQueues({ embedded: embedded.pool }, { prefix: "test" });
    const again = new Promise<string>((resolve) => {
      queues.work("routing", async ({ id }) => resolve(id), { concurrency: 1 });
    });
    expect(await again).toBe("collect-interrupted");
    await queues.close();
    await embedded.close();
  }, 60_000);
});
