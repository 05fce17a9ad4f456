// The hub itself with a county's records in its database: records come in by the hub's own service, page by page, until there are
// many; then one at a time, each timed from the call to the commit.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FoundRecord } from "../../src/adapters/agency-system.ts";
import { readConfig } from "../../src/config.ts";
import { openHub } from "../../src/hub.ts";
import { noteRecords } from "../../src/services/records.ts";
import { LinkKeyRow } from "../../src/store/rows-identity.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import { makeCounty } from "../county/county.ts";
import { demographicsOf, registerOf } from "../county/statements.ts";
import type { Source, Written } from "../county/types.ts";

export interface DatabaseWishes {
  readonly settings: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Records there before any is timed. */
  readonly records: number;
  /** Records timed, one decision each. */
  readonly timed: number;
}

export interface OnDatabase {
  readonly records: number;
  readonly people: number;
  readonly keys: number;
  readonly pagesPerSecond: { readonly records: number; readonly page: number };
  readonly oneByOne: {
    readonly count: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
    readonly perSecond: number;
  };
}

export type DatabaseSaid = { readonly line: string } | { readonly result: OnDatabase };

const PAGE = 500;
const SAY_EVERY = 20_000;
/** Any agency will do: the hub asks none of them here. */
const AGENCIES: Readonly<Record<Source, string>> = {
  health: "county-health",
  education: "county-education",
  "social-care": "county-social-care",
  police: "county-police",
};

const send = (said: DatabaseSaid): void => void process.send?.(said);
const wishes = JSON.parse(process.argv[2] ?? "{}") as DatabaseWishes;
const folder = mkdtempSync(join(tmpdir(), "hub-bench-"));
const config = readConfig({ LOG_LEVEL: "error", ...wishes.settings, NODE_ENV: "test", HUB_DATA: folder });
const open = await openHub(config, { systems: () => [] });
try {
  send({ result: await measure() });
} finally {
  await open.close();
  rmSync(folder, { recursive: true, force: true });
  process.disconnect();
}

async function measure(): Promise<OnDatabase> {
  const { hub } = open;
  const { records } = makeCounty({ seed: wishes.seed, records: (wishes.records + wishes.timed) * 1.02 });
  const perSecond = await fill(records.slice(0, wishes.records));
  const took: number[] = [];
  for (const record of records.slice(wishes.records, wishes.records + wishes.timed)) {
    const began = performance.now();
    await noteRecords(hub, { agencyId: AGENCIES[record.source], records: [foundOf(record)] });
    took.push(performance.now() - began);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const part = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  const { manager } = hub.db;
  return {
    records: await manager.count(AgencyRecordRow),
    people: await manager.count(PersonRow),
    keys: await manager.count(LinkKeyRow),
    pagesPerSecond: { records: perSecond, page: PAGE },
    oneByOne: {
      count: took.length,
      p50: part(0.5),
      p95: part(0.95),
      p99: part(0.99),
      max: part(1),
      perSecond: took.length / (took.reduce((sum, each) => sum + each, 0) / 1_000),
    },
  };
}

/** Takes records in page by page, as collecting from an agency does; answers how many a second. */
async function fill(records: readonly Written[]): Promise<number> {
  const began = performance.now();
  const waiting = new Map<Source, FoundRecord[]>();
  let done = 0;
  const take = async (source: Source): Promise<void> => {
    const page = waiting.get(source) ?? [];
    waiting.set(source, []);
    if (page.length > 0) await noteRecords(open.hub, { agencyId: AGENCIES[source], records: page });
    const before = done;
    done += page.length;
    if (Math.floor(done / SAY_EVERY) > Math.floor(before / SAY_EVERY))
      send({ line: `${done} records, ${Math.round(done / ((performance.now() - began) / 1_000))} a second` });
  };
  for (const record of records) {
    const page = waiting.get(record.source) ?? [];
    waiting.set(record.source, page);
    page.push(foundOf(record));
    if (page.length >= PAGE) await take(record.source);
  }
  for (const source of waiting.keys()) await take(source);
  return done / ((performance.now() - began) / 1_000);
}

function foundOf(record: Written): FoundRecord {
  const register = registerOf(record);
  return {
    recordId: record.id,
    restricted: false,
    demographics: demographicsOf(record),
    ...(register && { register }),
  };
}
