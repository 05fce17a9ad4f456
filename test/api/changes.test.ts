import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Hub } from "../../src/services/hub.ts";
import { type Listener, makeFeed } from "../../src/services/changes.ts";
import { makeIds } from "../../src/store/ids.ts";

const warn = vi.fn<() => void>();
const hub = { log: { warn } } as unknown as Hub;

describe("a feed of changes", () => {
  let rows: { id: string }[];
  let reads: number;
  let [isDown, isHalfDown] = [false, false];
  const newId = makeIds();
  const feedOf = () =>
    makeFeed<{ id: string }, string>(hub, {
      async after(_hub, id, most) {
        reads += 1;
        if (isDown) throw new Error("away");
        return rows.filter((row) => row.id > id).slice(0, most);
      },
      async load(_hub, found) {
        if (isHalfDown) throw new Error("away");
        return found.map(({ id }) => id);
      },
    });
  const write = (id = newId()) => {
    rows = [...rows, { id }].sort((a, b) => (a.id < b.id ? -1 : 1));
    return id;
  };
  const next = async (listener: Listener<string>) => (await listener.next()).value;
  const pass = (ms = 600) => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers();
    [rows, reads, isDown, isHalfDown] = [[], 0, false, false];
    warn.mockClear();
  });
  afterEach(() => void vi.useRealTimers());

  it("tells each listener of what is written from now on, once and in order", async () => {
    write();
    const feed = feedOf();
    const [one, two] = [await feed.listen(), await feed.listen()];
    const ids = [write(), write()];
    await pass(5_000);
    for (const listener of [one, two]) {
      expect([await next(listener), await next(listener)]).toEqual(ids);
    }
    const waits = [one.next(), two.next()];
    await pass(5_000);
    const later = write();
    await pass();
    expect((await Promise.all(waits)).map(({ value }) => value)).toEqual([later, later]);
  });

  it("tells of a row that could be read only after a later one", async () => {
    const listener = await feedOf().listen();
    const slow = newId();
    await pass(100);
    const quick = write();
    await pass(5_000);
    write(slow);
    await pass();
    expect([await next(listener), await next(listener)]).toEqual([quick, slow]);
  });

  it("tells of more than a page", async () => {
    const listener = await feedOf().listen();
    const ids = Array.from({ length: 1_000 }, () => write());
    await pass(100);
    const told: (string | undefined)[] = [];
    await pass();
    while (told.length < ids.length) told.push(await next(listener));
    expect(told).toEqual(ids);
  });

  it("goes on after the database was away, and misses nothing of that time", async () => {
    const listener = await feedOf().listen();
    isDown = true;
    await pass(60_000);
    const id = write();
    await pass(60_000);
    isDown = false;
    isHalfDown = true;
    await pass(60_000);
    isHalfDown = false;
    await pass();
    expect(await next(listener)).toBe(id);
    expect(warn).toHaveBeenCalled();
  });

  it("ends who falls behind, and says so", async () => {
    const feed = feedOf();
    const [slow, quick] = [await feed.listen(), await feed.listen()];
    for (let batch = 0; batch < 3; batch += 1) {
      for (let each = 0; each < 500; each += 1) write();
      await pass();
      for (let each = 0; each < 500; each += 1) await next(quick);
    }
    await expect(slow.next()).rejects.toMatchObject({ code: "INCOMPLETE" });
    expect(await slow.next()).toEqual({ done: true, value: undefined });
    const id = write();
    await pass();
    expect(await next(quick)).toBe(id);
  });

  it("ends at once for a listener who leaves, and reads nothing while nobody listens", async () => {
    const feed = feedOf();
    const listener = await feed.listen();
    const waits = listener.next();
    await listener.return();
    expect(await waits).toEqual({ done: true, value: undefined });
    const before = reads;
    write();
    await pass(10_000);
    expect(reads).toBe(before);
    const again = await feed.listen();
    const id = write();
    await pass();
    expect(await next(again)).toBe(id);
  });

  it("refuses to be listened to while it cannot read", async () => {
    const feed = feedOf();
    isDown = true;
    await expect(feed.listen()).rejects.toThrow("away");
    isDown = false;
    const listener = await feed.listen();
    const id = write();
    await pass();
    expect(await next(listener)).toBe(id);
  });
});
