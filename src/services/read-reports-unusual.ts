// What is unusual about who read what, counted in the database day by day.

import { LRUCache } from "lru-cache";
import { In } from "typeorm";
import { groupBy } from "../domain/group.ts";
import { atInEngland, endOfDay } from "../domain/instant.ts";
import {
  atNight,
  type ChildHashes,
  type ChildReads,
  inOrder,
  manyChildren,
  ownFamilyOrPlace,
  patternSays,
  type ReadPattern,
  READ_PATTERNS,
  refusals,
  type UnusualFound,
} from "../domain/read-patterns.ts";
import { nightsOf, readPeriod } from "../domain/read-period.ts";
import { dayInEngland, type PlainDate } from "../domain/plain-date.ts";
import { mayReadReports } from "../domain/sharing-reports.ts";
import type { UnusualReadsArgs } from "../schema/read-report-inputs.ts";
import { type AuditEntry, UnusualRead, type UnusualReads } from "../schema/read-reports.ts";
import { believedToBe } from "../store/people.ts";
import { readsIn, refusalsIn, type Stretch } from "../store/read-days.ts";
import { ChildAccessRow, WorkerSeenRow } from "../store/rows-access.ts";
import { AuditRow } from "../store/rows-audit.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import { permitOrRecord } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { openProfile } from "./identity-profiles.ts";
import { entriesShown, openReport } from "./read-reports.ts";
import { postcodeHash, surnameHash } from "./workers-seen.ts";

const MOST_FOUND = 1_000;
const MOST_ENTRIES = 100;
/** Children whose names and places are looked up in one go. */
const CHUNK = 500;
/** Children whose hashes are kept at hand while a report is made. */
const MOST_CHILDREN = 20_000;

/** Patterns in who read what in these days, each with its rule. */
export async function unusualReads(hub: Hub, caller: Caller, args: UnusualReadsArgs): Promise<UnusualReads> {
  const what = "report.unusual-reads";
  await permitOrRecord(hub, caller, { what, subjects: [], ruling: mayReadReports(caller.actor) });
  const period = readPeriod(args.from, args.until);
  await openReport(hub, caller, { what, subjects: [] });
  const wanted = new Set<ReadPattern>(args.patterns ?? READ_PATTERNS);
  const { patterns } = hub.area.sharing;
  const own = makeOwn(hub);
  const all: UnusualFound[] = wanted.has("BROKE_GLASS") ? await glassBroken(hub, period) : [];
  const wants = (...some: readonly ReadPattern[]) => some.some((pattern) => wanted.has(pattern));
  for (const on of period.days) {
    // Nobody waits any more for a report that was given up.
    caller.signal.throwIfAborted();
    const day: Stretch = { startAt: atInEngland(on, "00:00"), endAt: endOfDay(on) };
    if (wants("MANY_CHILDREN", "OWN_NAME", "OWN_ADDRESS")) {
      const reads = await readsIn(hub.db, day);
      all.push(...manyChildren(on, reads, patterns), ...(await own(on, reads)));
    }
    if (wants("REFUSED_OFTEN", "SEARCHED_THEN_REFUSED"))
      all.push(...refusals(on, await refusalsIn(hub.db, day), patterns));
  }
  if (wants("NIGHT"))
    for (const night of nightsOf(period, patterns)) {
      caller.signal.throwIfAborted();
      all.push(...atNight(night.on, await readsIn(hub.db, night), patterns));
    }
  const found = inOrder(all.filter(({ pattern }) => wanted.has(pattern)));
  return {
    found: found
      .slice(0, MOST_FOUND)
      .map((each) => Object.assign(new UnusualRead(), each, { says: patternSays(each.pattern, patterns) })),
    leftOut: Math.max(0, found.length - MOST_FOUND),
  };
}

async function glassBroken({ db }: Hub, { startAt, endAt }: Stretch): Promise<UnusualFound[]> {
  const rows = await db.manager
    .createQueryBuilder(ChildAccessRow, "w")
    .where("w.kind = 'BREAK_GLASS' AND w.startsAt >= :startAt AND w.startsAt < :endAt", { startAt, endAt })
    .getMany();
  return rows.map(({ actorId, role, childId, startsAt }): UnusualFound => {
    const on = dayInEngland(startsAt);
    const at = { firstAt: startsAt, lastAt: startsAt };
    return { pattern: "BROKE_GLASS", on, actorId, role, childId, children: 1, opened: 1, refused: 0, ...at };
  });
}

/** Finds, day by day, who looked up a child of their own name or place. Names are compared as keyed hashes: none leaves this. */
function makeOwn(hub: Hub) {
  const workers = new Map<string, WorkerSeenRow | null>();
  const children = new LRUCache<string, ChildHashes>({ max: MOST_CHILDREN });

  async function lookUpWorkers(actorIds: readonly string[]): Promise<void> {
    const missing = actorIds.filter((id) => !workers.has(id));
    for (let at = 0; at < missing.length; at += CHUNK) {
      const some = missing.slice(at, at + CHUNK);
      for (const id of some) workers.set(id, null);
      for (const row of await hub.db.manager.findBy(WorkerSeenRow, { actorId: In(some) }))
        workers.set(row.actorId, row);
    }
  }

  return async (on: PlainDate, reads: readonly ChildReads[]): Promise<UnusualFound[]> => {
    await lookUpWorkers([...new Set(reads.map(({ actorId }) => actorId))]);
    const told = reads.flatMap((read) => {
      const worker = workers.get(read.actorId);
      return worker && (worker.surnameHash !== null || worker.postcodeHash !== null) ? [{ read, worker }] : [];
    });
    const found: UnusualFound[] = [];
    for (let at = 0; at < told.length; at += CHUNK) {
      const some = told.slice(at, at + CHUNK);
      const hashes = await hashesOf(hub, children, [...new Set(some.map(({ read }) => read.childId))]);
      for (const { read, worker } of some) {
        const child = hashes.get(read.childId);
        if (child) found.push(...ownFamilyOrPlace(on, read, { worker, child }));
      }
    }
    return found;
  };
}

type Known = LRUCache<string, ChildHashes>;

/** The names and places of these children, all that any agency's record says, as they are compared with workers'. */
async function hashesOf(
  hub: Hub,
  known: Known,
  childIds: readonly string[],
): Promise<ReadonlyMap<string, ChildHashes>> {
  const missing = childIds.filter((id) => !known.has(id));
  const found = new Map(childIds.flatMap((id) => [[id, known.get(id)] as const]).filter(([, hashes]) => hashes));
  if (missing.length > 0) {
    const now = await believedToBe(hub.db, missing);
    const rows = await hub.db.manager.findBy(AgencyRecordRow, { personId: In([...new Set(now.values())]) });
    const byPerson = groupBy(rows, ({ personId }) => personId);
    for (const id of missing) {
      const hashes = hashesIn(hub, byPerson.get(now.get(id) ?? "") ?? []);
      known.set(id, hashes);
      found.set(id, hashes);
    }
  }
  return found as ReadonlyMap<string, ChildHashes>;
}

function hashesIn(hub: Hub, rows: readonly AgencyRecordRow[]): ChildHashes {
  const compared = rows.flatMap((row) => {
    const profile = openProfile(hub, row);
    return profile ? [profile.compared] : [];
  });
  // A child called Smith Jones is looked for under either name.
  const surnames = new Set(
    compared.flatMap(({ surname = [] }) => surname.flatMap((name) => [name, ...name.split(" ")])),
  );
  const postcodes = new Set(compared.flatMap(({ postcode = [] }) => postcode));
  return {
    surnames: new Set([...surnames].map((name) => surnameHash(hub, name))),
    postcodes: new Set([...postcodes].map((postcode) => postcodeHash(hub, postcode))),
  };
}

/** The entries behind something that was found: 100 at most, oldest first. For one that this caller was given. */
export async function entriesBehind(hub: Hub, found: UnusualRead): Promise<AuditEntry[]> {
  const { actorId, childId, firstAt, lastAt, pattern } = found;
  const query = hub.db.manager
    .createQueryBuilder(AuditRow, "a")
    .where("a.actorId = :actorId AND a.at >= :firstAt AND a.at <= :lastAt", { actorId, firstAt, lastAt })
    .orderBy("a.at", "ASC")
    .addOrderBy("a.id", "ASC")
    .limit(MOST_ENTRIES);
  if (childId !== null && pattern !== "REFUSED_OFTEN") query.andWhere("a.subjectId = :childId", { childId });
  if (pattern === "REFUSED_OFTEN") query.andWhere("a.allowed = :no", { no: false });
  return entriesShown(hub, await query.getMany());
}
