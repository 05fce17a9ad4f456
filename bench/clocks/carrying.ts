// What falls due is carried out by the hub's own worker: alarm, claim, event, message, move. Times are counted from the instant
// at which it falls due.

import { setTimeout as sleep } from "node:timers/promises";
import { In, LessThanOrEqual } from "typeorm";
import { Message } from "../../src/schema/message.ts";
import { Obligation, ObligationEvent } from "../../src/schema/obligation.ts";
import type { Hub } from "../../src/services/hub.ts";
import { alarmsFor } from "../../src/services/obligations.ts";
import { insertMany } from "../../src/store/insert.ts";
import { owedUntil } from "./rows.ts";

const POLL_MS = 10;
const PATIENCE_MS = 60_000;
/** Between the writing of rows and the first of their instants. */
const LEAD_MS = 1_500;
/** For each row that has to be written before. */
const WRITE_MS = 1;
/** Ids in one question. */
const PAGE = 1_000;

export interface Lateness {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Lets so many fall due one by one, evenly over so many milliseconds: by how many each came too late. */
export async function carryOutSpread(
  hub: Hub,
  { acts, overMs }: { readonly acts: number; readonly overMs: number },
): Promise<Lateness> {
  const from = hub.now().getTime() + LEAD_MS + acts * WRITE_MS;
  const instants = Array.from({ length: acts }, (_, n) => new Date(from + Math.round((n * overMs) / acts)));
  const rows = await owe(hub, instants);
  await sleep(from + overMs - hub.now().getTime());
  const events = await eventsOf(hub, rows);
  const late = events.map(({ at, dueAt }) => at.getTime() - dueAt.getTime()).sort((a, b) => a - b);
  const share = (of: number): number => late[Math.min(late.length - 1, Math.floor(late.length * of))] ?? Number.NaN;
  return { p50: share(0.5), p99: share(0.99), max: share(1) };
}

export interface Together {
  /** From the instant until the last of them is on record and told. */
  readonly ms: number;
  readonly perSecond: number;
}

/** Lets so many fall due at one instant. */
export async function carryOutTogether(hub: Hub, { acts }: { readonly acts: number }): Promise<Together> {
  const at = new Date(hub.now().getTime() + LEAD_MS + acts * WRITE_MS);
  const rows = await owe(
    hub,
    Array.from({ length: acts }, () => at),
  );
  await sleep(at.getTime() - hub.now().getTime());
  const left = { nextAct: "LATE" as const, nextAt: LessThanOrEqual(at) };
  while (await hub.db.manager.existsBy(Obligation, left)) await sleep(POLL_MS);
  const ms = hub.now().getTime() - at.getTime();
  await eventsOf(hub, rows);
  const told = await countOf(rows, (ids) => hub.db.manager.countBy(Message, { obligationId: In(ids) }));
  if (told !== acts) throw new Error(`${told} messages for ${acts} obligations that went late`);
  return { ms, perSecond: acts / (ms / 1_000) };
}

/** Writes rows that go late at these instants, and sets their alarms. */
export async function owe(hub: Hub, instants: readonly Date[]): Promise<Obligation[]> {
  const rows = instants.map((at) => owedUntil(hub, at));
  await insertMany(hub.db.manager, Obligation, rows);
  await hub.wake.clocks(alarmsFor(rows));
  if (instants.some((at) => at <= hub.now())) throw new Error("The rows were not written before they fell due");
  return rows;
}

/** The line of each that says it went late; fails where one has none after a minute. That none has two is the index's work. */
export async function eventsOf(hub: Hub, rows: readonly Pick<Obligation, "id">[]): Promise<ObligationEvent[]> {
  const until = performance.now() + PATIENCE_MS;
  const went = (ids: readonly string[]) => ({ what: "WENT_LATE" as const, obligationId: In(ids) });
  while ((await countOf(rows, (ids) => hub.db.manager.countBy(ObligationEvent, went(ids)))) < rows.length) {
    if (performance.now() > until) throw new Error("Not everything that fell due was carried out");
    await sleep(POLL_MS);
  }
  const events: ObligationEvent[] = [];
  for (const ids of pages(rows)) events.push(...(await hub.db.manager.findBy(ObligationEvent, went(ids))));
  return events;
}

const pages = (rows: readonly { readonly id: string }[]): string[][] =>
  Array.from({ length: Math.ceil(rows.length / PAGE) }, (_, n) =>
    rows.slice(n * PAGE, (n + 1) * PAGE).map(({ id }) => id),
  );

async function countOf(
  rows: readonly { readonly id: string }[],
  count: (ids: readonly string[]) => Promise<number>,
): Promise<number> {
  let found = 0;
  for (const ids of pages(rows)) found += await count(ids);
  return found;
}
